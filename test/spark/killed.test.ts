import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import type { Endpoint } from '../../runtime/endpoint/index.ts';
import { endpointEnvironment, sparkSettings } from '../../runtime/spark/settings.ts';
import { toolchain } from '../../runtime/toolchain.ts';
import { startTestEndpoint } from '../deploy/local-python.ts';

const KILLS = Number(process.env['LAKEWRIGHT_KILLS'] ?? 0);
const SUPPORT = join(import.meta.dirname, '../../codegen/support');
const BUCKET = 'killed-runs';
const NONE = -1;

/** What a process said before it ended. */
interface Told {
  /** Version that a reader saw before it began, and after it had published; empty: none. */
  readonly seen: readonly (readonly number[])[];
  readonly published: boolean;
  /** From when it began until it had published, in milliseconds. */
  readonly took: number;
  readonly log: string;
}

for (const format of ['parquet', 'iceberg']) {
  describe(`a job that is killed while it publishes ${format}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-killed-'));
    const tools = toolchain('5.1');
    let endpoint: Endpoint | undefined;

    before(async () => {
      if (KILLS === 0) return;
      endpoint = await startTestEndpoint('killed');
      const { jars } = tools;
      const settings = sparkSettings({ warehouse: work, jars, s3Endpoint: endpoint.url });
      writeFileSync(join(work, 'settings.json'), JSON.stringify(settings));
    });
    after(async () => {
      await endpoint?.stop();
      rmSync(work, { recursive: true, force: true });
    });

    it('leaves readers a whole version each time, and is made good by its next run', async function () {
      // Each kill takes a Java of its own, some 20 s of processor time: not in every run of all tests.
      if (KILLS === 0) this.skip();
      this.timeout(180_000 * (KILLS + 2));
      // The first lives, where there are several: how long it takes tells where to kill the others.
      const measured = KILLS > 1 ? await attempt(0) : undefined;
      expect(measured?.published ?? true, measured?.log).to.equal(true);
      let took = measured?.took ?? 4000;
      let possible: readonly number[] = measured ? [0] : [NONE];
      const first = measured ? 1 : 0;
      for (let kill = 0; kill <= KILLS; kill += 1) {
        const version = first + kill;
        const killAfter = (took * (kill + 0.5)) / KILLS;
        const told = await attempt(version, kill < KILLS ? killAfter : undefined);
        const [[before = NONE] = [], now] = told.seen;
        expect(possible, told.log).to.include(before);
        // A run on a busy machine takes longer than the next.
        if (told.published) took = Math.min(took, told.took);
        if (told.published) expect(now, told.log).to.deep.equal([version]);
        else expect(kill, told.log).to.be.below(KILLS);
        // Killed after it had published, and before it could say so, is possible too.
        possible = told.published ? [version] : [before, version];
        if (KILLS > 1) {
          const end = told.published ? 'published' : `killed after ${Math.round(killAfter)} ms`;
          console.log(`      version ${version}: readers saw ${before}, ${end}`);
        }
      }
      expect(possible).to.deep.equal([first + KILLS]);
    });

    /** @param killAfter milliseconds from when it begins; absent: it lives */
    async function attempt(version: number, killAfter?: number): Promise<Told> {
      const args = [join(import.meta.dirname, 'killed.py'), join(work, 'settings.json')];
      const child = spawn(tools.python, ['-B', ...args, BUCKET, format, String(version)], {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...endpointEnvironment(endpoint?.url), PYTHONPATH: SUPPORT },
      });
      const closed = once(child, 'close');
      const log: string[] = [];
      child.stderr.on('data', (text) => log.push(String(text)));
      const seen: (readonly number[])[] = [];
      let [began, took, published] = [0, 0, false];
      for await (const line of createInterface({ input: child.stdout })) {
        log.push(line);
        const said = line.startsWith('{') ? JSON.parse(line) : {};
        if (said.seen) seen.push(said.seen);
        if (said.begins !== undefined) {
          began = Date.now();
          if (killAfter !== undefined) setTimeout(() => killGroup(child), killAfter);
        }
        if (said.published !== undefined) [published, took] = [true, Date.now() - began];
      }
      await closed;
      return { seen, published, took, log: log.join('').slice(-3000) };
    }
  });
}

/** Python and its Java, at once, as when a machine is gone. */
function killGroup({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL');
}
