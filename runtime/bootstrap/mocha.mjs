import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE } from './step.mjs';

const MOCHA = join(ROOT, 'node_modules', '.bin', 'mocha');
const REPORTER = join(ROOT, 'runtime', 'bootstrap', 'file-reporter.cjs');
// The first test that asks for Spark waits for its start, on two busy cores.
const TIMEOUT = '300000';

/**
 * Runs one mocha process, which prints a line for each test file.
 *
 * @param {string} name of its folder for results, so that several can run at once
 * @param {string[]} args files and options
 * @returns {Promise<{ passed: number, failed: number, skipped: number, words: string }>}
 * `words` tells the failures
 */
export async function mocha(name, args, env) {
  const folder = join(STATE, 'test');
  const result = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(result, { force: true });
  const child = spawn(MOCHA, ['--reporter', REPORTER, '--timeout', TIMEOUT, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, LAKEWRIGHT_TEST_RESULT: result },
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('close', (status) => resolve(status ?? 1));
  });
  const found = existsSync(result)
    ? JSON.parse(readFileSync(result, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0, words: '', file: '' };
  // It died, or could not load a file: that is no success, whatever was counted.
  if (code !== 0 && found.failed === 0) {
    const where = found.file === '' ? 'before the first test' : `in ${found.file}`;
    return { ...found, failed: 1, words: `mocha ended with ${code} ${where}` };
  }
  return found;
}
