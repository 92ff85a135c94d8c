import { compareRows, groupRows, keyText } from './group-rows.ts';
import type { Consent } from './library.ts';
import type { Row, Value } from './row.ts';
import { findColumn, type Schema } from './schema.ts';
import { isOrderable } from './types.ts';
import type { KeepConsented } from './verbs/keep-consented.ts';

/**
 * The newest version of each subject, where it consents to every purpose: the one statement of the rule.
 * - Rows without a subject go. A row without a version counts as the newest, and is no consent.
 * - Consent is a `grantedAt` that is not null, not after `asOf`, and not withdrawn since: `withdrawnAt` is null or before it.
 * - Equally new rows must agree on all these times, or there is no consent; the first of them by all columns (ascending, nulls
 *   last) is kept.
 * @param asOf epoch milliseconds
 */
export function consentedRows(
  node: KeepConsented,
  rows: readonly Row[],
  schema: Schema,
  asOf: bigint,
): readonly Row[] {
  const named = rows.filter((row) => row[node.subject] !== null);
  const order = schema
    .filter((column) => isOrderable(column.type))
    .map(({ name }) => ({ column: name, direction: 'asc', nulls: 'last' }) as const);
  return groupRows(named, [node.subject]).flatMap((versions) => {
    const newest = newestVersions(node, versions, schema);
    const [kept] = newest.toSorted((a, b) => compareRows(a, b, order, schema));
    const consents = node.consents.every((consent) => isConsent(consent, newest, schema, asOf));
    return kept && consents ? [kept] : [];
  });
}

function newestVersions(
  node: KeepConsented,
  versions: readonly Row[],
  schema: Schema,
): readonly Row[] {
  const [{ version }] = node.consents;
  const newestFirst = [{ column: version, direction: 'desc', nulls: 'first' } as const];
  const [first] = versions.toSorted((a, b) => compareRows(a, b, newestFirst, schema));
  if (!first) return [];
  return versions.filter((row) => compareRows(row, first, newestFirst, schema) === 0);
}

function isConsent(
  consent: Consent,
  newest: readonly Row[],
  schema: Schema,
  asOf: bigint,
): boolean {
  const column = (row: Row | undefined, name: string | undefined): Value =>
    name === undefined ? null : (row?.[name] ?? null);
  const times = (row: Row) =>
    keyText([column(row, consent.grantedAt), column(row, consent.withdrawnAt)]);
  if (new Set(newest.map(times)).size !== 1) return false;
  const [first] = newest;
  if (column(first, consent.version) === null) return false;
  const granted = instant(column(first, consent.grantedAt));
  if (granted === null || granted > asOfIn(schema, consent.grantedAt, asOf)) return false;
  const withdrawn = instant(column(first, consent.withdrawnAt));
  return withdrawn === null || withdrawn < granted;
}

function instant(value: Value): bigint | null {
  if (value === null || typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  throw new TypeError('consent times are whole numbers or timestamps');
}

/** The instant in the unit of a column: milliseconds of a long, microseconds of a timestamp. */
function asOfIn(schema: Schema, name: string, asOf: bigint): bigint {
  return findColumn(schema, name)?.type.kind === 'timestamp' ? asOf * 1000n : asOf;
}
