import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPrepare, must, ROOT, run, STATE, say } from './step.mjs';

const UV = 'uv==0.13.9';
const OLDEST = [3, 11];
// Glue 5.1 runs 3.11, so that comes first; AWS's own getResolvedOptions installs on it alone.
const PROGRAMS = ['python3.11', 'python3', 'python3.12', 'python3.13', 'python'];
const INSIDE = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
const BROKEN_NETWORK = 'Look whether PyPI can be reached: python3 -m pip download --no-deps ruff.';

/**
 * The venv of one line of Spark, and whether it is whole and of the pinned requirements.
 *
 * @param {string} line `3.5`, `4.1`
 */
export function venvOf(line) {
  const requirements = join(ROOT, 'runtime', 'python', `requirements-spark-${line}.txt`);
  const folder = join(STATE, `venv-spark-${line}`);
  const stamp = join(folder, 'lakewright.stamp');
  const python = join(folder, ...INSIDE);
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  // existsSync follows links, so a venv whose Python was removed is made again too.
  const isWhole = existsSync(python) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  return { line, requirements, folder, stamp, python, hash, isWhole };
}

/**
 * Makes a venv from its pinned requirements.
 *
 * @param {ReturnType<typeof venvOf>} venv
 * @param {string} base the Python to make it with
 */
export async function makeVenv({ line, requirements, folder, stamp, python, hash }, base) {
  say(`makes a Python venv with Spark ${line} (about 500 MB, a minute or so)`);
  rmSync(folder, { recursive: true, force: true });
  const hint = 'Debian and Ubuntu keep venv in a package of its own: apt-get install python3-venv.';
  await must('Making the Python venv', hint, base, ['-m', 'venv', folder]);
  await install(python, requirements);
  writeFileSync(stamp, hash); // last, so that an interrupted venv has none
}

async function install(python, requirements) {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const uv = await run(python, [...pip, UV]);
  if (uv.code === 0) {
    const fast = ['-m', 'uv', 'pip', 'install', '--quiet', '--python', python, '-r', requirements];
    if ((await run(python, fast)).code === 0) return;
  }
  // pip knows settings of this machine that uv does not read, such as an index in pip.conf.
  await must('Installing Python packages', BROKEN_NETWORK, python, [...pip, '-r', requirements]);
}

/** Finds a Python of version 3.11 or newer; LAKEWRIGHT_BASE_PYTHON names one to take. */
export async function findPython() {
  const named = process.env.LAKEWRIGHT_BASE_PYTHON;
  const found = [];
  for (const program of named ? [named] : PROGRAMS) {
    const { code, output } = await run(program, ['-c', 'import sys; print(*sys.version_info[:2])']);
    if (code !== 0) continue;
    const [major, minor] = output.trim().split(' ').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1]) return program;
    found.push(`${program} is ${major}.${minor}`);
  }
  const what = found.length === 0 ? 'No Python was found.' : `${found.join(', ')}: too old.`;
  throw new CannotPrepare(
    `${what} lakewright runs Spark from Python ${OLDEST.join('.')} or newer.`,
    'Install Python 3.11 (apt-get install python3 python3-venv, brew install python@3.11), or name one by LAKEWRIGHT_BASE_PYTHON.',
  );
}
