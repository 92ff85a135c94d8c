import { consentedRows } from '../consent.ts';
import { cleanFor, commonPurposes } from '../identity.ts';
import { mixed } from '../labels.ts';
import type { Consent } from '../library.ts';
import { type Checked, problem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import type { Schema } from '../schema.ts';
import type { Span } from '../span.ts';
import type { Frame, Surroundings, Verb } from '../verb.ts';

/**
 * The newest version of each subject, if it consents to the purpose. The rule is stated once, here, and never by an author:
 * consent that is null, in the future, withdrawn, of an undated version, or on which equally new versions disagree is none.
 */
export interface KeepConsented {
  readonly kind: 'keepConsented';
  readonly span: Span;
  readonly purpose: string;
  /** Columns of the input that name the subject. */
  readonly subject: string;
  /** The table's declaration, by the names its columns have in the input. */
  readonly consent: Consent;
  readonly from: { readonly input: Relation };
}

export const keepConsented: Verb<KeepConsented> = {
  kind: 'keepConsented',
  describe: (node) =>
    `keep the newest version of each ${node.subject} that consents to ${node.purpose}`,
  schema(node, { input }) {
    const value = input.map((column) =>
      column.name === node.consent.grantedAt
        ? { ...column, nullable: false, grants: grantsOf(column.grants, node) }
        : column,
    );
    return sound(value);
  },
  state: (node, { input }, surroundings) => consentedState(node, input, surroundings),
  rows: (node, { input }, execution) =>
    consentedRows(node, input, execution.schema(node.from.input), execution.consentAsOf),
};

function grantsOf(known: readonly string[] | undefined, node: KeepConsented): readonly string[] {
  return [...new Set([...(known ?? []), node.purpose])].sort();
}

function consentedState(node: KeepConsented, input: Frame, surroundings: Surroundings) {
  const { state } = input;
  const refuse = (found: ReturnType<typeof problem>): Checked<typeof mixed> => ({
    value: mixed,
    problems: [found],
  });
  if (state.kind !== 'local' || !state.keys.includes(node.subject)) {
    const why =
      state.kind === 'local'
        ? `${node.subject} does not name the subject`
        : `these rows are ${state.kind}`;
    return refuse(problem('privacy/no-subject', node.span, { verb: 'keepConsented', why }));
  }
  const declared = declaredConsents(input.schema, surroundings);
  const consent = declared.find((one) => one.consent.purpose === node.purpose);
  if (!consent) {
    const known = [...new Set(declared.map((one) => one.consent.purpose))];
    return refuse(problem('privacy/unknown-consent', node.span, { purpose: node.purpose, known }));
  }
  const changed = changedColumns(node, consent.consent, consent.table, input.schema);
  if (changed.length > 0) {
    const parameters = { columns: changed, table: consent.table };
    return refuse(problem('privacy/consent-columns-changed', node.span, parameters));
  }
  if (state.complete === 'no') {
    return refuse(problem('privacy/consent-after-filter', node.span, { purpose: node.purpose }));
  }
  const purposes = commonPurposes([node.purpose], state.others) ?? [];
  return sound(cleanFor(purposes, state));
}

function declaredConsents(schema: Schema, surroundings: Surroundings) {
  const tables = new Set(schema.flatMap((column) => (column.origin ? [column.origin.table] : [])));
  return [...tables].flatMap((table) =>
    surroundings.consents(table).map((consent) => ({ table, consent })),
  );
}

/** Declared consent columns that the node's columns are not unchanged copies of. */
function changedColumns(
  node: KeepConsented,
  declared: Consent,
  table: string,
  schema: Schema,
): readonly string[] {
  const pairs: readonly (readonly [string | undefined, string | undefined])[] = [
    [node.consent.grantedAt, declared.grantedAt],
    [node.consent.version, declared.version],
    [node.consent.withdrawnAt, declared.withdrawnAt],
  ];
  return pairs.flatMap(([used, wanted]) => {
    if (used === undefined && wanted === undefined) return [];
    const origin = schema.find((column) => column.name === used)?.origin;
    return origin?.table === table && origin.column === wanted ? [] : [wanted ?? used ?? ''];
  });
}
