import type { Span } from '../../algebra/span.ts';
import { type DataType, int, isOrderable, string } from '../../algebra/types.ts';
import type { Measures } from '../aggregates.ts';
import type { Dataset } from '../dataset.ts';
import { literalOf, nullOf } from '../literal.ts';
import { inWords, refuse } from '../refusal.ts';
import type { AcrossSubjects, Grouping, State, Uniting } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { IntValue } from '../values/number.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import { aggregated, type Measured } from './aggregate.ts';
import { column, copy, projected } from './projection.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Groups by all columns, then by one less from the right, down to one group of all rows: subtotals and a total. A column
     * that a row is not grouped by is null there; `groupingId` tells it from a null of the data. It is 0 where all columns count,
     * and has a bit for each that does not, the lowest for the last column.
     *
     * @example
     * ```ts
     * const perCity = consenting
     *   .rollup('city', 'birthYear')
     *   .aggregate((c) => ({ people: countDistinct(c.email) }));
     * ```
     */
    rollup<N extends keyof R>(...names: readonly N[]): InSets<R, N, never, AcrossSubjects<S>>;
    /**
     * Groups by every combination of the columns, from all of them to none: all subtotals there are. See `rollup` for
     * `groupingId`.
     *
     * @example
     * ```ts
     * const perEach = consenting.cube('city', 'birthYear').aggregate(() => ({ versions: count() }));
     * ```
     */
    cube<N extends keyof R>(...names: readonly N[]): InSets<R, N, never, AcrossSubjects<S>>;
    /**
     * Groups by several lists of columns, one after the other. See `rollup` for `groupingId`.
     *
     * @example
     * ```ts
     * const perEach = consenting
     *   .groupingSets(['city'], ['birthYear'])
     *   .aggregate(() => ({ versions: count() }));
     * ```
     */
    groupingSets<const Sets extends readonly (readonly (keyof R)[])[]>(
      ...sets: Sets
    ): InSets<
      R,
      Sets[number][number],
      InAll<Sets>,
      Uniting<Grouping<S, InAll<Sets>>, Grouping<S, InAll<Sets>>>
    >;
  }
}

/** The columns that are in each of some lists. */
type InAll<Sets> = Sets extends readonly [
  infer First extends readonly unknown[],
  ...infer Rest extends readonly [unknown, ...unknown[]],
]
  ? First[number] & InAll<Rest>
  : Sets extends readonly [infer Only extends readonly unknown[]]
    ? Only[number]
    : never;

/**
 * Groups by several lists of columns, to be made one row each.
 *
 * @typeParam N columns in one of the lists
 * @typeParam C columns in all of them
 * @typeParam G whose rows the groups are
 */
export interface InSets<R, N, C, G extends State> {
  /**
   * One row for each group of each list: the columns grouped by, the measures, and `groupingId`. No number of people can be
   * asked of the groups: a total, less the groups that are shown, would tell of those left out.
   */
  aggregate<M extends Measures>(
    make: (c: NoInfer<R>) => M,
  ): Dataset<
    {
      readonly [K in N | keyof M | 'groupingId' as K & string]: K extends keyof M
        ? Measured<M[K], never>
        : K extends C & keyof R
          ? R[K]
          : K extends N & keyof R
            ? Left<R[K]>
            : IntValue<never>;
    },
    G
  >;
}

/** A column that is null in some groups; bands of it are no longer those of the declared column. */
type Left<V> = ValueOf<TypeOf<V>, Exclude<FactsOf<V>, `band:${number}`> | 'null'>;

type Names = readonly string[];

/** The lists of `rollup`: all names, then one less from the right. */
export function rollupOf(names: Names): readonly Names[] {
  return [...names.keys(), names.length].map((left) => names.slice(0, names.length - left));
}

/** The lists of `cube`: every choice of the names. */
export function cubeOf(names: Names): readonly Names[] {
  // Six columns make too many lists already.
  const [first, ...rest] = names.slice(0, 6);
  if (first === undefined) return [[]];
  const sets = cubeOf(rest);
  return [...sets.map((set) => [first, ...set]), ...sets];
}

/** More lists are so many groupings of the same rows: 32 are a cube of five columns. */
const mostSets = 32;

/** The step of groups by several lists of columns: all that each list gives, one after the other. */
export function groupedInSets(
  step: Step,
  span: Span,
  sets: readonly Names[],
  make: (c: never) => unknown,
  options?: unknown,
): Step {
  const wrong = (found: unknown, expected: string) =>
    refuse('dsl/bad-option', span, { option: 'grouping sets', found: inWords(found), expected });
  if (sets.length === 0 || sets.length > mostSets)
    return wrong(sets.length, `1 to ${mostSets} lists of columns`);
  if (options !== undefined)
    return wrong(options, 'no options: a total less the groups shown would tell of those left out');
  const names = [...new Set(sets.flat())];
  const types = new Map(names.map((name) => [name, groupedType(step, name, span)]));
  const parts = sets.map((set) => {
    const grouped = aggregated(step, span, set, make);
    const measures = grouped.frame.schema.map(({ name }) => name).slice(set.length);
    const keys = names.map((name) =>
      set.includes(name) ? copy(name) : column(name, nullOf(types.get(name) ?? string)),
    );
    const id = column('groupingId', literalOf(groupingId(names, set), int, span));
    const columns = [...keys, ...measures.map((name) => copy(name)), id];
    return projected(grouped, 'select', columns, span);
  });
  return parts.reduce((left, right) => {
    const from = { left: left.relation, right: right.relation };
    return nextStep({ kind: 'union', span, from }, { left, right });
  });
}

function groupingId(names: Names, set: Names): number {
  return names.reduce((id, name) => id * 2 + (set.includes(name) ? 0 : 1), 0);
}

/** @throws DiagnosticError `dsl/bad-option` where the type has no null that Spark could be told */
function groupedType({ frame }: Step, name: string, span: Span): DataType {
  const type = frame.schema.find((one) => one.name === name)?.type;
  if (!type || isOrderable(type)) return type ?? string;
  const expected = `columns of plain types; ${name} is none`;
  return refuse('dsl/bad-option', span, { option: 'grouping sets', found: type.kind, expected });
}
