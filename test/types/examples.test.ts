import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import * as language from '../../dsl/index.ts';
import { compile } from './compile.ts';
import * as prelude from './fixtures/prelude.ts';

interface Example {
  readonly file: string;
  readonly code: string;
}

const dsl = new URL('../../dsl/', import.meta.url);
const names = (await readdir(dsl, { recursive: true })).filter((name) => name.endsWith('.ts'));
const examples: readonly Example[] = (await Promise.all(names.sort().map(examplesIn))).flat();

describe('the examples in the documentation of the language', () => {
  it('are there', () => {
    expect(examples).to.have.length.above(20);
  });

  it('compile', async () => {
    // One line each, so that an error's line tells the example.
    const lines = examples.map(({ code }) => `{ ${code.replaceAll('\n', ' ')} }`);
    const imports = [
      `import { ${Object.keys(language).join(', ')} } from '#lakewright';`,
      `import { ${[...Object.keys(prelude), 'c'].join(', ')} } from './prelude.ts';`,
    ].join(' ');
    const found = await compile('typescript', [imports, ...lines].join('\n'), 'prelude.ts');
    const errors = found
      .filter(({ text }) => !/never read|are unused/.test(text))
      .map(({ line, text }) => ({ example: examples[line - 2], text }));
    expect(errors).to.deep.equal([]);
  });
});

async function examplesIn(file: string): Promise<readonly Example[]> {
  const text = await readFile(new URL(file, dsl), 'utf8');
  return [...text.matchAll(/^ *\* ```ts\n([\s\S]*?)\n *\* ```$/gm)].map((match) => ({
    file,
    code: (match[1] ?? '')
      .replaceAll(/^ *\* ?/gm, '')
      // A block cannot export.
      .replace('export default ', 'void '),
  }));
}
