import type { Expression } from '../../algebra/expressions.ts';
import type { Label } from '../../algebra/labels.ts';
import { columnNames, findColumn } from '../../algebra/schema.ts';
import type { Span } from '../../algebra/span.ts';
import { int } from '../../algebra/types.ts';
import type { WindowColumn, WindowFrame } from '../../algebra/verbs/window.ts';
import { hasDistances } from '../../algebra/window-distances.ts';
import { literalOf } from '../literal.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType } from '../row.ts';
import type { Picking, State, Windowing, WithoutSomeRows } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf, ScalarType, TypeOf, ValueOf } from '../values/value.ts';
import { column, copy, projected } from './projection.ts';
import type { Parted } from './window.ts';
import { call, free, read } from './written.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * The history of each key (a slowly changing dimension of type 2), of rows that are each one version of it: `validFrom` in
     * place of the time, `validTo`, when the next version began (null of the newest), and `isCurrent`. A version holds from
     * `validFrom` on and no longer at `validTo`. Of several versions of one time it is the first by all other columns; rows
     * without a time are left out. For the newest version alone (type 1) write `latestBy`.
     *
     * A table is made anew in each run, of the people who consent then: the history of who withdrew goes with them.
     *
     * @param spec `by` which columns are the key; `time`, when a version began; `columns`, in which alone a change begins a new
     * version (in any, if not told)
     * @example
     * ```ts
     * const history = residents.scdType2({ by: ['email'], time: 'updatedAt', columns: ['city'] });
     * ```
     */
    scdType2<
      const N extends keyof R,
      T extends ColumnsOfType<R, 'int' | 'long' | 'date' | 'timestamp'>,
    >(spec: {
      readonly by: readonly [N, ...N[]];
      readonly time: T;
      readonly columns?: readonly ColumnsOfType<R, ScalarType>[];
    }): Dataset<
      {
        readonly [K in
          | Exclude<keyof R, T>
          | 'validFrom'
          | 'validTo'
          | 'isCurrent']: K extends 'validFrom'
          ? R[T]
          : K extends 'validTo'
            ? ValueOf<TypeOf<R[T]>, Labels<R[T]> | Parted<R, S, N> | 'null'>
            : K extends 'isCurrent'
              ? ValueOf<'boolean', Labels<R[T]> | Parted<R, S, N>>
              : R[K & keyof R];
      },
      Windowing<Picking<WithoutSomeRows<S>, N, 'no'>, N>
    >;
  }
}

type Labels<V> = Extract<FactsOf<V>, Label>;

interface Spec {
  readonly by: readonly string[];
  readonly time: string;
  readonly columns?: readonly string[];
}

export function scdType2(step: Step, span: Span, spec: Spec): Step {
  const { by, time } = spec;
  const known = columnNames(step.frame.schema);
  const type = findColumn(step.frame.schema, time)?.type;
  if (!type) return refuse('dsl/unknown-column', span, { column: time, known });
  if (!hasDistances(type)) {
    const expected = 'a time that is a whole number, a date or a timestamp';
    return refuse('dsl/bad-option', span, { option: 'time', found: type.kind, expected });
  }
  if (!Array.isArray(by) || by.length === 0) {
    const expected = 'a list of one or more columns';
    return refuse('dsl/bad-option', span, { option: 'by', found: inWords(by), expected });
  }
  const dated = kept(step, call('isNotNull', time), span);
  const from = { input: dated.relation };
  const versions = nextStep(
    { kind: 'dedupe', span, sugar: 'dedupe', by: [...by, time], order: [], from },
    { input: dated },
  );
  const changes = spec.columns
    ? changed(versions, span, { ...spec, columns: spec.columns })
    : versions;
  // The least of all later times: what a row tells of the next one is its time alone.
  const later: WindowFrame = {
    unit: 'range',
    from: type.kind === 'timestamp' ? 1e-6 : 1,
    to: null,
  };
  const next = free('_next', known);
  const least = { kind: 'aggregate', function: 'min', arguments: [read(time)] } as const;
  const dates = told(changes, span, spec, [{ name: next, call: least }], later);
  const rest = known.map((name) => copy(name, name === time ? 'validFrom' : name));
  const made = [copy(next, 'validTo'), column('isCurrent', call('isNull', next))];
  return projected(dates, 'derive', [...rest, ...made], span);
}

function kept(step: Step, where: Expression, span: Span): Step {
  return nextStep({ kind: 'filter', span, where, from: { input: step.relation } }, { input: step });
}

/** Versions in which one of the columns is another than in the version before, and first versions. */
function changed(step: Step, span: Span, spec: Required<Spec>): Step {
  const known = columnNames(step.frame.schema);
  const first = free('_version', known);
  const pairs = spec.columns.map((name) => ({ name, before: free(`_before_${name}`, known) }));
  const one = literalOf(1, int, span);
  const beside = told(step, span, spec, [
    { name: first, call: { kind: 'window', function: 'rowNumber', arguments: [] } },
    ...pairs.map(({ name, before }): WindowColumn => {
      return {
        name: before,
        call: { kind: 'window', function: 'lag', arguments: [read(name), one] },
      };
    }),
  ]);
  const differs = pairs.map(({ name, before }) => call('not', call('eqNullSafe', name, before)));
  const isFirst = call('eq', first, one);
  const begins = free('_begins', known);
  const where = differs.length > 0 ? call('or', isFirst, ...differs) : isFirst;
  const copies = known.map((name) => copy(name));
  // In a column of its own: that a value differs from another makes it tell no more than it did.
  const marked = projected(beside, 'derive', [...copies, column(begins, where)], span);
  return projected(kept(marked, read(begins), span), 'drop', copies, span);
}

function told(
  input: Step,
  span: Span,
  { by, time }: Spec,
  columns: readonly WindowColumn[],
  frame?: WindowFrame,
): Step {
  const order = [{ column: time, direction: 'asc', nulls: 'first' }] as const;
  const rest = { by, order, ...(frame ? { frame } : {}), columns, from: { input: input.relation } };
  return nextStep({ kind: 'window', span, sugar: 'window', ...rest }, { input });
}
