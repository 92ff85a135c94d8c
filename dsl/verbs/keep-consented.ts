import type { Consent } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import type { CleanFor, State } from '../state/state.ts';
import { nextStep, type Step } from '../step.ts';
import type { FactsOf } from '../values/value.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * The newest version of each subject, if it consents to the purpose, or to every one of several: the one way by which rows
     * about people become rows of consenting people. The table's `consent` says where consent stands; consent that is null, in
     * the future, withdrawn, or on which equally new versions disagree is none. It comes before filters, because a version that
     * withdraws must be seen.
     *
     * @param purpose what the data is used for
     * @param more what else it is used for
     * @example
     * ```ts
     * const consenting = customers.keepConsented('research');
     * ```
     */
    keepConsented<const P extends string>(
      purpose: Consentable<R, S, P>,
      ...more: readonly Consentable<R, S, P>[]
    ): Dataset<R, CleanFor<P & S['purposes'], S['subject'], S['keys'], S['aliases']>>;
  }
}

type Consentable<R, S extends State, P extends string> = S['kind'] extends 'clean'
  ? `these rows are already of people who consent to ${S['purposes'] & string}: join rows that are not with them`
  : S['kind'] extends 'mixed'
    ? 'these rows may each depend on several people: use keepConsented before that'
    : S['kind'] extends 'public'
      ? 'these rows are about nobody: the table must say whom its rows are about'
      : S['complete'] extends 'no'
        ? 'some rows were left out before, perhaps those that withdraw consent: use keepConsented first'
        : Told<R, P>;

/** Each purpose, or why not. */
type Told<R, P> = P extends string
  ? `consent:${P}` extends FactsOf<R[keyof R]>
    ? P
    : `no column here tells of consent to ${P}: keep the consent columns up to this step`
  : never;

export function keepConsented(
  given: Step,
  span: Span,
  purpose: string,
  ...more: readonly string[]
): Step {
  // It takes the newest version itself, and of equally new ones that disagree none, where an earlier pick would take one.
  const step = given.versions ?? given;
  const { state } = step.frame;
  const subject = state.kind === 'local' ? (state.keys[0] ?? '') : '';
  const others = [...new Set(more)].filter((one) => one !== purpose);
  const consents = [
    consentIn(step, purpose),
    ...others.map((one) => consentIn(step, one)),
  ] as const;
  const from = { input: step.relation };
  return nextStep({ kind: 'keepConsented', span, subject, consents, from }, { input: step });
}

/**
 * The declared consent by the names its columns have here. A column that is gone has no name, which the compiler's check
 * tells; so has every column of a consent that no table declares.
 */
function consentIn(step: Step, purpose: string): Consent {
  const declared = [...step.origins.values()].flatMap(({ id, consents }) =>
    consents.filter((one) => one.purpose === purpose).map((consent) => ({ id, consent })),
  );
  const here = (table: string, column: string) =>
    step.frame.schema.find(({ origin }) => origin?.table === table && origin.column === column)
      ?.name ?? '';
  const named = declared.map(({ id, consent: { grantedAt, withdrawnAt, version } }) => ({
    purpose,
    grantedAt: here(id, grantedAt),
    ...(withdrawnAt === undefined ? {} : { withdrawnAt: here(id, withdrawnAt) }),
    version: here(id, version),
  }));
  return (
    named.find((one) => one.grantedAt !== '') ?? named[0] ?? { purpose, grantedAt: '', version: '' }
  );
}
