import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mocha } from './mocha.mjs';
import { ROOT, run, STATE } from './step.mjs';

const BIN = join(ROOT, 'node_modules', '.bin');
/** Run on each Spark: the scripts, their support modules, the session. */
const EACH_SPARK = [
  'test/spark/malformed/*.test.ts',
  'test/spark/stedi.test.ts',
  'test/support/canaries.test.ts',
  'test/support/versions.test.ts',
  'test/runtime/session.test.ts',
  'test/runtime/workflow.test.ts',
  'test/codegen/pyspark/spark.test.ts',
];
/** Run on one Spark in `npm test`, on each in `npm run test:spark`: what holds for one holds for the other, as a rule. */
const ON_SPARK_4 = [
  'test/spark/database.test.ts',
  // On the other Spark the tests of erasure have a table of Iceberg.
  'test/spark/iceberg.test.ts',
  'test/spark/non-interference.test.ts',
  'test/functions/**/*.test.ts',
  'test/properties/**/*.test.ts',
];
const ON_SPARK_3 = [
  'test/spark/expectations.test.ts',
  'test/spark/killed.test.ts',
  'test/spark/lowered.test.ts',
  'test/spark/partitions.test.ts',
  'test/spark/proofs.test.ts',
  'test/support/support.test.ts',
  'test/verbs/**/*.test.ts',
  'test/erasure/**/*.test.ts',
];
const WITH_SPARK = [...EACH_SPARK, ...ON_SPARK_3, ...ON_SPARK_4];
const WITHOUT_SPARK = ['test/**/*.test.ts', ...WITH_SPARK.flatMap((files) => ['--ignore', files])];
const GLUE_OF_SPARK = { 3.5: '5.1', 4.1: '6.0' };
const NOTHING = { passed: 0, failed: 0, skipped: 0 };
const PYTHON_FOLDERS = ['generated', 'codegen/support', 'codegen/verify', 'runtime', 'test'];

/**
 * Runs what `npm test` and `npm run test:spark` consist of and ends with the line `N passed, N failed`. Each
 * static check counts as one test. Arguments other than --glue go to mocha.
 *
 * @returns {Promise<number>} exit code
 */
export async function runTests({ command, args, spark, environment }) {
  const env = { ...process.env, ...environment };
  const checks = command === 'test' ? await staticChecks(env) : NOTHING;
  const given = withoutGlue(args);
  const runs = await Promise.all(
    processes(command, spark, given).map(({ name, files, settings }) =>
      mocha(name, [...files, ...given], { ...env, ...settings }),
    ),
  );
  const tested = runs.reduce(sum).passed > 0;
  for (const { words } of runs) if (words !== '') console.log(`\n${words}`);
  if (!tested) console.log('no test passed');
  const none = { ...NOTHING, failed: tested ? 0 : 1 };
  const { passed, failed, skipped } = [checks, ...runs, none].reduce(sum);
  if (skipped > 0) console.log(`${skipped} skipped`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/**
 * The mocha processes, which run side by side: one for each Spark, whose session its files share, and in `npm test` one for
 * the tests without Spark, which has the processors while Spark waits.
 */
function processes(command, spark, given) {
  const process = (name, files, lines) => ({ name, files, settings: settingsOf(command, lines) });
  if (given.some((arg) => arg.endsWith('.test.ts'))) return [process('named', [], spark)];
  if (command !== 'test') return spark.map((line) => process(`spark-${line}`, WITH_SPARK, [line]));
  return [
    process('spark-3.5', [...EACH_SPARK, ...ON_SPARK_3], ['3.5']),
    process('spark-4.1', [...EACH_SPARK, ...ON_SPARK_4], ['4.1']),
    process('without-spark', WITHOUT_SPARK, spark),
  ];
}

function settingsOf(command, spark) {
  const [line, ...others] = spark;
  const settings = { LAKEWRIGHT_GLUE: spark.map((one) => GLUE_OF_SPARK[one]).join(',') };
  if (command !== 'test')
    return {
      ...settings,
      LAKEWRIGHT_SPARK: others.length > 0 ? 'both' : line,
      LAKEWRIGHT_MALFORMED: 'all',
    };
  return others.length > 0 ? settings : { ...settings, LAKEWRIGHT_SPARK: line };
}

function sum(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

async function staticChecks(env) {
  const ruff = join(STATE, 'venv-spark-3.5', 'bin', 'ruff');
  const python = PYTHON_FOLDERS.filter((folder) => existsSync(join(ROOT, folder)));
  const checks = [
    ['tsc', join(BIN, 'tsc'), ['--noEmit']],
    ['biome check', join(BIN, 'biome'), ['check', '.']],
    ['ruff check', ruff, ['check', '--no-cache', ...python]],
    ['ruff format --check', ruff, ['format', '--check', '--no-cache', ...python]],
  ];
  const counts = { ...NOTHING };
  const results = await Promise.all(checks.map(([, program, args]) => run(program, args, { env })));
  for (const [index, { code, output }] of results.entries()) {
    const [name] = checks[index];
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (code !== 0) console.log(output.trimEnd());
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

function withoutGlue(args) {
  return args.filter((arg, index) => {
    return arg !== '--glue' && args[index - 1] !== '--glue' && !arg.startsWith('--glue=');
  });
}
