import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../codegen/index.ts';
import { deploy } from '../../deploy/index.ts';
import { startTestEndpoint } from '../../test/deploy/local-python.ts';
import { startProxy } from '../../test/deploy/recording-proxy.ts';
import { wideLibrary } from '../../test/deploy/wide-library.ts';
import { plainLoop } from './plain.ts';

/**
 * Calls and time of deployments of many jobs to the embedded endpoint, the first, one that finds all as it was, and one after a
 * change of one job, beside a plain loop over the SDK: `npm run bench:deploy`. `LAKEWRIGHT_BENCH_JOBS` is how many, 1,000 by default.
 */
const JOBS = Number(process.env['LAKEWRIGHT_BENCH_JOBS'] ?? 1_000);
const BUCKET = 'bench-lake';
const PLACE = { bucket: BUCKET, account: '123456789012', region: 'us-east-1' };
const STEPS = ['first', 'no-op', 'one change'] as const;

interface Measured {
  readonly reads: number;
  readonly writes: number;
  readonly seconds: number;
}

type Deploys = (directory: string, endpoint: string) => Promise<unknown>;

async function measure(name: string, deploys: Deploys): Promise<readonly Measured[]> {
  const endpoint = await startTestEndpoint(`bench-${name}`);
  const proxy = await startProxy(endpoint.url);
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-bench-'));
  const measured: Measured[] = [];
  try {
    for (const step of STEPS) {
      if (step !== 'no-op') {
        await writeFiles(directory, wideLibrary(JOBS, step === 'one change' ? 1 : 0));
      }
      proxy.clear();
      const begun = Date.now();
      await deploys(directory, proxy.url);
      const seconds = (Date.now() - begun) / 1_000;
      const writes = proxy.calls.filter((call) => call.writes).length;
      measured.push({ reads: proxy.calls.length - writes, writes, seconds });
      console.error(`${name}, ${step}: ${proxy.calls.length} calls, ${seconds.toFixed(1)} s`);
    }
  } finally {
    await proxy.stop();
    await endpoint.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return measured;
}

const lakewright = await measure('lakewright', (directory, endpoint) =>
  deploy({ directory, bucket: BUCKET, endpoint, createBucket: true }),
);
const plain = await measure('plain loop', (directory, endpoint) =>
  plainLoop(directory, { ...PLACE, endpoint }),
);

console.log(`${JOBS} jobs        calls    reads   writes        s`);
for (const [at, step] of STEPS.entries()) {
  const [ours, theirs] = [lakewright[at], plain[at]];
  if (ours === undefined || theirs === undefined) continue;
  console.log(`${step}\n  lakewright ${columns(ours)}\n  plain loop ${columns(theirs)}`);
  const calls = (theirs.reads + theirs.writes) / (ours.reads + ours.writes);
  const ratio = (times: number) => times.toFixed(times < 10 ? 2 : 0);
  console.log(
    `  the loop takes ${ratio(calls)} times the calls and ${ratio(theirs.seconds / ours.seconds)} times the time`,
  );
}

function columns({ reads, writes, seconds }: Measured): string {
  const counts = [reads + writes, reads, writes].map((count) => String(count).padStart(8));
  return `${counts.join(' ')} ${seconds.toFixed(1).padStart(8)}`;
}
