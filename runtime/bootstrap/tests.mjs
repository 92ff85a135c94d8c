import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, STATE } from './step.mjs';

const BIN = join(ROOT, 'node_modules', '.bin');
const REPORTER = join(ROOT, 'runtime', 'bootstrap', 'totals-reporter.cjs');
const ALL_TESTS = ['test/**/*.test.ts'];
const SPARK_TESTS = [
  'test/spark/**/*.test.ts',
  'test/runtime/**/*.test.ts',
  'test/support/**/*.test.ts',
  'test/verbs/**/*.test.ts',
  'test/functions/**/*.test.ts',
  'test/properties/**/*.test.ts',
];
const GLUE_OF_SPARK = { 3.5: '5.1', 4.1: '6.0' };
// The first test that asks for Spark waits for its start, on two busy cores.
const TIMEOUT = '300000';
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
  const counts =
    command === 'test' ? await staticChecks(env) : { passed: 0, failed: 0, skipped: 0 };
  const given = withoutGlue(args);
  const named = given.some((arg) => arg.endsWith('.test.ts'));
  const files = named ? [] : command === 'test' ? ALL_TESTS : SPARK_TESTS;
  const tests = await mocha([...files, ...given], env);
  for (const key of Object.keys(counts)) counts[key] += tests[key];
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
  return counts.failed === 0 ? 0 : 1;
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
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const results = await Promise.all(checks.map(([, program, args]) => run(program, args, { env })));
  for (const [index, { code, output }] of results.entries()) {
    const [name] = checks[index];
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}`);
    if (code !== 0) console.log(output.trimEnd());
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

async function mocha(args, env) {
  const totals = join(STATE, 'test-totals.json');
  mkdirSync(STATE, { recursive: true });
  rmSync(totals, { force: true });
  const child = spawn(join(BIN, 'mocha'), ['--reporter', REPORTER, '--timeout', TIMEOUT, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, LAKEWRIGHT_TEST_TOTALS: totals },
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (status) => resolve(status ?? 1));
  });
  const counts = existsSync(totals)
    ? JSON.parse(readFileSync(totals, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  // Ended early, or without one test: that is no success, whatever was counted.
  if ((code !== 0 || counts.passed === 0) && counts.failed === 0) {
    console.log(`mocha ended with ${code} after ${counts.passed} tests`);
    counts.failed = 1;
  }
  return counts;
}

function withoutGlue(args) {
  return args.filter((arg, index) => {
    return arg !== '--glue' && args[index - 1] !== '--glue' && !arg.startsWith('--glue=');
  });
}
