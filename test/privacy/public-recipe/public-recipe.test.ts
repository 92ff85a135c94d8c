import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { check } from '../../../check/index.ts';
import { loadLibrary } from '../../../cli/load-library.ts';
import { type Diagnostic, render } from '../../../diagnostics/index.ts';
import { editorMessages, shown } from '../editor.ts';

const recipe = 'examples/stedi-public-recipe/index.ts';
const folder = 'test/privacy/public-recipe';

/** The faults of the recipe, and the message that each has. */
const faults: readonly { readonly fault: string; readonly code: string; readonly of: string }[] = [
  { fault: 'consent asked of any row', code: 'privacy/not-consented', of: 'trusted.customer' },
  {
    fault: 'readings from before consent',
    code: 'privacy/before-consent',
    of: 'trusted.accelerometer',
  },
  {
    fault: 'devices whose owner nobody asked for',
    code: 'privacy/mixed-subjects',
    of: 'trusted.step_trainer',
  },
  { fault: "one's phone with another's device", code: 'privacy/cross-subject', of: 'this join' },
  { fault: 'emails kept', code: 'privacy/identifier-in-training-set', of: '`user`' },
  { fault: 'serial numbers kept', code: 'privacy/alias-in-training-set', of: '`serialNumber`' },
  {
    fault: 'clock times kept',
    code: 'privacy/quasi-identifier-in-training-set',
    of: '`sensorReadingTime`',
  },
];

const readSource = (file: string) => readFileSync(file, 'utf8');

/** `UPDATE=1` writes the texts anew. */
async function holds(file: string, text: string): Promise<void> {
  const golden = `${folder}/${file}`;
  if (process.env['UPDATE'] === '1') await writeFile(golden, text);
  expect(text).to.equal(await readFile(golden, 'utf8'));
}

describe('the public recipe', () => {
  let found: readonly Diagnostic[] = [];
  before(async () => {
    found = check(await loadLibrary(`${process.cwd()}/${recipe}`)).diagnostics;
  });

  for (const { fault, code, of } of faults) {
    it(`is refused for ${fault}`, () => {
      const own = found.filter((one) => one.code === code);
      const texts = own.map((one) => render([one], { readSource }));
      expect(texts).to.have.length(1);
      expect(texts[0]).to.include(of);
    });
  }

  it('is refused for nothing else', () => {
    const codes = found.map(({ code }) => code).sort();
    expect(codes).to.deep.equal(faults.map(({ code }) => code).sort());
  });

  it('is told what the compiler says', async () => {
    await holds('compiler.txt', render(found, { readSource }));
  });

  it('is told of in the documentation in the same words', async () => {
    const page = await readFile('docs/privacy.md', 'utf8');
    const quoted = [...page.matchAll(/^```text\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
    const said = render(found, { readSource });
    expect(quoted).to.have.length.at.least(faults.length);
    for (const text of quoted) expect(said).to.include(text);
    for (const { code } of faults) expect(quoted.join('')).to.include(code);
  });

  it('is told what the editor says, of each of its tables', async () => {
    const messages = await editorMessages(recipe, 'public-recipe');
    expect(messages).to.have.length(5);
    await holds('editor.txt', messages.map(shown).join('\n\n'));
  });
});
