import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The interpreter that tests run Python with; ruff lies beside it. */
const python = process.env['LAKEWRIGHT_PYTHON'] ?? resolve('.lakewright/venv-spark-3.5/bin/python');

/** Runs Python code that reads JSON from standard input and prints JSON. */
export function runPython(code: string, input: unknown): unknown {
  const run = spawnSync(python, ['-c', code], { input: JSON.stringify(input), encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`Python failed: ${run.error ?? run.stderr}`);
  return JSON.parse(run.stdout);
}

/** What `ruff format` would change and `ruff check` finds in modules, with the project's own settings; empty where all is well. */
export function ruffFindings(modules: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-ruff-'));
  try {
    mkdirSync(join(folder, 'modules'));
    for (const [index, text] of modules.entries()) {
      writeFileSync(join(folder, 'modules', `module_${index}.py`), text);
    }
    return ruff('format', '--diff', '--quiet', folder) + ruff('check', '--quiet', folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ruff(...args: readonly string[]): string {
  const config = ['--config', resolve('ruff.toml'), '--no-cache'];
  const run = spawnSync(join(dirname(python), 'ruff'), [...args, ...config], { encoding: 'utf8' });
  if (run.error) throw run.error;
  return run.stdout + run.stderr;
}
