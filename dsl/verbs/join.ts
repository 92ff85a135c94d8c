import type { Span } from '../../algebra/span.ts';
import type { Join, JoinKind, JoinPair } from '../../algebra/verbs/join.ts';
import { bringsColumns } from '../../algebra/verbs/join-columns.ts';
import { inWords, refuse } from '../refusal.ts';
import type { OrNull } from '../row.ts';
import type { Joining } from '../state/joining.ts';
import type { State } from '../state/state.ts';
import { nextStep, type Step, stepOf } from '../step.ts';
import { conditioned, type Sides } from './join-condition.ts';
import type {
  Joinable,
  JoinOptions,
  Keys,
  PairOptions,
  Pairs,
  Partnered,
  RightKeys,
  RightRows,
} from './join-keys.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * Pairs of rows that agree on columns; null agrees with nothing. The result has this side's columns, then the right's
     * without those joined on.
     *
     * Joined on the key of the subject (or a thing verified to be theirs), consent known of either side holds for both.
     *
     * @param right the other rows
     * @param on a column that both have, several, or `{ left: 'right' }`
     * @param options `where` for what else must be true of a pair
     * @example
     * ```ts
     * const theirs = accelerometer.join(customers, { user: 'email' });
     * const inSession = accelerometer.join(sessions, 'user', {
     *   where: (reading, session) => reading.timestamp.gte(session.start).and(reading.timestamp.lt(session.end)),
     * });
     * ```
     */
    join<R2, S2 extends State, const M extends Keys<R, R2>, W, const Why extends string = never>(
      right: RightRows<Dataset<R2, S2>, R, R2, M>,
      on: M & Joinable<R, R2, M>,
      options?: PairOptions<R, R2, W, Why>,
    ): Dataset<
      {
        readonly [K in keyof R | Exclude<keyof R2, RightKeys<M>>]: K extends keyof R
          ? Partnered<R[K], K, R2, Pairs<M>>
          : R2[K & keyof R2];
      },
      Joining<'inner', S, S2, Pairs<M>, Why>
    >;
    /**
     * Like `join`, but rows without a partner stay, with null in the right's columns. What is known of the right's consent does
     * not hold for them.
     *
     * @example
     * ```ts
     * const withDevice = customers.leftJoin(devices, 'serialNumber');
     * ```
     */
    leftJoin<
      R2,
      S2 extends State,
      const M extends Keys<R, R2>,
      W,
      const Why extends string = never,
    >(
      right: RightRows<Dataset<R2, S2>, R, R2, M>,
      on: M & Joinable<R, R2, M>,
      options?: PairOptions<R, R2, W, Why>,
    ): Dataset<
      {
        readonly [K in keyof R | Exclude<keyof R2, RightKeys<M>>]: K extends keyof R
          ? Partnered<R[K], K, R2, Pairs<M>>
          : OrNull<R2[K & keyof R2]>;
      },
      Joining<'left', S, S2, Pairs<M>, Why>
    >;
    /**
     * The rows that have a partner, as they are.
     *
     * @example
     * ```ts
     * const measured = customers.semiJoin(readings, { email: 'user' });
     * ```
     */
    semiJoin<
      R2,
      S2 extends State,
      const M extends Keys<R, R2>,
      W,
      const Why extends string = never,
    >(
      right: Dataset<R2, S2>,
      on: M & Joinable<R, R2, M>,
      options?: PairOptions<R, R2, W, Why>,
    ): Dataset<
      { readonly [K in keyof R]: Partnered<R[K], K, R2, Pairs<M>> },
      Joining<'semi', S, S2, Pairs<M>, Why>
    >;
    /**
     * The rows that have no partner, as they are. They are never consenting because of the right. The columns joined on take the
     * right's labels, as in `semiJoin`: what is not unlike a name is the name.
     *
     * @example
     * ```ts
     * const unmeasured = customers.antiJoin(readings, { email: 'user' });
     * ```
     */
    antiJoin<
      R2,
      S2 extends State,
      const M extends Keys<R, R2>,
      W,
      const Why extends string = never,
    >(
      right: Dataset<R2, S2>,
      on: M & Joinable<R, R2, M>,
      options?: PairOptions<R, R2, W, Why>,
    ): Dataset<
      { readonly [K in keyof R]: Partnered<R[K], K, R2, Pairs<M>> },
      Joining<'anti', S, S2, Pairs<M>, Why>
    >;
  }
}

export type On = string | readonly string[] | Readonly<Record<string, string>>;
type Options = JoinOptions<string> & { readonly where?: unknown };
type JoinVerb = (step: Step, span: Span, right: unknown, on: On, options?: Options) => Step;

export const join: JoinVerb = joining('join', 'inner');
export const leftJoin: JoinVerb = joining('leftJoin', 'left');
export const semiJoin: JoinVerb = joining('semiJoin', 'semi');
export const antiJoin: JoinVerb = joining('antiJoin', 'anti');

function joining(verb: string, how: JoinKind): JoinVerb {
  return (left, span, other, on, { where, ...options } = {}) => {
    const right = stepOf(other, `.${verb}(...)`, span);
    const sides = { left, right, on: pairs(on, verb, span) };
    if (where === undefined) return joined(how, sides, options, span);
    const { condition, ...paired } = conditioned(sides, where, { verb, how }, span);
    return joined(how, paired, { ...options, where: condition }, span);
  };
}

/** The step of a join. */
export function joined(
  how: JoinKind,
  { left, right, on }: Sides,
  { broadcast, ...more }: JoinOptions<string> & Pick<Join, 'where' | 'sugar'>,
  span: Span,
): Step {
  const side = broadcast ?? smallSide(how, left, right);
  const from = { left: left.relation, right: right.relation };
  const hint = side ? { broadcast: side } : {};
  const relation: Join = { kind: 'join', span, how, on, ...more, ...hint, from };
  const staysSmall = bringsColumns(how) ? false : left.isSmall;
  return nextStep(relation, { left, right }, staysSmall);
}

/** Spark can send the right of every join but a full one to all executors, the left only of an inner one. */
function smallSide(how: JoinKind, left: Step, right: Step): 'left' | 'right' | undefined {
  if (how === 'full') return undefined;
  if (right.isSmall) return 'right';
  return (how === 'inner' || how === 'cross') && left.isSmall ? 'left' : undefined;
}

/**
 * The pairs of columns that an author joins on.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function pairs(on: unknown, verb: string, span: Span): readonly JoinPair[] {
  if (typeof on === 'string') return [{ left: on, right: on }];
  const isList = Array.isArray(on);
  if (typeof on === 'object' && on !== null && Object.values(on).every(isName)) {
    const entries = Object.entries(on as Readonly<Record<string, string>>);
    return entries.map(([left, right]) => ({ left: isList ? right : left, right }));
  }
  const expected = "a column, a list of columns, or { left: 'right' }";
  return refuse('dsl/bad-option', span, { option: `${verb} on`, found: inWords(on), expected });
}

function isName(value: unknown): boolean {
  return typeof value === 'string';
}
