import { type Table, tableId } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { coaches, customers, searchTables } from './tables.ts';
import { consentAsOf, type World } from './world.ts';

/**
 * Who consents, and whom a row is about: written anew from the words of the guarantee, without the code of `algebra/`, since a
 * search that asks the rules for the truth would find nothing.
 */
export interface Person {
  readonly kind: string;
  /** Null: somebody, but nobody knows who. */
  readonly key: Value;
}

const registers: readonly Table[] = [customers, coaches];

/** The newest rows of a person, all that are equally new; a row without a version is newer than any. */
function newestRows(world: World, { kind, key }: Person): readonly Row[] {
  const register = registers.find((table) => table.owner?.name === kind);
  if (!register || key === null) return [];
  const column = register.owner?.column ?? '';
  const rows = (world.get(tableId(register)) ?? []).filter((row) => row[column] === key);
  const undated = rows.filter((row) => row['updated'] === null);
  if (undated.length > 0) return undated;
  const newest = rows.reduce((found, row) => {
    const version = row['updated'];
    return typeof version === 'bigint' && version > found ? version : found;
  }, -1n);
  return rows.filter((row) => row['updated'] === newest);
}

/** Since when a person consents to a purpose; undefined: not at all. */
export function consentSince(world: World, person: Person, purpose: string): bigint | undefined {
  const rows = newestRows(world, person);
  const [first, ...others] = rows.map((row) => ({
    version: row['updated'],
    since: row[`${purpose}Since`] ?? null,
    until: row[`${purpose}Until`] ?? null,
  }));
  if (!first || first.version === null) return undefined;
  if (others.some((one) => one.since !== first.since || one.until !== first.until))
    return undefined;
  const { since, until } = first;
  if (typeof since !== 'bigint' || since > consentAsOf) return undefined;
  return typeof until === 'bigint' && until >= since ? undefined : since;
}

/** Since when a person consents to all purposes; undefined: not to all. */
export function consentToAll(
  world: World,
  person: Person,
  purposes: readonly string[],
): bigint | undefined {
  let latest = 0n;
  for (const purpose of purposes) {
    const since = consentSince(world, person, purpose);
    if (since === undefined) return undefined;
    if (since > latest) latest = since;
  }
  return latest;
}

/** Everybody whose newest row names the device; of a device that nobody's newest row names, everybody who ever had it. */
function ownersOf(world: World, device: Value): readonly Person[] {
  if (device === null) return [];
  const all = everybody(world, customers);
  const now = all.filter((person) =>
    newestRows(world, person).some((row) => row['serial'] === device),
  );
  if (now.length > 0) return now;
  const rows = (world.get(tableId(customers)) ?? []).filter((row) => row['serial'] === device);
  return all.filter((person) => rows.some((row) => row['email'] === person.key));
}

function everybody(world: World, register: Table): readonly Person[] {
  const { name = '', column = '' } = register.owner ?? {};
  const found = (world.get(tableId(register)) ?? []).map((row) => row[column] ?? null);
  return [...new Set(found)].filter((key) => key !== null).map((key) => ({ kind: name, key }));
}

/** Everybody whom a row is about; a device of nobody is somebody's whom nobody knows. Undefined: the table is about nobody. */
export function aboutWhom(world: World, table: Table, row: Row): readonly Person[] | undefined {
  const { owner } = table;
  if (!owner) return undefined;
  const key = row[owner.column] ?? null;
  if (owner.kind === 'subject') return [{ kind: owner.name, key }];
  const owners = ownersOf(world, key);
  return owners.length > 0 ? owners : [{ kind: 'customer', key: null }];
}

export interface RowAbout {
  readonly table: Table;
  readonly index: number;
  readonly row: Row;
  readonly people: readonly Person[];
}

/** All rows about somebody. */
export function rowsAboutPeople(world: World): readonly RowAbout[] {
  return searchTables.flatMap((table) =>
    (world.get(tableId(table)) ?? []).flatMap((row, index) => {
      const people = aboutWhom(world, table, row);
      return people ? [{ table, index, row, people }] : [];
    }),
  );
}

export function samePerson(one: Person, other: Person): boolean {
  return one.kind === other.kind && one.key === other.key;
}
