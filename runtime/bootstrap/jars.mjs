import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotPrepare, ROOT, STATE, say } from './step.mjs';

const CENTRAL = 'https://repo1.maven.org/maven2';
const AT_ONCE = 8;
const TRIES = 3;
const SECONDS = 180;

/**
 * Downloads what Glue has and plain Spark lacks from Maven Central, each file pinned by its SHA-256: what speaks to S3
 * (Hadoop's S3A and the parts of AWS's SDK that it uses, not the bundles of some hundred MB), what reads Avro, Iceberg, and PostgreSQL's driver.
 *
 * @param {string} line `3.5`, `4.1`
 */
export async function prepareJars(line) {
  const list = JSON.parse(readFileSync(join(ROOT, 'runtime', 'spark', 'jars.json'), 'utf8'));
  const wanted = list[`spark-${line}`];
  const folder = join(STATE, 'jars', `spark-${line}`);
  mkdirSync(folder, { recursive: true });
  const names = new Set(wanted.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(join(folder, name));
  // A file has its name only once it is whole and its hash was right.
  const missing = wanted.filter(({ path }) => !existsSync(join(folder, basename(path))));
  if (missing.length === 0) return;
  say(`downloads ${missing.length} jars that Spark ${line} lacks and Glue has`);
  const worker = async () => {
    for (let jar = missing.shift(); jar !== undefined; jar = missing.shift()) {
      await download(jar, join(folder, basename(jar.path)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function download({ path, sha256 }, file) {
  const bytes = await fetchBytes(`${CENTRAL}/${path}`);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new CannotPrepare(
      `${CENTRAL}/${path} has SHA-256 ${found}, expected ${sha256}.`,
      'Something between here and Maven Central changes files; nothing of it was kept.',
    );
  }
  writeFileSync(`${file}.part`, bytes);
  renameSync(`${file}.part`, file);
}

async function fetchBytes(url) {
  let reason = '';
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(SECONDS * 1000) });
      if (response.ok) return Buffer.from(await response.arrayBuffer());
      reason = `HTTP ${response.status}`;
    } catch (error) {
      reason = error.cause?.message ?? error.message;
    }
    if (attempt < TRIES) await pause(1000 * attempt);
  }
  throw new CannotPrepare(
    `${url} could not be fetched: ${reason}.`,
    'Look whether Maven Central can be reached. npm start -- --local --out DIR needs no jars.',
  );
}
