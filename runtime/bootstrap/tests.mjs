import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mocha } from './mocha.mjs';
import { ROOT, run, STATE } from './step.mjs';

const BIN = join(ROOT, 'node_modules', '.bin');
/** Files that share warm Spark sessions, so they run in one process. */
const SPARK_TESTS = [
  'test/spark/**/*.test.ts',
  'test/runtime/**/*.test.ts',
  'test/support/**/*.test.ts',
  'test/verbs/**/*.test.ts',
  'test/functions/**/*.test.ts',
  'test/properties/**/*.test.ts',
];
const GLUE_OF_SPARK = { 3.5: '5.1', 4.1: '6.0' };
/** All others, which keep the second core busy meanwhile. */
const OTHER_TESTS = ['test/**/*.test.ts', ...SPARK_TESTS.flatMap((files) => ['--ignore', files])];
const NOTHING = { passed: 0, failed: 0, skipped: 0 };
const PYTHON_FOLDERS = ['generated', 'codegen/support', 'codegen/verify', 'runtime', 'test'];

/**
 * Runs what `npm test` and `npm run test:spark` consist of and ends with the line `N passed, N failed`. Each
 * static check counts as one test. Arguments other than --glue go to mocha.
 *
 * @returns {Promise<number>} exit code
 */
export async function runTests({ command, args, spark, environment }) {
  const env = {
    ...process.env,
    ...environment,
    LAKEWRIGHT_GLUE: spark.map((line) => GLUE_OF_SPARK[line]).join(','),
    // Verb and function tables run on one Spark in `npm test`, on all that were asked for in `npm run test:spark`.
    ...(command === 'test' ? {} : { LAKEWRIGHT_SPARK: spark.length > 1 ? 'both' : spark[0] }),
  };
  const checks = command === 'test' ? await staticChecks(env) : NOTHING;
  const runs = await Promise.all(
    Object.entries(processes(command, withoutGlue(args))).map(([name, given]) =>
      mocha(name, given, env),
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

/** Arguments of each mocha process; what is left out by one is in the other. */
function processes(command, given) {
  if (given.some((arg) => arg.endsWith('.test.ts'))) return { named: given };
  const spark = [...SPARK_TESTS, ...given];
  return command === 'test' ? { spark, other: [...OTHER_TESTS, ...given] } : { spark };
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
