import type { Span } from '../../algebra/span.ts';
import type { JoinKind, JoinPair } from '../../algebra/verbs/join.ts';
import type { Dataset } from '../dataset.ts';
import { inWords, refuse } from '../refusal.ts';
import type { OrNull } from '../row.ts';
import type { Joining } from '../state/joining.ts';
import type { State } from '../state/state.ts';
import { nextStep, type Step, stepOf } from '../step.ts';
import type {
  Joinable,
  JoinOptions,
  Keys,
  Pairs,
  Partnered,
  RightKeys,
  RightRows,
} from './join-keys.ts';

export interface JoinMethods<R, S extends State> {
  /**
   * Pairs of rows that agree on columns; null agrees with nothing. The result has this side's columns, then the right's
   * without those joined on.
   *
   * Joined on the key of the subject (or a thing verified to be theirs), consent known of either side holds for both.
   *
   * @param right the other rows
   * @param on a column that both have, several, or `{ left: 'right' }`
   * @example
   * ```ts
   * const theirs = accelerometer.join(customers, { user: 'email' });
   * ```
   */
  join<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
    right: RightRows<Dataset<R2, S2>, R, R2, M>,
    on: M & Joinable<R, R2, M>,
    options?: JoinOptions<Why>,
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
  leftJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
    right: RightRows<Dataset<R2, S2>, R, R2, M>,
    on: M & Joinable<R, R2, M>,
    options?: JoinOptions<Why>,
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
  semiJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
    right: Dataset<R2, S2>,
    on: M & Joinable<R, R2, M>,
    options?: JoinOptions<Why>,
  ): Dataset<
    { readonly [K in keyof R]: Partnered<R[K], K, R2, Pairs<M>> },
    Joining<'semi', S, S2, Pairs<M>, Why>
  >;
  /**
   * The rows that have no partner, as they are. They are never consenting because of the right.
   *
   * @example
   * ```ts
   * const unmeasured = customers.antiJoin(readings, { email: 'user' });
   * ```
   */
  antiJoin<R2, S2 extends State, const M extends Keys<R, R2>, const Why extends string = never>(
    right: Dataset<R2, S2>,
    on: M & Joinable<R, R2, M>,
    options?: JoinOptions<Why>,
  ): Dataset<R, Joining<'anti', S, S2, Pairs<M>, Why>>;
}

type On = string | readonly string[] | Readonly<Record<string, string>>;
type Join = (step: Step, span: Span, right: unknown, on: On, options?: JoinOptions<string>) => Step;

export const join: Join = joining('join', 'inner');
export const leftJoin: Join = joining('leftJoin', 'left');
export const semiJoin: Join = joining('semiJoin', 'semi');
export const antiJoin: Join = joining('antiJoin', 'anti');

function joining(verb: string, how: JoinKind): Join {
  return (left, span, other, on, { broadcast, crossSubject } = {}) => {
    const right = stepOf(other, `.${verb}(...)`, span);
    const side = broadcast ?? smallSide(how, left, right);
    const relation = {
      kind: 'join',
      span,
      how,
      on: pairs(on, verb, span),
      ...(crossSubject === undefined ? {} : { crossSubject }),
      ...(side ? { broadcast: side } : {}),
      from: { left: left.relation, right: right.relation },
    } as const;
    const staysSmall = how === 'semi' || how === 'anti' ? left.isSmall : false;
    return nextStep(relation, { left, right }, staysSmall);
  };
}

/** Spark can send the right of every join to all executors, the left only of an inner one. */
function smallSide(how: JoinKind, left: Step, right: Step): 'left' | 'right' | undefined {
  if (right.isSmall) return 'right';
  return how === 'inner' && left.isSmall ? 'left' : undefined;
}

function pairs(on: unknown, verb: string, span: Span): readonly JoinPair[] {
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
