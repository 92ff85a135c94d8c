import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { manifestJson } from '../../codegen/manifest.ts';
import { checkFiles, compareFiles, writeFiles } from '../../codegen/writer.ts';
import { DiagnosticError } from '../../diagnostics/index.ts';

/** Generated files: a manifest that lists the others, and these. */
function generated(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const listed = Object.entries(files).map(([path, text]) => ({
    path,
    text,
    resources: [{ id: `script/${path}`, kind: 'script' as const, dependsOn: [] }],
  }));
  const manifest = manifestJson('shop', [], listed, ['README.md'], {});
  return new Map([
    ...Object.entries(files),
    ['README.md', '# shop\n'],
    ['manifest.json', manifest],
  ]);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics.map((one) => one.code).join();
    throw error;
  }
  return 'nothing';
}

describe('the writer of generated files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lakewright-writer-')), 'shop');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const brief = async (files: ReadonlyMap<string, string>) =>
    (await writeFiles(folder, files)).map(
      ({ path, change, added, removed }) => `${change} ${path} +${added} -${removed}`,
    );

  it('creates what is not there', async () => {
    expect(await brief(generated({ 'jobs/a.py': 'one\ntwo\n' }))).to.include(
      'created jobs/a.py +2 -0',
    );
    expect(await readFile(join(folder, 'jobs/a.py'), 'utf8')).to.equal('one\ntwo\n');
  });

  it('writes a second time nothing', async () => {
    const files = generated({ 'jobs/a.py': 'one\n' });
    await writeFiles(folder, files);
    const before = await stat(join(folder, 'jobs/a.py'));
    const again = await writeFiles(folder, files);
    expect(again.map((one) => one.change)).to.deep.equal(['unchanged', 'unchanged', 'unchanged']);
    expect((await stat(join(folder, 'jobs/a.py'))).mtimeMs).to.equal(before.mtimeMs);
  });

  it('counts the lines that came and went', async () => {
    await writeFiles(folder, generated({ 'jobs/a.py': 'one\ntwo\nthree\n' }));
    expect(await brief(generated({ 'jobs/a.py': 'one\n2\n2b\nthree\n' }))).to.include(
      'changed jobs/a.py +2 -1',
    );
  });

  it('removes what the last generation wrote and this one does not, and its empty folder', async () => {
    await writeFiles(folder, generated({ 'jobs/a.py': 'a\n', 'roles/b.json': '{}\n' }));
    expect(await brief(generated({ 'jobs/a.py': 'a\n' }))).to.include('removed roles/b.json +0 -1');
    expect((await readdir(folder)).toSorted()).to.deep.equal([
      'README.md',
      'jobs',
      'manifest.json',
    ]);
  });

  it('leaves files alone that it did not write', async () => {
    await writeFiles(folder, generated({ 'jobs/a.py': 'a\n' }));
    await writeFile(join(folder, 'jobs/notes.txt'), 'mine');
    await writeFiles(folder, generated({ 'scripts/b.py': 'b\n' }));
    expect(await readdir(join(folder, 'jobs'))).to.deep.equal(['notes.txt']);
  });

  it('removes nothing outside its folder, whatever a manifest says', async () => {
    const outside = join(folder, '..', 'precious');
    await writeFile(outside, 'mine');
    await mkdir(folder);
    const evil = { lakewright: '0', documents: ['../precious', '/etc/passwd', 'a/../../precious'] };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(evil));
    const changes = await brief(generated({ 'jobs/a.py': 'a\n' }));
    expect(changes.filter((one) => one.startsWith('removed'))).to.deep.equal([]);
    expect(await readFile(outside, 'utf8')).to.equal('mine');
  });

  it('overwrites nothing in a folder that is not a generated one', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'README.md'), 'my own project');
    expect(await codeOf(writeFiles(folder, generated({ 'jobs/a.py': 'a\n' })))).to.equal(
      'generate/foreign-file',
    );
    expect(await readdir(folder)).to.deep.equal(['README.md']);
  });

  it('settles a merge conflict in the manifest', async () => {
    const files = generated({ 'jobs/a.py': 'a\n' });
    await writeFiles(folder, files);
    const manifest = await readFile(join(folder, 'manifest.json'), 'utf8');
    await writeFile(join(folder, 'manifest.json'), `<<<<<<< HEAD\n${manifest}=======\n>>>>>>> b\n`);
    await writeFile(join(folder, 'jobs/a.py'), '<<<<<<< HEAD\n');
    await writeFiles(folder, files);
    expect(await codeOf(checkFiles(folder, files, 'x'))).to.equal('nothing');
  });

  it('leaves no temporary file, and says so, where it cannot write', async () => {
    await mkdir(join(folder, 'jobs/a.py/in-the-way'), { recursive: true });
    const files = new Map([...generated({ 'jobs/b.py': 'b\n' }), ['jobs/a.py', 'a\n']]);
    expect(await codeOf(writeFiles(folder, files))).to.equal('generate/cannot-write');
    expect(await readdir(join(folder, 'jobs'))).to.deep.equal(['a.py']);
  });

  it('finds a half-done generation stale, and mends it', async () => {
    const old = generated({ 'jobs/a.py': 'a\n', 'jobs/b.py': 'b\n' });
    const next = generated({ 'jobs/a.py': 'A\n', 'jobs/c.py': 'c\n' });
    await writeFiles(folder, old);
    // What is on disk when the power fails after the manifest was written.
    await rm(join(folder, 'jobs/b.py'));
    await writeFile(join(folder, 'manifest.json'), next.get('manifest.json') ?? '');
    expect(await codeOf(checkFiles(folder, next, 'x'))).to.equal('generate/stale');
    await writeFiles(folder, next);
    expect(await codeOf(checkFiles(folder, next, 'x'))).to.equal('nothing');
    expect((await readdir(join(folder, 'jobs'))).toSorted()).to.deep.equal(['a.py', 'c.py']);
  });

  describe('checking', () => {
    it('passes where nothing differs, and writes nothing', async () => {
      const files = generated({ 'jobs/a.py': 'a\n' });
      await writeFiles(folder, files);
      await checkFiles(folder, files, 'npm run generate');
    });

    it('names each file that differs, lacks or is left over', async () => {
      await writeFiles(folder, generated({ 'jobs/a.py': 'a\n', 'jobs/b.py': 'b\n' }));
      const files = generated({ 'jobs/a.py': 'A\n', 'jobs/c.py': 'c\n' });
      try {
        await checkFiles(folder, files, 'npm run generate');
        expect.fail('it passed');
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        for (const path of ['jobs/a.py', 'jobs/b.py', 'jobs/c.py', 'manifest.json']) {
          expect(error.message).to.contain(path);
        }
        expect(error.message).to.not.contain('README.md');
      }
      const unchanged = (await compareFiles(folder, files)).find((one) => one.path === 'jobs/b.py');
      expect(unchanged?.change).to.equal('removed');
      expect(await readFile(join(folder, 'jobs/b.py'), 'utf8')).to.equal('b\n');
    });
  });
});
