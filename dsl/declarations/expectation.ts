import type { TableExpectation as Declared, Stated } from '../../algebra/table-expectations.ts';
import { callSite } from '../call-site.ts';
import type { Dataset } from '../dataset.ts';
import { inWords, refuse } from '../refusal.ts';
import type { State } from '../state/state.ts';
import { stepOf } from '../step.ts';

/** What is expected of the table that a job writes; `C` are the columns that it is about. */
export interface TableExpectation<out C extends string> {
  readonly columns: readonly C[];
}

/** What happens where an expectation is not met. */
export interface IfUnmet {
  /** `fail` (the default) leaves the table's last version, `warn` publishes all the same. The run's report has the count. */
  readonly onFail?: 'fail' | 'warn';
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

const expectations = new WeakMap<object, Declared>();

/**
 * No two rows have the same values in the columns; null is a value.
 *
 * @example
 * ```ts
 * const key = unique(['user', 'timestamp'], { onFail: 'warn' });
 * ```
 */
export function unique<const C extends string>(
  columns: C | readonly C[],
  options?: IfUnmet,
): TableExpectation<C> {
  const names = typeof columns === 'string' ? [columns] : [...columns];
  if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
    return wrong('unique', columns, 'one column or more');
  }
  return expectation({ kind: 'unique', columns: names }, names, options);
}

/**
 * How many rows there are.
 *
 * @example
 * ```ts
 * const some = rowCount({ min: 1 });
 * ```
 */
export function rowCount({ min, max, ...options }: Range & IfUnmet): TableExpectation<never> {
  const isCount = (bound: unknown) =>
    bound === undefined || (Number.isSafeInteger(bound) && Number(bound) >= 0);
  if (!isCount(min) || !isCount(max)) return wrong('rowCount', min ?? max, 'whole numbers from 0');
  return expectation({ kind: 'rowCount', ...bounds('rowCount', { min, max }) }, [], options);
}

/**
 * A column has a value in every row, or in a share of the rows.
 *
 * @param options `share`: the least share, from 0 to 1; all rows where absent
 * @example
 * ```ts
 * const known = complete('x', { share: 0.99, onFail: 'warn' });
 * ```
 */
export function complete<const C extends string>(
  column: C,
  { share = 1, ...options }: { readonly share?: number } & IfUnmet = {},
): TableExpectation<C> {
  if (!(share >= 0 && share <= 1)) return wrong('share', share, 'a number from 0 to 1');
  return expectation({ kind: 'complete', column, share }, [column], options);
}

/**
 * The mean of the values of a column lies within bounds.
 *
 * @example
 * ```ts
 * const still = mean('x', { min: -1, max: 1, onFail: 'warn' });
 * ```
 */
export function mean<const C extends string>(
  column: C,
  { min, max, ...options }: Range & IfUnmet,
): TableExpectation<C> {
  return expectation({ kind: 'mean', column, ...bounds('mean', { min, max }) }, [column], options);
}

/**
 * The newest time is not older than some hours when the job runs. Times are timestamps or, as long, epoch milliseconds.
 *
 * @example
 * ```ts
 * const daily = fresh('timestamp', { hours: 24, onFail: 'warn' });
 * ```
 */
export function fresh<const C extends string>(
  column: C,
  { hours, ...options }: { readonly hours: number } & IfUnmet,
): TableExpectation<C> {
  const isLimit = Number.isSafeInteger(hours) && hours > 0 && hours <= 1_000_000;
  if (!isLimit) return wrong('hours', hours, 'a whole number from 1 to 1000000');
  return expectation({ kind: 'fresh', column, hours }, [column], options);
}

/**
 * Every value of a column is one of another table's column; null refers to nothing.
 *
 * @param table a table that the job reads and another job writes: `job(...).table`
 * @example
 * ```ts
 * const owned = references('user', customerTrusted.table, 'email');
 * ```
 */
export function references<const C extends string, R, S extends State>(
  column: C,
  table: Dataset<R, S>,
  of: keyof R & string,
  options?: IfUnmet,
): TableExpectation<C> {
  const { relation } = stepOf(table, 'references', callSite());
  if (relation.kind !== 'source') return wrong('references', table, 'a table, not steps on one');
  const stated = { kind: 'references', column, table: relation.table, of } as const;
  return expectation(stated, [column], options);
}

/**
 * The expectation that an author gave.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declaredExpectation(value: unknown): Declared {
  const known = typeof value === 'object' && value !== null ? expectations.get(value) : undefined;
  const expected = 'expectations such as unique(...), rowCount(...)';
  return known ?? wrong('expectations', value, expected);
}

function expectation<C extends string>(
  stated: Stated,
  columns: readonly C[],
  { onFail = 'fail' }: IfUnmet = {},
): TableExpectation<C> {
  if (onFail !== 'fail' && onFail !== 'warn') return wrong('onFail', onFail, 'fail, warn');
  const handle: TableExpectation<C> = Object.freeze({ columns: Object.freeze([...columns]) });
  expectations.set(handle, { ...stated, onUnmet: onFail, span: callSite() });
  return handle;
}

function bounds(
  option: string,
  { min, max }: { min: number | undefined; max: number | undefined },
) {
  const all = [min, max].filter((one) => one !== undefined);
  const isRange = all.every(Number.isFinite) && (all[0] ?? 0) <= (all[1] ?? all[0] ?? 0);
  if (all.length === 0 || !isRange) return wrong(option, min ?? max, 'min, max or both, in order');
  return {
    ...(min === undefined ? {} : { least: min }),
    ...(max === undefined ? {} : { most: max }),
  };
}

function wrong(option: string, value: unknown, expected: string): never {
  return refuse('dsl/bad-option', callSite(), { option, found: inWords(value), expected });
}
