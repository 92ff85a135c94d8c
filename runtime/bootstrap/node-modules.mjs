import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotPrepare, must, ROOT, say } from './step.mjs';

const OLDEST = [20, 19];

/** Refuses a Node that is too old to run lakewright. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new CannotPrepare(
    `Node ${process.versions.node} is too old.`,
    `Install Node ${OLDEST.join('.')} or newer.`,
  );
}

/** Runs `npm ci` when node_modules is not what package-lock.json says. */
export async function prepareNodeModules() {
  if (isInstalled()) return;
  say('installs Node packages (npm ci)');
  // Under `npm start` npm says where it is itself, which also works where `npm` is no program.
  const npm = process.env.npm_execpath;
  const [program, first] = npm?.endsWith('js') ? [process.execPath, [npm]] : ['npm', []];
  const quiet = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const hint = 'Look whether the npm registry can be reached: npm ping.';
  await must('npm ci', hint, program, [...first, ...quiet]);
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation has none. */
function isInstalled() {
  const wanted = packages(join(ROOT, 'package-lock.json'));
  const present = packages(join(ROOT, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // Optional packages are binaries of one platform each.
    return path === '' || optional || present[path]?.version === version;
  });
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
