import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Toolchain } from '../toolchain.ts';
import { endpointEnvironment, sparkSettings, type Workload } from './settings.ts';

const RESIDENT = fileURLToPath(new URL('./python/resident.py', import.meta.url));
const STOP_SECONDS = 10;
const LOG_TAIL_LINES = 20;

/** Settings of {@link startSpark}. */
export interface SparkOptions {
  /** Which Python, and so which Spark; see `toolchain()`. */
  readonly tools: Toolchain;
  /** Log file; its folder is made. Holds what Spark and the scripts print. */
  readonly log: string;
  /** Folder for Spark's temporary files and its warehouse; made when missing. */
  readonly warehouse: string;
  /** URL of the embedded endpoint; then `s3://` paths and boto3 go there. */
  readonly s3Endpoint?: string;
  /** Whether to tune for short or for long work; `short` by default. */
  readonly workload?: Workload;
  /** More Spark settings, which win over lakewright's. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told twice a second how many tasks of the running stages are over. */
  readonly onProgress?: (progress: SparkProgress) => void;
}

/** Tasks of the stages that run now. */
export interface SparkProgress {
  /** File name of the script that runs. */
  readonly name: string;
  readonly done: number;
  readonly total: number;
}

/** How one script ended. */
export interface ScriptOutcome {
  readonly succeeded: boolean;
  /** The error's type and message when it failed. */
  readonly error: string | null;
  /** Line of the script, from 1, that the error came through, as Glue tells it; null where it came through none. */
  readonly line: number | null;
  /** What the script printed. */
  readonly log: string;
  readonly seconds: number;
}

/** Rows given to {@link SparkSession.transform}. */
export interface GivenRows {
  /** Spark DDL: `email string, timestamp bigint`. */
  readonly schema: string;
  /** Each row as a JSON object that fits `schema`; an absent key is null. */
  readonly rows: readonly object[];
}

/** A row as JSON: a long beyond 2^53 loses digits, a timestamp is text in UTC. */
export type Row = Readonly<Record<string, unknown>>;

/** A resident Spark session. Requests run one after another. */
export interface SparkSession {
  /** Spark's version, `3.5.6`. */
  readonly version: string;
  /** Runs a script as `python script args...`; `path` are folders to import from. A failure is an outcome. */
  run(script: string, args: readonly string[], path?: readonly string[]): Promise<ScriptOutcome>;
  /** Rows of a query; for tests and reports, as all of them are collected. */
  sql(query: string): Promise<readonly Row[]>;
  /** Rows that the pure `transform` of a script makes of given rows; null stands for null. */
  transform(
    script: string,
    inputs: Readonly<Record<string, GivenRows>>,
    parameters?: Readonly<Record<string, unknown>>,
    path?: readonly string[],
  ): Promise<readonly Row[]>;
  /** Ends Spark and waits for it; more calls do nothing more. */
  stop(): Promise<void>;
}

/** Spark did not start, or ended while something was asked of it. The message has the log's end. */
export class SparkError extends Error {
  override readonly name = 'SparkError';
  /** Stable name of the mistake. */
  readonly code = 'runtime/spark-ended';
}

/**
 * Starts one Spark session in a child process, which ends with this process however that ends.
 *
 * @throws SparkError when Python, Java or pyspark is missing or unfit
 * @example
 * const spark = await startSpark({ tools: toolchain('5.1'), log: '/tmp/spark.log', warehouse: '/tmp/lw' });
 * const outcome = await spark.run('generated/stedi/jobs/customer_trusted.py', ['--JOB_NAME', 'x']);
 * await spark.stop();
 */
export async function startSpark(options: SparkOptions): Promise<SparkSession> {
  const conversation = converse(options);
  const settings = sparkSettings({ ...options, jars: options.tools.jars });
  const started = await conversation.ask('start', { settings });
  const asRows = (lines: unknown) => (lines as string[]).map((line) => JSON.parse(line) as Row);
  return {
    version: (started as { spark: string }).spark,
    run: async (script, args, path = []) =>
      (await conversation.ask('run', { script, arguments: args, path })) as ScriptOutcome,
    sql: async (query) => asRows(await conversation.ask('sql', { query })),
    transform: async (script, inputs, parameters = {}, path = []) =>
      asRows(
        await conversation.ask('transform', { script, inputs: asText(inputs), parameters, path }),
      ),
    stop: () => conversation.end(),
  };
}

