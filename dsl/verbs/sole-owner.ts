import type { Span } from '../../algebra/span.ts';
import { refuse } from '../refusal.ts';
import type { Local, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * The rows whose thing (a device's serial number) belongs to that one subject alone. A thing of two subjects is left out
     * with all its rows. It comes before `keepConsented` and filters, so that an owner who said no is counted too. Rows of the
     * thing can then be joined with their owner.
     *
     * @param column a column declared with `.alias(...)`
     * @example
     * ```ts
     * const owners = customers.latestBy('email', 'lastUpdateDate').soleOwner('serialNumber');
     * ```
     */
    soleOwner<N extends keyof R>(
      column: Ownable<R, S, N>,
    ): Dataset<
      R,
      Local<S['subject'], S['keys'], S['aliases'] | readonly [N, KindOf<R[N]>], 'no', S['purposes']>
    >;
  }
}

type KindOf<V> =
  FactsOf<V> extends infer F ? (F extends `alias:${infer Kind}` ? Kind : never) : never;

/** The kind, if it is one. */
type Single<K, All = K> = K extends unknown ? ([All] extends [K] ? K : never) : never;

type Ownable<R, S extends State, N extends keyof R> = S['kind'] extends 'local'
  ? S['complete'] extends 'no'
    ? 'some rows were left out before, perhaps those of another owner: use soleOwner first'
    : [KindOf<R[N]>] extends [never]
      ? `${N & string} is not declared as a thing that belongs to a subject: declare it with .alias(...)`
      : [Single<KindOf<R[N]>>] extends [never]
        ? `${N & string} is computed from things of two kinds: use soleOwner on one as it was declared`
        : N
  : 'these rows do not name one subject each: use soleOwner before keepConsented, while all owners are there';

export function soleOwner(step: Step, span: Span, alias: string): Step {
  const { state } = step.frame;
  const isOwned = state.kind === 'local' || state.kind === 'clean';
  const subject = isOwned ? state.keys[0] : undefined;
  if (subject === undefined) return refuse('dsl/no-subject', span, { verb: 'soleOwner' });
  const from = { input: step.relation };
  return nextStep({ kind: 'soleOwner', span, alias, subject, from }, { input: step });
}
