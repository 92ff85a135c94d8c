import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const python = process.env['LAKEWRIGHT_PYTHON'] ?? resolve('.lakewright/venv-spark-3.5/bin/python');

/** Generated files: path below the library's folder to text. */
export type Files = ReadonlyMap<string, string>;

/** What the verifier says of one library. */
export interface Verdict {
  /** Lines of what is wrong, with paths below the library's folder; empty where all holds. */
  readonly findings: readonly string[];
}

/** The program's exit code and what it prints, for folders on disk. */
export function runVerifier(...folders: readonly string[]) {
  const { error, status, stdout, stderr } = spawnSync(
    python,
    ['-B', '-W', 'error', 'codegen/verify/verify.py', ...folders],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Verifies libraries that are on no disk yet, all of them in one run of the program. */
export function verify(libraries: readonly Files[]): readonly Verdict[] {
  const root = mkdtempSync(join(tmpdir(), 'lakewright-verify-'));
  try {
    const folders = libraries.map((files, index) => {
      const folder = join(root, String(index));
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      return folder;
    });
    const { status, stderr } = runVerifier(...folders);
    const lines = stderr.split('\n').filter((line) => line !== '');
    const stray = lines.filter((line) => !folders.some((folder) => isOf(line, folder)));
    if (stray.length > 0) throw new Error(`the verifier failed:\n${stray.join('\n')}`);
    if ((status === 0) !== (lines.length === 0)) throw new Error(`exit code ${status}`);
    return folders.map((folder) => ({
      findings: lines
        .filter((line) => isOf(line, folder))
        .map((line) => line.slice(folder.length).replace(/^\//, '')),
    }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function isOf(line: string, folder: string): boolean {
  return line.startsWith(`${folder}/`) || line.startsWith(`${folder}:`);
}
