import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AuthorProject, smallLibrary } from './author-project.ts';

describe('npm run generate', () => {
  let project: AuthorProject;

  beforeEach(async () => {
    project = await AuthorProject.make();
  });

  afterEach(async () => {
    await project.remove();
  });

  it('writes a library, then says that nothing changed, then what did', async () => {
    await project.write(smallLibrary());
    const first = await project.generate();
    expect(first.err).to.equal('');
    expect(first.code).to.equal(0);
    expect(first.out).to.match(
      /^\.lakewright\/author-\w+\/generated\/small: \d+ files written, 0 unchanged \(\S+ s\)\n/,
    );
    expect(first.out).to.match(/^ {2}\+ jobs\/customer_trusted\.py +\+\d+ -0$/m);

    const second = await project.generate();
    expect(second.out).to.match(/generated\/small is up to date/);
    expect((await project.generate('--check')).code).to.equal(0);

    await project.write(smallLibrary({ doc: 'Customers who agreed.' }));
    const stale = await project.generate('--check');
    expect(stale.code).to.equal(1);
    expect(stale.err).to.contain('error[generate/stale]');
    expect(stale.err).to.contain('generated/small/jobs/customer_trusted.py');

    const third = await project.generate();
    expect(third.out).to.match(/^ {2}~ jobs\/customer_trusted\.py +\+1 -1$/m);
    const script = await readFile(join(project.out, 'small/jobs/customer_trusted.py'), 'utf8');
    expect(script).to.contain('Customers who agreed.');
  });

  it('changes no script for a blank line in the source', async () => {
    await project.write(smallLibrary());
    await project.generate();
    await project.write(`\n${smallLibrary()}`);
    const { out } = await project.generate();
    expect(out).to.not.contain('jobs/');
    expect(out).to.match(/^ {2}~ provenance\.json /m);
  });

  it('removes the files of a job that is gone', async () => {
    const second = `const copies = job('copies', {
  rows: customerTrusted.table.select('email'),
  sink: trusted.sink('copies'),
});`;
    await project.write(smallLibrary({ more: second, jobs: 'customerTrusted, copies' }));
    expect((await project.generate()).err).to.equal('');
    await project.write(smallLibrary());
    const { out } = await project.generate();
    expect(out).to.match(/^ {2}- jobs\/copies\.py +removed$/m);
    expect(await readdir(join(project.out, 'small/jobs'))).to.deep.equal([
      'customer_trusted.json',
      'customer_trusted.py',
    ]);
  });

  it('refuses what TypeScript refuses, at the token, and leaves the files as they were', async () => {
    await project.write(smallLibrary());
    await project.generate();
    const before = await readFile(join(project.out, 'small/manifest.json'), 'utf8');
    const text = smallLibrary({
      rows: "customerLanding.filter((c) => c.nowhere.gt(0)).keepConsented('research')",
      doc: 'Changed.',
    });
    await project.write(text);
    const { code, err } = await project.generate();
    expect(code).to.equal(1);
    const line = text.split('\n').findIndex((one) => one.includes('nowhere')) + 1;
    const column = (text.split('\n')[line - 1] ?? '').indexOf('nowhere') + 1;
    expect(err).to.match(/^error\[generate\/type-error\]: .*nowhere/);
    expect(err).to.contain(`index.ts:${line}:${column}`);
    expect(await readFile(join(project.out, 'small/manifest.json'), 'utf8')).to.equal(before);
    expect((await readdir(project.folder)).toSorted()).to.deep.equal(['generated', 'index.ts']);
  });

  const refusals: readonly (readonly [why: string, text: string, code: string, exit: number])[] = [
    ['no library', 'export const a = 1;\n', 'generate/no-library', 1],
    ['something else than a library', 'export default 42;\n', 'generate/no-library', 1],
    ['a file that throws', "throw new Error('no luck today');\n", 'generate/cannot-load', 1],
    [
      'two jobs of one name',
      smallLibrary({
        more: `const again = job('customer_trusted', {
  rows: customerTrusted.table,
  sink: trusted.sink('again'),
});`,
        jobs: 'customerTrusted, again',
      }),
      'names/duplicate',
      1,
    ],
    ['a hostile name', smallLibrary({ job: 'a"\n{{b}}' }), 'names/', 1],
    [
      'rows of people who did not consent',
      // `as any` gets past the types, and not past the check.
      smallLibrary({ rows: 'customerLanding', sink: "trusted.sink('customer') as any" }),
      'privacy/not-consented',
      3,
    ],
  ];

  for (const [why, text, diagnosed, exit] of refusals) {
    it(`refuses ${why} and writes nothing`, async () => {
      await project.write(text);
      const { code, err, out } = await project.generate();
      expect(err).to.contain(`error[${diagnosed}`);
      expect(err).to.not.contain('internal error');
      expect(code).to.equal(exit);
      expect(out).to.equal('');
      expect(existsSync(project.out)).to.equal(false);
    });
  }

  it('refuses a file that is not there', async () => {
    const { code, err } = await project.generate();
    expect(err).to.contain('error[generate/cannot-load]');
    expect(code).to.equal(1);
  });

  it('overwrites no file of somebody else', async () => {
    await project.write(smallLibrary());
    await project.generate();
    const taken = join(project.out, 'small');
    await writeFile(join(taken, 'manifest.json'), 'notes');
    await writeFile(join(taken, 'README.md'), 'mine');
    const { code, err } = await project.generate();
    expect(err).to.contain('error[generate/foreign-file]');
    expect(code).to.equal(1);
    expect(await readFile(join(taken, 'README.md'), 'utf8')).to.equal('mine');
  });
});