function asText(inputs: Readonly<Record<string, GivenRows>>): object {
  const given = Object.entries(inputs).map(([name, { schema, rows }]) => {
    return [name, { schema, rows: rows.map((row) => JSON.stringify(row)) }] as const;
  });
  return Object.fromEntries(given);
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Conversation {
  ask(action: string, request: object): Promise<unknown>;
  end(): Promise<void>;
}

function converse(options: SparkOptions): Conversation {
  const child = spawnPython(options);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Promise<Error> | undefined;
  const over = (reason: string) => {
    ended ??= sparkError(options, reason);
    void ended.then((error) => {
      for (const asker of waiting.values()) asker.reject(error);
      waiting.clear();
    });
  };
  child.once('error', (error) => over(error.message));
  child.once('exit', (code, signal) => over(`it ended with ${signal ?? code}`));
  child.stdin.on('error', () => undefined); // a pipe that broke is told by the exit
  createInterface({ input: child.stdout }).on('line', (line) => {
    receive(JSON.parse(line) as Answer, waiting, options.onProgress);
  });
  const ask = async (action: string, request: object): Promise<unknown> => {
    if (ended !== undefined) throw await ended;
    const id = ++asked;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.stdin.write(`${JSON.stringify({ id, do: action, ...request })}\n`);
    return await answer;
  };
  return { ask, end: () => endProcess(child, ask) };
}

type Answer =
  | ({ readonly event: 'progress' } & SparkProgress)
  | { readonly event?: undefined; readonly id: number; readonly ok?: unknown; failed?: string };

function receive(
  answer: Answer,
  waiting: Map<number, Waiting>,
  onProgress: SparkOptions['onProgress'],
): void {
  if (answer.event === 'progress') {
    onProgress?.({ name: answer.name, done: answer.done, total: answer.total });
    return;
  }
  const asker = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (answer.failed === undefined) asker?.resolve(answer.ok);
  else asker?.reject(new SparkError(answer.failed));
}

function spawnPython(options: SparkOptions): Child {
  mkdirSync(dirname(options.log), { recursive: true });
  const log = openSync(options.log, 'w');
  try {
    // Nothing may be awaited between this and the listeners: a Python that is missing is told at once.
    return spawn(options.tools.python, ['-B', RESIDENT], {
      stdio: ['pipe', 'pipe', log],
      env: environment(options),
    }) as Child; // stdio[0] and [1] are 'pipe', so both streams are there
  } finally {
    closeSync(log);
  }
}

/** Settings of another Spark, Python or AWS profile of this machine must not reach this one. */
const FOREIGN = ['SPARK_HOME', 'SPARK_CONF_DIR', 'PYTHONPATH', 'PYTHONHOME', 'AWS_PROFILE'];

function environment(options: SparkOptions): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name));
  return {
    ...Object.fromEntries(inherited),
    ...endpointEnvironment(options.s3Endpoint),
    PYSPARK_PYTHON: options.tools.python,
    PYSPARK_SUBMIT_ARGS: 'pyspark-shell',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    TZ: 'UTC',
  };
}

async function endProcess(child: Child, ask: Conversation['ask']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_SECONDS * 1000);
  await ask('stop', {}).catch(() => undefined); // it may end before it answers
  child.stdin.end();
  await exit;
  clearTimeout(timer);
}

async function sparkError(options: SparkOptions, reason: string): Promise<SparkError> {
  const log = await readFile(options.log, 'utf8').catch(() => '');
  const tail = log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
  const said = tail === '' ? '' : `\nThe end of ${options.log}:\n${tail}`;
  return new SparkError(`Spark of ${options.tools.python}: ${reason}.${said}`);
}
