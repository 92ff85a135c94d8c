import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkedLibrary } from '../cli/checked-library.ts';
import { compareFiles, generate, writeFiles } from '../codegen/index.ts';

const root = join(import.meta.dirname, '..');

/** Refused as a whole, so nothing is generated: test/privacy/public-recipe holds what is said of it. */
const refused = ['stedi-public-recipe'];
const examples = readdirSync(join(root, 'examples')).filter((name) => !refused.includes(name));

/** The committed generated files are what the examples say now; `UPDATE=1` writes them anew. */
describe('the committed generated files', () => {
  for (const example of examples) {
    it(`are what examples/${example} says`, async () => {
      const { checked, source } = await checkedLibrary(join(root, 'examples', example, 'index.ts'));
      const folder = join(root, 'generated', checked.library.name);
      const files = generate(checked, source);
      if (process.env['UPDATE'] === '1') await writeFiles(folder, files);
      const stale = (await compareFiles(folder, files)).filter((one) => one.change !== 'unchanged');
      expect(stale.map(({ path, change }) => `${path}: ${change}`)).to.deep.equal([]);
    });
  }
});
