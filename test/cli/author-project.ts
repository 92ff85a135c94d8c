import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the CLI as bootstrap.mjs does.
 * @param started told the process, for who wants to send it a signal
 */
export async function lakewright(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  started: (child: ChildProcess) => void = () => undefined,
): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: root, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started(child);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, out, err };
}

/** An author's files, in a folder of their own inside the project, so that `#lakewright` is found. */
export class AuthorProject {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<AuthorProject> {
    const parent = join(root, '.lakewright');
    await mkdir(parent, { recursive: true });
    return new AuthorProject(await mkdtemp(join(parent, 'author-')));
  }

  get library(): string {
    return join(this.folder, 'index.ts');
  }

  get out(): string {
    return join(this.folder, 'generated');
  }

  /** Writes the library file. */
  async write(text: string): Promise<void> {
    await writeFile(this.library, text);
  }

  async generate(...more: readonly string[]): Promise<Ran> {
    return await lakewright(['generate', this.library, '--out', this.out, ...more]);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A library of one job; parts of it can be said otherwise. */
export function smallLibrary(
  say: {
    readonly job?: string;
    readonly rows?: string;
    readonly sink?: string;
    readonly more?: string;
    readonly jobs?: string;
    readonly doc?: string;
  } = {},
): string {
  return `import { job, library, long, string, subject, zone } from '#lakewright';

const customer = subject('customer');
const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
const customerLanding = landing.table('customer', {
  columns: {
    email: string().identifier().subject(customer),
    lastUpdateDate: long(),
    sharedAt: long().nullable(),
  },
  about: 'email',
  consent: { research: { grantedAt: 'sharedAt', version: 'lastUpdateDate' } },
});

/** ${say.doc ?? 'Customers who consent.'} */
const customerTrusted = job(${JSON.stringify(say.job ?? 'customer_trusted')}, {
  rows: ${say.rows ?? "customerLanding.keepConsented('research')"},
  sink: ${say.sink ?? "trusted.sink('customer')"},
});
${say.more ?? ''}
export default library('small', { jobs: [${say.jobs ?? 'customerTrusted'}] });
`;
}
