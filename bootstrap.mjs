/**
 * Makes a fresh clone ready for a command and runs it: `node bootstrap.mjs <command> [arguments]`.
 *
 * Plain Node without dependencies, because it runs before there are any. Each step looks whether its
 * work is already done; when all is, nothing is printed and the command starts at once. A step that
 * was interrupted is done again. Everything it makes lies in node_modules/ and .lakewright/.
 */
import { spawn } from 'node:child_process';
import { prepareJars } from './runtime/bootstrap/jars.mjs';
import { findJava } from './runtime/bootstrap/java.mjs';
import { withLock } from './runtime/bootstrap/lock.mjs';
import { checkNode, prepareNodeModules } from './runtime/bootstrap/node-modules.mjs';
import { findPython, makeVenv, venvOf } from './runtime/bootstrap/python.mjs';
import { CannotPrepare, ROOT } from './runtime/bootstrap/step.mjs';
import { runTests } from './runtime/bootstrap/tests.mjs';

/** What each command needs: Spark's lines (`3.5`, `4.1`), and whether Spark speaks to S3. */
const COMMANDS = {
  start: (args) => ({ spark: [chosenSpark(args) ?? '3.5'], s3: !args.includes('--local') }),
  generate: () => ({ spark: [], s3: false }),
  plan: () => ({ spark: [], s3: false }),
  promote: () => ({ spark: [], s3: false }),
  rollback: () => ({ spark: [], s3: false }),
  releases: () => ({ spark: [], s3: false }),
  destroy: () => ({ spark: [], s3: false }),
  diff: () => ({ spark: [], s3: false }),
  drift: () => ({ spark: [], s3: false }),
  deploy: () => ({ spark: [], s3: false }),
  endpoint: () => ({ spark: ['3.5'], s3: true }),
  run: () => ({ spark: [], s3: false }),
  import: () => ({ spark: [], s3: false }),
  unlock: () => ({ spark: [], s3: false }),
  forget: (args) => ({ spark: [chosenSpark(args) ?? '3.5'], s3: !args.includes('--local') }),
  report: () => ({ spark: [], s3: false }),
  explain: () => ({ spark: [], s3: false }),
  export: () => ({ spark: [], s3: false }),
  test: () => ({ spark: ['3.5', '4.1'], s3: true }),
  'test:spark': (args) => {
    const chosen = chosenSpark(args);
    return { spark: chosen === undefined ? ['3.5', '4.1'] : [chosen], s3: true };
  },
};

// Says on Node 20, at every start, that AWS's SDK will want Node 22 from 2027; README says it once.
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

const SPARK_OF_GLUE = { 5.1: '3.5', '6.0': '4.1' };

function chosenSpark(args) {
  const at = args.findIndex((arg) => arg === '--glue' || arg.startsWith('--glue='));
  if (at < 0) return undefined;
  const glue = args[at].includes('=') ? args[at].split('=')[1] : args[at + 1];
  const spark = SPARK_OF_GLUE[glue];
  if (spark !== undefined) return spark;
  throw new CannotPrepare(
    glue === undefined
      ? '--glue lacks its version.'
      : `--glue ${glue} is not a version of AWS Glue that lakewright knows.`,
    `It knows ${Object.keys(SPARK_OF_GLUE).join(' and ')}.`,
    2,
  );
}

async function prepare({ spark, s3 }) {
  checkNode();
  // Looked for first: nobody should wait for downloads to learn that a JDK or Python is missing.
  const java = spark.length > 0 ? await findJava(spark) : undefined;
  const python = spark.every((line) => venvOf(line).isWhole) ? undefined : await findPython();
  await withLock(async () => {
    // Looked at again: another process may have made them while this one waited for the lock.
    const venvs = spark.map(venvOf).filter(({ isWhole }) => !isWhole);
    const work = [
      prepareNodeModules(),
      ...venvs.map(async (venv) => makeVenv(venv, python ?? (await findPython()))),
    ];
    if (s3) work.push(...spark.map(prepareJars));
    const results = await Promise.allSettled(work);
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  });
  return java === undefined ? QUIET : { ...QUIET, JAVA_HOME: java };
}

function runCli(command, args, environment) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/main.ts', command, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  // Ctrl-C reaches the child too, as both share the terminal; it decides when to end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

async function main([command, ...args]) {
  const needs = Object.hasOwn(COMMANDS, command ?? '') ? COMMANDS[command] : undefined;
  if (needs === undefined) {
    const known = Object.keys(COMMANDS).join(', ');
    throw new CannotPrepare(`There is no command ${command ?? ''}.`, `Commands: ${known}.`, 2);
  }
  const needed = needs(args);
  const environment = await prepare(needed);
  if (command === 'test' || command === 'test:spark') {
    return await runTests({ command, args, spark: needed.spark, environment });
  }
  return await runCli(command, args, environment);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CannotPrepare)) throw error;
  console.error(`error: ${error.message}\n  = hint  ${error.hint}`);
  process.exitCode = error.exitCode;
}
