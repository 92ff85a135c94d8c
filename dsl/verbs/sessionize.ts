import type { Expression } from '../../algebra/expressions.ts';
import type { Label } from '../../algebra/labels.ts';
import { columnNames, findColumn } from '../../algebra/schema.ts';
import type { Span } from '../../algebra/span.ts';
import { type DataType, long } from '../../algebra/types.ts';
import type { WindowColumn, WindowFrame } from '../../algebra/verbs/window.ts';
import { distanceUnits, hasDistances, isDistance } from '../../algebra/window-distances.ts';
import { literalOf } from '../literal.ts';
import { inWords, refuse } from '../refusal.ts';
import type { ColumnsOfType } from '../row.ts';
import type { State, Windowing } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf, TypeOf, ValueOf } from '../values/value.ts';
import type { Free } from './explode.ts';
import { column, copy, projected } from './projection.ts';
import type { Parted } from './window.ts';
import { call, free, read } from './written.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * All rows, with the time at which the session of each began. A session begins with the first row of its group, and wherever
     * more than `gap` lies between a row and the one before. Rows without a time have no session.
     *
     * To sum a session up, group by the key and this time.
     *
     * @example
     * ```ts
     * const sessions = readings
     *   .sessionize({ by: ['user'], time: 'timestamp', gap: 1_800_000, as: 'session' })
     *   .groupBy('user', 'session')
     *   .aggregate((c) => ({ readings: count(), mean: avg(c.x) }));
     * ```
     */
    sessionize<
      const N extends keyof R,
      T extends ColumnsOfType<R, 'int' | 'long' | 'date' | 'timestamp'>,
      const A extends string,
    >(spec: {
      /** The columns of which each combination of values has its own sessions. */
      readonly by: readonly N[];
      /** When a row happened: a whole number, a day or a timestamp. */
      readonly time: T;
      /** The longest pause within a session: in the unit of the time, in days, or in seconds of timestamps. */
      readonly gap: number;
      /** Name of the new column. */
      readonly as: A & Free<R, never, A>;
    }): Dataset<
      {
        readonly [K in keyof R | A]: K extends A
          ? ValueOf<
              TypeOf<R[T]>,
              Extract<FactsOf<R[T]>, Label> | Parted<R, S, Exclude<N, T>> | 'null'
            >
          : R[K & keyof R];
      },
      Windowing<S, N>
    >;
  }
}

export function sessionize(
  step: Step,
  span: Span,
  spec: {
    readonly by: readonly string[];
    readonly time: string;
    readonly gap: number;
    readonly as: string;
  },
): Step {
  const { by, time, gap, as } = spec;
  const own = columnNames(step.frame.schema);
  const type = findColumn(step.frame.schema, time)?.type;
  if (!type) return refuse('dsl/unknown-column', span, { column: time, known: own });
  if (!hasDistances(type) || typeof gap !== 'number' || !(gap > 0) || !isDistance(gap, type)) {
    const expected = 'a number above 0, and a time that is a whole number, a date or a timestamp';
    return refuse('dsl/bad-option', span, { option: 'gap', found: inWords(gap), expected });
  }
  const [previous, start] = [free('_previous', own), free('_start', own)];
  const over = (input: Step, made: WindowColumn, frame?: WindowFrame) => {
    // Nulls first, so that no session is of a row without a time.
    const order = [{ column: time, direction: 'asc', nulls: 'first' }] as const;
    const from = { input: input.relation };
    const rest = { by, order, ...(frame ? { frame } : {}), columns: [made], from };
    return nextStep({ kind: 'window', span, sugar: 'sessionize', ...rest }, { input });
  };
  const before = { unit: 'range', from: null, to: type.kind === 'timestamp' ? -1e-6 : -1 } as const;
  const withPrevious = over(step, latest(previous, time), before);
  const first: Expression = call(
    'or',
    call('isNull', previous),
    isFar(previous, time, gap, type, span),
  );
  // biome-ignore lint/suspicious/noThenProperty: the algebra's word, in plain data that is never awaited
  const branch = { when: first, then: read(time) };
  const started = projected(
    withPrevious,
    'derive',
    [...own, previous]
      .map((name) => copy(name))
      .concat(column(start, { kind: 'case', branches: [branch] })),
    span,
  );
  const sessions = over(started, latest(as, start));
  return projected(
    sessions,
    'drop',
    [...own, as].map((name) => copy(name)),
    span,
  );
}

function latest(name: string, of: string): WindowColumn {
  return { name, call: { kind: 'aggregate', function: 'max', arguments: [read(of)] } };
}

/** Whether more than a gap lies between two times; where their distance is no number of the type, one is at its other end. */
function isFar(
  previous: string,
  time: string,
  gap: number,
  type: DataType,
  span: Span,
): Expression {
  switch (type.kind) {
    case 'date':
      return call('gt', call('dateDiff', time, previous), literalOf(gap, { kind: 'int' }, span));
    case 'timestamp': {
      const micros = literalOf(distanceUnits(gap, type), long, span);
      const elapsed = call('subtract', call('unixMicros', time), call('unixMicros', previous));
      return call('gt', elapsed, micros);
    }
    default:
      return call('lt', call('add', previous, literalOf(gap, type, span)), time);
  }
}
