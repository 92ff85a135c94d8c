import { type Table, tableId } from '../../../algebra/library.ts';
import type { Row } from '../../../algebra/row.ts';
import {
  consentSince,
  consentToAll,
  type Person,
  type RowAbout,
  rowsAboutPeople,
  samePerson,
} from './people.ts';
import { randomOf } from './random.ts';
import { coaches, customers } from './tables.ts';
import { drawValue, type World } from './world.ts';

/** Changes of a world that a zone of the purposes must not notice. */
export const relations = {
  'delete everybody who does not consent': (world, purposes) =>
    without(world, unconsented(world, purposes)),
  'delete one person who does not consent': (world, purposes, seed) => {
    const rows = unconsented(world, purposes);
    const people = rows.flatMap((row) => row.people).filter(isRefusing(world, purposes));
    if (people.length === 0) return world;
    const chosen = randomOf(seed).pick(people);
    return without(
      world,
      rows.filter((row) => row.people.some((person) => samePerson(person, chosen))),
    );
  },
  'change what is said of those who do not consent': (world, purposes, seed) =>
    changed(world, unconsented(world, purposes), purposes, seed),
  'delete events before consent': (world, purposes) => without(world, early(world, purposes)),
  'change events before consent': (world, purposes, seed) =>
    changed(world, early(world, purposes), purposes, seed),
} satisfies Readonly<
  Record<string, (world: World, purposes: readonly string[], seed: number) => World>
>;

export type RelationName = keyof typeof relations;

function isRefusing(world: World, purposes: readonly string[]): (person: Person) => boolean {
  return (person) => consentToAll(world, person, purposes) === undefined;
}

/** Rows about anybody who does not consent to all of the purposes. */
function unconsented(world: World, purposes: readonly string[]): readonly RowAbout[] {
  return rowsAboutPeople(world).filter(({ people }) => people.some(isRefusing(world, purposes)));
}

/** Rows of consenting people whose event was before the consent of one of them, or at no known time. */
function early(world: World, purposes: readonly string[]): readonly RowAbout[] {
  return rowsAboutPeople(world).filter(
    ({ table, row, people }) =>
      table.eventTime !== undefined &&
      people.every((person) => !isRefusing(world, purposes)(person)) &&
      isEarly(world, table, row, people, purposes),
  );
}

function isEarly(
  world: World,
  table: Table,
  row: Row,
  people: readonly Person[],
  purposes: readonly string[],
): boolean {
  const time = row[table.eventTime ?? ''];
  if (typeof time !== 'bigint') return true;
  return people.some((person) => time < (consentToAll(world, person, purposes) ?? 0n));
}

function without(world: World, rows: readonly RowAbout[]): World {
  if (rows.length === 0) return world;
  const gone = new Set(rows.map(({ row }) => row));
  return new Map([...world].map(([id, all]) => [id, all.filter((row) => !gone.has(row))]));
}

/** New values in all columns but those that say whom a row is about; nobody comes to consent, and no event comes to lie after it. */
function changed(
  world: World,
  rows: readonly RowAbout[],
  purposes: readonly string[],
  seed: number,
): World {
  if (rows.length === 0) return world;
  let found = world;
  const random = randomOf(seed);
  for (const { table, row, people } of rows) {
    const plain = redrawn(row, random, (name) => !isKey(table, name) && !isTelling(table, name));
    const all = redrawn(plain, random, (name) => isTelling(table, name));
    const next = replaced(found, table, row, all);
    found = isStillOut(next, table, all, people, purposes)
      ? next
      : replaced(found, table, row, plain);
  }
  return found;
}

function redrawn(row: Row, random: ReturnType<typeof randomOf>, chosen: (name: string) => boolean) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      chosen(name) && random.chance(0.7) ? drawValue(name, random) : value,
    ]),
  );
}

function replaced(world: World, table: Table, old: Row, next: Row): World {
  const id = tableId(table);
  const rows = world.get(id) ?? [];
  return new Map([...world, [id, rows.map((row) => (row === old ? next : row))]]);
}

/** Keys of people and of their things say whom a row is about. */
function isKey(table: Table, name: string): boolean {
  return table.columns.some(
    (column) =>
      column.name === name && column.labels.some((label) => /^(subject|alias):/.test(label)),
  );
}

/** Columns that tell who consents since when, or when something happened. */
export function isTelling(table: Table, name: string): boolean {
  return (
    name === table.eventTime ||
    table.consents.some((one) => [one.grantedAt, one.withdrawnAt, one.version].includes(name))
  );
}

function isStillOut(
  world: World,
  table: Table,
  row: Row,
  people: readonly Person[],
  purposes: readonly string[],
): boolean {
  if (table === customers || table === coaches) return people.every(isRefusing(world, purposes));
  return people.some(isRefusing(world, purposes)) || isEarly(world, table, row, people, purposes);
}

/** Whether anybody in a world consents to all of the purposes: or silence about it means nothing. */
export function hasConsent(world: World, purposes: readonly string[]): boolean {
  return rowsAboutPeople(world).some(({ people }) =>
    people.some((person) =>
      purposes.every((purpose) => consentSince(world, person, purpose) !== undefined),
    ),
  );
}
