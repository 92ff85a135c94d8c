import { createHmac } from 'node:crypto';
import { type Sink, sinkId, tableId } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { type Program, pseudonymKey, run } from './run.ts';
import { calendar, words } from './tables.ts';
import { firstBirthday, firstTime, keys, names, span, type World } from './world.ts';

/**
 * Rows of a table with a value that tells who somebody is: in a pseudonymous table a key, a name, a birthday or a time, anywhere in
 * a text and however shifted a little; in any table a pseudonym for what the zone is not used for, or pseudonyms for two purposes
 * side by side. A value that a table about nobody has is none where the table would have it of anybody.
 */
export function canaries(
  program: Program,
  world: World,
  sink: Sink,
  purposes: readonly string[],
  rows: readonly Row[],
): readonly Row[] {
  const linked = rows.filter((row) => isLinked(row, purposes));
  if (linked.length > 0 || sink.holds === 'identified') return linked;
  const suspicious = rows.filter((row) => Object.values(row).some(isCanary));
  if (suspicious.length === 0) return [];
  const disguised = run(program, disguise(world)).tables.get(sinkId(sink)) ?? [];
  const columns = new Set(
    suspicious.flatMap((row) => Object.keys(row).filter((name) => isCanary(row[name] ?? null))),
  );
  const innocent = [...columns].filter(
    (name) =>
      disguised.some((row) => isDisguised(row[name] ?? null)) &&
      !disguised.some((row) => isCanary(row[name] ?? null)),
  );
  return suspicious.filter((row) =>
    Object.entries(row).some(([name, value]) => !innocent.includes(name) && isCanary(value)),
  );
}

/** Purposes by pseudonym, of all that there is to make pseudonyms of. */
const pseudonyms: ReadonlyMap<string, string> = new Map(
  ['research', 'marketing'].flatMap((purpose) =>
    [...keys, ...names].map((text) => {
      const pseudonym = createHmac('sha256', pseudonymKey(purpose)).update(text, 'utf8');
      return [pseudonym.digest('hex'), purpose] as const;
    }),
  ),
);

function isLinked(row: Row, purposes: readonly string[]): boolean {
  const found = new Set(Object.values(row).flatMap((value) => pseudonyms.get(String(value)) ?? []));
  return found.size > 1 || [...found].some((purpose) => !purposes.includes(purpose));
}

const letters = [...keys, ...names].map((name) => name.slice(0, 1));

function isCanary(value: Value): boolean {
  if (typeof value === 'string')
    return letters.some((letter) => value.toLowerCase().includes(letter));
  return isBetween(value, firstTime) || isBetween(value, firstBirthday);
}

const disguisedTime = 9_000_000n;

function isDisguised(value: Value): boolean {
  return typeof value === 'string' ? value.includes('z') : isBetween(value, disguisedTime);
}

function isBetween(value: Value, first: bigint): boolean {
  return (
    (typeof value === 'bigint' || typeof value === 'number') &&
    value >= first - span &&
    value < first + span
  );
}

/** The same world, in which tables about nobody have nothing in common with anybody. */
function disguise(world: World): World {
  const change = (id: string, name: string, value: (index: number) => Value) =>
    [id, (world.get(id) ?? []).map((row, index) => ({ ...row, [name]: value(index) }))] as const;
  return new Map([
    ...world,
    change(tableId(calendar), 'day', (index) => disguisedTime + BigInt(index)),
    change(tableId(words), 'listed', (index) => `z${index}`),
  ]);
}
