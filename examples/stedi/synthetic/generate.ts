import { realpathSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { customerAt, customerLines, serialNumber } from './customers.ts';
import { DAMAGE, damaged, type Targets } from './damage.ts';
import { LandingWriter } from './landing-writer.ts';
import { type Random, randomFor } from './random.ts';
import { deviceLines, deviceLinesOf, phoneLines, phoneLinesOf } from './readings.ts';
import { BLOCK } from './stories.ts';

/** What to write. */
export interface SyntheticOptions {
  /** The data folder to make. It must not exist, or be empty: real data is never written over. */
  readonly dir: string;
  /** How many customers (1 to 10,000,000; default 200). About 30 phone and 12 device readings come with each. */
  readonly customers?: number;
  /** Same seed and same number of customers: same bytes (a whole number from 0; default 1). */
  readonly seed?: number;
}

/** What was written, per landing table. */
export type SyntheticCounts = Readonly<Record<Feed, FeedCounts>>;

/** Lines of one landing table, and how many of them no reader can use (blank lines are not those). */
export interface FeedCounts {
  readonly lines: number;
  readonly malformed: number;
}

/** The mistake of the person who asked for data, in words to show as they are. */
export class SyntheticDataError extends Error {
  override readonly name = 'SyntheticDataError';
}

const FEEDS = ['customer', 'accelerometer', 'step_trainer'] as const;
type Feed = (typeof FEEDS)[number];

const TARGETS: Readonly<Record<Feed, Targets>> = {
  customer: { number: 'lastUpdateDate', text: 'email' },
  accelerometer: { number: 'timestamp', text: 'user' },
  step_trainer: { number: 'distanceFromObject', text: 'serialNumber' },
};

/** Customers of a block between one damaged line and the next. */
const DAMAGE_EVERY = 5;
const DEFAULTS = { customers: 200, seed: 1 };

/**
 * Writes a STEDI world of the real feeds' shape and dirt: `customer/landing/*.json`,
 * `accelerometer/landing/*.json` and `step_trainer/landing/*.json` under `dir`.
 *
 * Every 40 customers meet every kind of dirt (see `stories.ts` and `damage.ts`). The folder appears
 * complete or not at all: it is written beside its place and renamed. Memory does not grow with size.
 *
 * @throws SyntheticDataError when an option is out of range or `dir` already holds something
 * @example await writeSyntheticData({ dir: '.lakewright/data', customers: 200, seed: 1 });
 */
export async function writeSyntheticData(options: SyntheticOptions): Promise<SyntheticCounts> {
  const { customers, seed } = { ...DEFAULTS, ...options };
  requireWhole('customers', customers, 1, 10_000_000);
  requireWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  const dir = resolve(options.dir);
  await requireFree(dir);

  const draft = `${dir}.partial-${process.pid}`;
  await mkdir(dirname(dir), { recursive: true });
  try {
    const counts = await writeFeeds(draft, customers, seed);
    await rename(draft, dir);
    return counts;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeFeeds(dir: string, customers: number, seed: number): Promise<SyntheticCounts> {
  const writers = {
    customer: new LandingWriter(dir, 'customer'),
    accelerometer: new LandingWriter(dir, 'accelerometer'),
    step_trainer: new LandingWriter(dir, 'step_trainer'),
  };
  const malformed = { customer: 0, accelerometer: 0, step_trainer: 0 };
  try {
    for (let index = 0; index < customers; index++) {
      const lines = linesOf(seed, index);
      for (const feed of FEEDS) {
        const spoilt = withDamage(lines[feed], feed, index, randomFor(seed, 'damage', feed, index));
        malformed[feed] += spoilt.malformed;
        await writers[feed].write(spoilt.lines);
      }
    }
  } finally {
    for (const feed of FEEDS) await writers[feed].close();
  }
  const counts = (feed: Feed) => ({ lines: writers[feed].lines, malformed: malformed[feed] });
  return {
    customer: counts('customer'),
    accelerometer: counts('accelerometer'),
    step_trainer: counts('step_trainer'),
  };
}

/** The good lines that customer `index` adds to each feed; a block's first also brings its orphans. */
function linesOf(seed: number, index: number): Record<Feed, string[]> {
  const customer = customerAt(seed, index);
  const lines = {
    customer: customerLines(seed, customer),
    accelerometer: phoneLines(seed, customer),
    step_trainer: deviceLines(seed, customer),
  };
  if (index % BLOCK !== 0) return lines;
  const random = randomFor(seed, 'orphans', index);
  const { times } = customer.session;
  lines.accelerometer.push(...phoneLinesOf(`nobody.${index}@example.com`, times, random));
  lines.step_trainer.push(...deviceLinesOf(serialNumber(seed, index, 'lost'), times, random));
  return lines;
}

/** Every fifth customer of a block adds one damaged copy of a line, each time of another kind. */
function withDamage(
  lines: readonly string[],
  feed: Feed,
  index: number,
  random: Random,
): { lines: readonly string[]; malformed: number } {
  const position = index % BLOCK;
  const damage = position % DAMAGE_EVERY === 0 ? DAMAGE[position / DAMAGE_EVERY] : undefined;
  if (damage === undefined) return { lines, malformed: 0 };
  const at = random.integer(0, lines.length);
  // A silent customer has no line to break; the damage still comes, to somebody's reading.
  const victims = lines.length > 0 ? lines : phoneLinesOf('nobody@example.com', [0], random);
  const broken = damaged(random.pick(victims), damage, TARGETS[feed]);
  return {
    lines: [...lines.slice(0, at), broken, ...lines.slice(at)],
    malformed: damage === 'blank' ? 0 : 1,
  };
}

function requireWhole(name: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new SyntheticDataError(
    `${name} is ${value}; it must be a whole number from ${low} to ${high}`,
  );
}

/** Removes an empty folder so that the finished one can take its place; refuses anything else. */
async function requireFree(dir: string): Promise<void> {
  const entries = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new SyntheticDataError(`${dir} cannot be used as a folder (${error.code})`);
  });
  if (entries === undefined) return;
  if (entries.length > 0) {
    throw new SyntheticDataError(`${dir} already holds files; name a folder that does not exist`);
  }
  await rmdir(dir);
}

const USAGE =
  'usage: node --import tsx examples/stedi/synthetic/generate.ts --out DIR [--customers N] [--seed S]';

/** The command line: 0 when the data is there, 1 when the folder or a number will not do, 2 for usage. */
async function main(args: readonly string[]): Promise<number> {
  let options: SyntheticOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  try {
    const counts = await writeSyntheticData(options);
    for (const feed of FEEDS) {
      const { lines, malformed } = counts[feed];
      console.log(`${feed}: ${lines} lines, ${malformed} of them malformed`);
    }
    return 0;
  } catch (error) {
    // A full disk or a read-only folder is the user's to mend too; anything else is our bug.
    const expected = error instanceof SyntheticDataError || isSystemError(error);
    if (!expected) throw error;
    console.error(error.message);
    return 1;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function readOptions(args: readonly string[]): SyntheticOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { out: text, customers: text, seed: text },
  });
  if (!values.out) throw new SyntheticDataError('--out DIR is missing');
  return {
    dir: values.out,
    ...(values.customers === undefined
      ? {}
      : { customers: wholeNumber('customers', values.customers) }),
    ...(values.seed === undefined ? {} : { seed: wholeNumber('seed', values.seed) }),
  };
}

function wholeNumber(name: string, text: string): number {
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw new SyntheticDataError(`--${name} is '${text}'; it must be a whole number`);
}

const startedFile = process.argv[1];
if (startedFile && import.meta.url === pathToFileURL(realpathSync(startedFile)).href) {
  process.exitCode = await main(process.argv.slice(2));
}
