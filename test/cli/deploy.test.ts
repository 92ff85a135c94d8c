import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { BUCKET, fixture, writeFixture } from '../deploy/fixture.ts';
import { localPython } from '../deploy/local-python.ts';
import { openStage, type Stage } from '../deploy/stage.ts';
import { lakewright, type Ran } from './author-project.ts';

/** Types an answer as soon as it is asked for, on a terminal of its own. */
const ON_A_TERMINAL = `import os, pty, sys
said = b""
def read(fd):
    global said
    data = os.read(fd, 1024)
    said += data
    if b"[y/N]" in said:
        said = b""
        os.write(fd, sys.argv[1].encode() + b"\\n")
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[2:], read, lambda fd: b"")))`;

describe('npm run plan and npm run deploy-jobs', () => {
  let stage: Stage;
  let folder: string;
  let where: readonly string[];

  before(async () => {
    stage = await openStage('commands');
    folder = await mkdtemp(join(tmpdir(), 'lakewright-commands-'));
    await stage.s3.createBucket({ Bucket: BUCKET });
    const { directory } = await writeFixture(fixture());
    await rename(directory, join(folder, 'stedi'));
    where = ['--generated', folder, '--endpoint', stage.proxy.url];
  });
  after(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const onATerminal = async (
    answer: string,
  ): Promise<{ code: unknown; said: string | undefined }> => {
    const lines = ['-c', ON_A_TERMINAL, answer, process.execPath, '--import', 'tsx', 'cli/main.ts'];
    const args = [...lines, 'deploy', ...where, '--bucket', BUCKET];
    const child = spawn(localPython(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    const said = (await text(child.stdout)).trimEnd();
    const [code] = await ended;
    // Behind what takes the progress line away.
    return { code, said: /[a-z ]*$/.exec(said)?.[0] };
  };
  const at = (...args: readonly string[]): Promise<Ran> =>
    lakewright([...args, ...where, '--bucket', BUCKET]);

  it('show a plan, and refuse to write where nobody can be asked', async () => {
    const planned = await at('plan', '--detailed-exitcode');
    expect(planned.out)
      .to.match(/^\+ support {2}s3:/)
      .and.to.include('Plan: 15 to create');
    expect(planned.code).to.equal(2);
    const refused = await at('deploy');
    expect(refused.out).to.include('Plan: 15 to create');
    expect(refused.err).to.include('error[deploy/not-confirmed]').and.to.include('--yes');
    expect(refused.code).to.equal(1);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('ask on a terminal, and write after a yes only', async () => {
    expect(await onATerminal('n')).to.deep.equal({ code: 1, said: 'nothing was written' });
    expect(stage.proxy.writes()).to.deep.equal([]);
    expect(await onATerminal('y')).to.deep.equal({ code: 0, said: 'done' });
    expect(stage.proxy.writes()).to.have.length.above(14);
  });

  it('need no yes where there is nothing to do', async () => {
    stage.proxy.clear();
    const { code, out } = await at('deploy');
    expect(out).to.include('15 unchanged').and.to.include('nothing was written');
    expect(code).to.equal(0);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('show what is declared no more, and delete it where they are told to', async () => {
    await stage.glue.createJob({
      Name: 'stedi_former',
      Role: 'former',
      Command: { Name: 'glueetl', ScriptLocation: 's3://elsewhere/former.py' },
      Tags: { 'lakewright:library': 'stedi' },
    });
    const planned = await at('plan', '--detailed-exitcode');
    expect(planned.out).to.include('    job stedi_former\n').and.to.include(', 1 orphaned.');
    expect(planned.code).to.equal(0);
    const refused = await at('deploy', '--prune');
    expect(refused.out).to.include('- job      stedi_former');
    expect(refused.err).to.include('error[deploy/not-confirmed]');
    expect((await at('plan', '--prune', '--select', 'x')).code).to.equal(2);
    const file = join(folder, 'prune.json');
    await at('plan', '--prune', '--out', file);
    const done = await lakewright(['deploy', file, ...where, '--json', '--yes']);
    expect(JSON.parse(done.out).written).to.deep.equal(['orphan/job/stedi_former']);
  });

  it('do exactly what a file says', async () => {
    await stage.glue.deleteWorkflow({ Name: 'stedi' });
    const file = join(folder, 'plan.json');
    const planned = await at('plan', '--out', file, '--json');
    expect(JSON.parse(planned.out)).to.deep.include({ formatVersion: 1 });
    const { code, out } = await lakewright(['deploy', file, ...where, '--json', '--yes']);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.have.deep.property('written', ['workflow/stedi']);
  });
});
