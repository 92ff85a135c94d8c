import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Library } from '../../algebra/library.ts';
import { check } from '../../check/index.ts';
import { codes, type Diagnostic, render } from '../../diagnostics/index.ts';

const folder = 'test/diagnostics';

/**
 * `<area>/<slug>.ts` is what an author wrote, `<slug>.txt` what lakewright says. The default export is a library to check, or a
 * function that throws. `UPDATE=1` rewrites the texts.
 */
type Fixture = Library | (() => unknown);

async function provoke(path: string): Promise<readonly Diagnostic[]> {
  const fixture: { readonly default: Fixture } = await import(pathToFileURL(path).href);
  if (typeof fixture.default !== 'function') return check(fixture.default).diagnostics;
  // Mocha requires this file and the fixture is imported: each way of loading has its own copy of a class.
  const { DiagnosticError } = await import('../../diagnostics/index.ts');
  try {
    await fixture.default();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  return [];
}

const readSource = (file: string) => readFileSync(file, 'utf8');

describe('messages', () => {
  for (const code of codes) {
    it(`says ${code} as its fixture does`, async () => {
      const path = `${folder}/${code}`;
      const found = await provoke(`${path}.ts`);
      expect(
        found.map((one) => one.code),
        'only this code',
      ).to.deep.equal([code]);
      const text = render(found, { readSource });
      if (process.env['UPDATE'] === '1') writeFileSync(`${path}.txt`, text);
      expect(text).to.equal(existsSync(`${path}.txt`) ? readSource(`${path}.txt`) : '');
    });
  }

  it('have no fixture left over', () => {
    const known = new Set<string>(codes);
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(`${folder}/${name}`).map((file) => `${name}/${file}`));
    expect(
      files.filter((file) => !known.has(file.replace(/\.(?:ts|txt|input\.ts)$/, ''))),
    ).to.deep.equal([]);
  });
});
