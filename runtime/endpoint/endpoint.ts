import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const LAUNCHER = fileURLToPath(new URL('./python/serve.py', import.meta.url));
const START_SECONDS = 60;
const STOP_SECONDS = 5;
const LOG_TAIL_LINES = 12;

/** Settings of {@link startEndpoint}. */
export interface EndpointOptions {
  /** Python interpreter that has moto (`runtime/python/requirements-*.txt`). */
  readonly python: string;
  /** Log file; written from its start, its folder is made. One line per request. */
  readonly log: string;
  /** Loopback port; a free one by default. */
  readonly port?: number;
  /** Folder for S3 objects of more than 16 MB, which moto keeps on disk; the system's by default. */
  readonly dataDir?: string;
}

/** A running endpoint. It holds its state in memory: what was in it is gone after {@link Endpoint.stop}. */
export interface Endpoint {
  /** `http://127.0.0.1:<port>`, for S3, Glue, IAM, KMS, Lake Formation, STS and Secrets Manager alike. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Ends the server and waits for it; more calls do nothing more. */
  stop(): Promise<void>;
}

/** The endpoint did not start; the message holds the reason and the end of its log. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
  /** Stable name of the mistake. */
  readonly code = 'runtime/endpoint-did-not-start';
}

/**
 * Starts an S3, Glue, IAM, KMS, Lake Formation, STS and Secrets Manager server (moto with lakewright's own on top) on a
 * loopback port, as a child process that ends with this process however that ends.
 *
 * @returns once the server has answered a request
 * @throws EndpointError when Python or moto is missing, or it does not answer within 60 seconds
 * @example
 * const endpoint = await startEndpoint({ python: '.lakewright/venv-spark-3.5/bin/python', log: '/tmp/endpoint.log' });
 * await endpoint.stop();
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { child, ended } = await spawnServer(options);
  try {
    const port = await withDeadline(Promise.race([readPort(child), ended]), START_SECONDS);
    const url = `http://127.0.0.1:${port}`;
    const health = await fetch(`${url}/_lakewright/health`, {
      signal: AbortSignal.timeout(START_SECONDS * 1000),
    });
    if (!health.ok) throw new Error(`its health page answered ${health.status}`);
    return { url, pid: child.pid ?? 0, stop: () => stopServer(child) };
  } catch (cause) {
    await stopServer(child);
    throw await startFailure(options, cause);
  }
}

type Server = ChildProcess & { readonly stdout: Readable };

interface Spawned {
  readonly child: Server;
  /** Rejects when the process cannot be started or ends. */
  readonly ended: Promise<never>;
}

async function spawnServer(options: EndpointOptions): Promise<Spawned> {
  await mkdir(dirname(options.log), { recursive: true });
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });
  const log = await open(options.log, 'w');
  try {
    const child = spawn(options.python, ['-B', LAUNCHER, String(options.port ?? 0)], {
      // The open standard input is what tells the server that this process lives.
      stdio: ['pipe', 'pipe', log.fd],
      env: {
        ...process.env,
        ...(options.dataDir === undefined ? {} : { TMPDIR: options.dataDir }),
        // moto asks its own S3 through boto3 now and then, which wants a region and credentials.
        AWS_ACCESS_KEY_ID: 'lakewright-local',
        AWS_SECRET_ACCESS_KEY: 'lakewright-local',
        AWS_DEFAULT_REGION: 'us-east-1',
        PYTHONUNBUFFERED: '1',
      },
    }) as Server; // stdio[1] is 'pipe', so stdout is there
    return { child, ended: endOf(child) };
  } finally {
    await log.close();
  }
}

function endOf(child: ChildProcess): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}`)));
  });
  ended.catch(() => undefined); // after the start, an end is nobody's rejection to handle
  return ended;
}

async function readPort(child: Server): Promise<number> {
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  child.stdout.resume();
  const answer: unknown = JSON.parse(String(line));
  if (typeof answer === 'object' && answer !== null && 'port' in answer) return Number(answer.port);
  throw new Error('it did not say its port');
}

async function withDeadline<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${seconds} s`)), seconds * 1000);
  });
  return await Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}

async function stopServer(child: ChildProcess): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  if (ended) return;
  const exit = once(child, 'exit');
  child.stdin?.end();
  child.kill('SIGTERM');
  await withDeadline(exit, STOP_SECONDS).catch(async () => {
    child.kill('SIGKILL');
    await exit;
  });
}

async function startFailure(options: EndpointOptions, cause: unknown): Promise<EndpointError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const log = await readFile(options.log, 'utf8').catch(() => '');
  const tail = log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
  const said = tail === '' ? '' : `\nThe end of ${options.log}:\n${tail}`;
  const message = `The local AWS endpoint did not start with ${options.python}: ${reason}.${said}`;
  return new EndpointError(message, { cause });
}
