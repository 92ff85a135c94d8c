import { execFile, execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PROGRAMS = '/usr/lib/postgresql';
const USER = 'postgres';

/** A PostgreSQL of a test's own. */
export interface Postgres {
  /** What the secret of a connection to it says. */
  readonly connection: { readonly url: string; readonly user: string; readonly password: string };
  /** Runs statements as its owner. */
  run(sql: string): Promise<string>;
  /** Everything that it was asked so far. */
  asked(): string;
  stop(): Promise<void>;
}

/** Where the programs of the newest PostgreSQL of Debian's packages are; undefined where none is installed. */
export function postgresPrograms(): string | undefined {
  try {
    const newest = readdirSync(PROGRAMS).toSorted((a, b) => Number(b) - Number(a))[0];
    return newest && join(PROGRAMS, newest, 'bin');
  } catch {
    return undefined;
  }
}

/**
 * Starts a cluster in a folder of its own, on a free port of this machine only.
 * @param password of its user `reader`, who may read all tables
 */
export async function startPostgres(programs: string, password: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-postgres-'));
  const [data, secret, log] = [join(folder, 'data'), join(folder, 'secret'), join(folder, 'log')];
  const owner = crypto.randomUUID();
  writeFileSync(secret, owner, { mode: 0o600 });
  const identity = unprivileged();
  if (identity) for (const path of [folder, secret]) chownSync(path, identity.uid, identity.gid);
  const call = async (program: string, args: readonly string[]) => {
    const options = { ...identity, cwd: folder, env: { ...process.env, PGPASSWORD: owner } };
    return (await promisify(execFile)(join(programs, program), args, options)).stdout;
  };
  const auth = ['-A', 'scram-sha-256', '-U', USER, `--pwfile=${secret}`];
  await call('initdb', ['-D', data, ...auth, '-E', 'UTF8', '--locale=C', '--no-sync']);
  const port = await freePort();
  const settings = `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nlog_statement = all\n`;
  appendFileSync(join(data, 'postgresql.conf'), settings);
  await call('pg_ctl', ['-D', data, '-w', '-l', log, 'start']);
  const run = (sql: string) => {
    const where = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', 'postgres'];
    return call('psql', [...where, '-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', sql]);
  };
  await run(`CREATE ROLE reader LOGIN PASSWORD '${password}'; GRANT pg_read_all_data TO reader`);
  return {
    connection: {
      url: `jdbc:postgresql://127.0.0.1:${port}/postgres?sslmode=disable`,
      user: 'reader',
      password,
    },
    run,
    asked: () => readFileSync(log, 'utf8'),
    async stop() {
      await call('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true });
    },
  };
}

/** PostgreSQL refuses to run as root; Debian's package makes a user for it. */
function unprivileged(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== 'object' || address === null) throw new Error('there is no port');
  return address.port;
}
