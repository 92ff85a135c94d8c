import { consentedRows } from '../consent.ts';
import { afterPick, cleanFor, commonPurposes } from '../identity.ts';
import { mixed, type State } from '../labels.ts';
import type { Consent } from '../library.ts';
import { type Checked, problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Frame, Surroundings, Verb } from '../verb.ts';

/**
 * The newest version of each subject, if it consents to every one of the purposes. The rule is stated once, here, and never by
 * an author: consent that is null, in the future, withdrawn, of an undated version, or on which equally new versions disagree is
 * none.
 */
export interface KeepConsented {
  readonly kind: 'keepConsented';
  readonly span: Span;
  /** Column of the input that names the subject. */
  readonly subject: string;
  /** For each purpose the table's declaration, by the names its columns have in the input; all of one version column. */
  readonly consents: readonly [Consent, ...Consent[]];
  readonly from: { readonly input: Relation };
}

export const keepConsented: Verb<KeepConsented> = {
  kind: 'keepConsented',
  describe: (node) =>
    `keep the newest version of each ${node.subject} that consents to ${purposesOf(node).join(' and ')}`,
  schema(node, { input }) {
    const value = input.map((column) => {
      const granted = node.consents.filter(({ grantedAt }) => grantedAt === column.name);
      if (granted.length === 0) return column;
      const grants = [...(column.grants ?? []), ...granted.map(({ purpose }) => purpose)];
      return { ...column, nullable: false, grants: [...new Set(grants)].sort() };
    });
    return sound(value);
  },
  state: (node, { input }, surroundings) => consentedState(node, input, surroundings),
  rows: (node, { input }, execution) =>
    consentedRows(node, input, execution.schema(node.from.input), execution.consentAsOf),
};

function purposesOf(node: KeepConsented): readonly string[] {
  return node.consents.map(({ purpose }) => purpose);
}

function consentedState(
  node: KeepConsented,
  { state, schema }: Frame,
  surroundings: Surroundings,
): Checked<State> {
  const refuse = (...problems: readonly RelationProblem[]) => ({ value: mixed, problems });
  if (state.kind !== 'local' || !state.keys.includes(node.subject)) {
    const why =
      state.kind === 'local'
        ? `${node.subject} does not name the subject`
        : `these rows are ${state.kind}`;
    return refuse(problem('privacy/no-subject', node.span, { verb: 'keepConsented', why }));
  }
  const declared = declaredConsents(schema, surroundings);
  const problems = node.consents.flatMap(
    (consent) => consentProblem(node, consent, declared, schema) ?? [],
  );
  if (problems.length > 0) return refuse(...problems);
  const versions = [...new Set(node.consents.map(({ version }) => version))];
  if (versions.length > 1) {
    return refuse(problem('privacy/consents-of-two-versions', node.span, { versions }));
  }
  const purposes = purposesOf(node);
  // Of equally new versions a pick would have hidden those that disagree.
  if (state.complete !== 'versions') {
    return refuse(problem('privacy/consent-after-filter', node.span, { purposes }));
  }
  const events = afterPick(state.events);
  return sound(cleanFor(commonPurposes(purposes, state.others) ?? [], { ...state, events }));
}

interface DeclaredConsent {
  readonly table: string;
  readonly consent: Consent;
}

/** Why a consent cannot be read off the rows. */
function consentProblem(
  { span }: KeepConsented,
  used: Consent,
  declared: readonly DeclaredConsent[],
  schema: Schema,
): RelationProblem | undefined {
  const { purpose } = used;
  const found = declared.find((one) => one.consent.purpose === purpose);
  if (!found) {
    const known = [...new Set(declared.map((one) => one.consent.purpose))];
    return problem('privacy/unknown-consent', span, { purpose, known });
  }
  const columns = changedColumns(used, found.consent, found.table, schema);
  if (columns.length === 0) return undefined;
  return problem('privacy/consent-columns-changed', span, { columns, table: found.table });
}

function declaredConsents(schema: Schema, surroundings: Surroundings): readonly DeclaredConsent[] {
  const tables = new Set(schema.flatMap((column) => (column.origin ? [column.origin.table] : [])));
  return [...tables].flatMap((table) =>
    surroundings.consents(table).map((consent) => ({ table, consent })),
  );
}

/** Declared consent columns that the columns in use are not unchanged copies of. */
function changedColumns(
  consent: Consent,
  declared: Consent,
  table: string,
  schema: Schema,
): readonly string[] {
  const pairs: readonly (readonly [string | undefined, string | undefined])[] = [
    [consent.grantedAt, declared.grantedAt],
    [consent.version, declared.version],
    [consent.withdrawnAt, declared.withdrawnAt],
  ];
  return pairs.flatMap(([used, wanted]) => {
    if (used === undefined && wanted === undefined) return [];
    const origin = schema.find((column) => column.name === used)?.origin;
    return origin?.table === table && origin.column === wanted ? [] : [wanted ?? used ?? ''];
  });
}
