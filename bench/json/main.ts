import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { startSpark } from '../../runtime/spark/session.ts';
import { GLUE_VERSIONS, stateFolder, toolchain } from '../../runtime/toolchain.ts';

/**
 * What strict reading of JSON lines costs beside Spark's own reader, in processor seconds, and what it is worth:
 * `npm run bench:json -- [customers] [Glue version] [repetitions]`.
 */
const [customers = '4000', glue = GLUE_VERSIONS[0], repetitions = '3'] = process.argv.slice(2);

type Answer =
  | { readonly feed: string; readonly lines: number; readonly strict: number; readonly own: number }
  | { readonly doubt: string; readonly ours: string; readonly own: string };

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const version = GLUE_VERSIONS.find((one) => one === glue);
if (version === undefined) throw new Error(`Glue ${glue} is none of ${GLUE_VERSIONS.join(', ')}`);
const data = join(stateFolder(), 'data', `synthetic-${customers}`);
if (!existsSync(data)) await writeSyntheticData({ dir: data, customers: Number(customers) });

const work = mkdtempSync(join(tmpdir(), 'lakewright-bench-'));
const spark = await startSpark({
  tools: toolchain(version),
  log: join(work, 'spark.log'),
  warehouse: work,
  workload: 'long',
});
try {
  const args = [here('../../generated/stedi'), data, repetitions];
  const ran = await spark.run(here('read.py'), args, [here('../../codegen/support')]);
  if (ran.error !== null) throw new Error(ran.log);
  const answers = ran.log.split('\n').filter((line) => line.startsWith('{'));
  print(answers.map((line) => JSON.parse(line) as Answer)); // printed by read.py
} finally {
  await spark.stop();
  rmSync(work, { recursive: true, force: true });
}

function print(answers: readonly Answer[]): void {
  const [total, once] = [{ feed: 'all', lines: 0, strict: 0, own: 0 }, `Spark ${spark.version}`];
  console.log(`${once.padEnd(16)}lines   strict  Spark's   ratio`);
  for (const answer of answers) {
    if (!('feed' in answer)) continue;
    total.lines += answer.lines;
    total.strict += answer.strict;
    total.own += answer.own;
    console.log(costs(answer));
  }
  console.log(`${costs(total)}\n`);
  for (const answer of answers) {
    if ('feed' in answer) continue;
    console.log(`${answer.doubt.padEnd(34)} ${answer.ours}; Spark's reader: ${answer.own}`);
  }
}

function costs(cost: Extract<Answer, { readonly feed: string }>): string {
  const seconds = (value: number) => `${value.toFixed(2)} s`.padStart(9);
  const ratio = (cost.strict / cost.own).toFixed(2).padStart(8);
  const lines = String(cost.lines).padStart(7);
  return `${cost.feed.padEnd(14)}${lines}${seconds(cost.strict)}${seconds(cost.own)}${ratio}`;
}
