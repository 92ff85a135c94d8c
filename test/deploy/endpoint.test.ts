import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { EndpointError, startEndpoint } from '../../runtime/endpoint/index.ts';
import { startTestEndpoint } from './local-python.ts';

describe('the embedded endpoint', () => {
  it('ends when it is stopped, as often as that is asked', async () => {
    const other = await startTestEndpoint('stopped');
    await other.stop();
    await other.stop();
    expect(await answers(other.url)).to.equal(false);
  });

  it('ends when the process that started it is killed', async () => {
    const module = fileURLToPath(new URL('./local-python.ts', import.meta.url));
    const code = `import { startTestEndpoint } from ${JSON.stringify(module)};
      console.log((await startTestEndpoint('orphan')).url);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const url = String(line).trim();
    expect(await answers(url)).to.equal(true);
    parent.kill('SIGKILL');
    for (let waited = 0; waited < 50 && (await answers(url)); waited += 1) await sleep(100);
    expect(await answers(url)).to.equal(false);
  });

  for (const [what, python] of [
    ['an interpreter that is missing', '/nowhere/python'],
    ['an interpreter that ends at once', '/bin/false'],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      const log = join(tmpdir(), `lakewright-broken-${process.pid}.log`);
      const error: unknown = await startEndpoint({ python, log }).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(EndpointError);
      expect(String(error)).to.include(python);
    });
  }
});

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/_lakewright/health`).then(
    (answer) => answer.ok,
    () => false,
  );
}
