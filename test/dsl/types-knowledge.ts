import { inOrder } from '../../algebra/fold.ts';
import {
  afterPick,
  cleanFor,
  commonPurposes,
  isOwned,
  purposesOfOthers,
} from '../../algebra/identity.ts';
import { isRestricted, type Library, sinkId } from '../../algebra/library.ts';
import { problem, sound } from '../../algebra/problem.ts';
import type { Column } from '../../algebra/schema.ts';
import { verbs } from '../../algebra/verbs/index.ts';
import type { ProjectedColumn } from '../../algebra/verbs/project.ts';
import { check } from '../../check/index.ts';
import type { Code, Diagnostic } from '../../diagnostics/index.ts';

/** What types cannot tell of a program, with the reason. */
const untold: Readonly<Partial<Record<Code, string>>> = {
  'privacy/before-consent': 'a type does not tell which times a condition compares',
  'privacy/elapsed-time': 'a type does not tell a recorded time from a computed one',
  'privacy/pseudonyms-of-two-purposes': 'a type does not tell what a job hashed and dropped again',
};

/** In a table that names people nothing asks for the columns' types, which are most of what a library costs in the editor. */
const untoldWhereNamed: Code = 'privacy/other-pseudonym';

const ofConsentColumns: readonly string[] = [
  'privacy/consent-columns-changed',
  'privacy/unknown-consent',
];

/** Rules as the types have them, where they have less to go by than the compiler. Each gives a change that is undone by its result. */
const weakerRules: Readonly<Record<string, () => () => void>> = {
  'columns that a condition says are equal: a type does not tell what a condition compares': () =>
    changed(verbs.filter, 'schema', (rule) => (node, inputs, around) => ({
      ...rule(node, inputs, around),
      value: inputs.input,
    })),
  'columns that the condition of a join says are equal, likewise': () =>
    changed(verbs.join, 'schema', (rule) => (node, inputs, around) => {
      const { where: _, ...plain } = node;
      return { ...rule(node, inputs, around), value: rule(plain, inputs, around).value };
    }),
  'what is looked up in a list about nobody: labels of all its columns would cost too many types':
    () =>
      changed(verbs.source, 'schema', (rule) => (node, inputs, around) => {
        const { value, problems } = rule(node, inputs, around);
        return { value: value.map(({ fromList: _, ...column }) => column), problems };
      }),
  'which version a pick keeps: a type does not tell the column of versions from other times': () =>
    changed(verbs.dedupe, 'state', (rule) => (node, inputs, around) => {
      const { state } = inputs.input;
      // Of the first rows of a subject it is not said which is the newest.
      if (state.kind !== 'local' || node.first !== undefined) return rule(node, inputs, around);
      // Without columns to pick by, the rows of all people compete.
      const isOfOne = node.by.length > 0 && node.by.every((one) => state.keys.includes(one));
      if (!isOfOne) return rule(node, inputs, around);
      const complete = state.complete === 'no' ? 'no' : 'newest';
      return sound({ ...state, events: afterPick(state.events), complete });
    }),
  'that consent is asked of the rows before a pick, likewise, where no step told of others between':
    () =>
      changed(verbs.keepConsented, 'state', (rule) => (node, { input }, around) => {
        const { state } = input;
        const isPicked = state.kind === 'local' && state.complete === 'newest';
        const before: typeof state = isPicked ? { ...state, complete: 'versions' } : state;
        return rule(node, { input: { ...input, state: before } }, around);
      }),
  'whether consent columns are as they were declared: computing keeps their labels': () =>
    changed(verbs.keepConsented, 'state', (rule) => (node, inputs, around) => {
      const found = rule(node, inputs, around);
      const { state } = inputs.input;
      const labels = inputs.input.schema.flatMap((column) => column.labels);
      const isLabelled = node.consents.every(({ purpose }) =>
        labels.includes(`consent:${purpose}`),
      );
      const isChanged =
        isLabelled && found.problems.some(({ code }) => ofConsentColumns.includes(code));
      if (!isChanged || !isOwned(state)) return found;
      if (state.kind === 'local' && state.complete === 'no') {
        const parameters = { purposes: node.consents.map(({ purpose }) => purpose) };
        return {
          ...found,
          problems: [problem('privacy/consent-after-filter', node.span, parameters)],
        };
      }
      const purposes = node.consents.map(({ purpose }) => purpose);
      return sound(cleanFor(commonPurposes(purposes, purposesOfOthers(state)) ?? [], state));
    }),
  "whether a thing's column is as it was declared: computing keeps its label": () =>
    changed(verbs.soleOwner, 'state', (rule) => (node, { input }, around) => {
      const kinds = (column: Column) => column.labels.filter((one) => one.startsWith('alias:'));
      const origin = { table: '', column: '' };
      const schema = input.schema.map((one) => (kinds(one).length > 1 ? one : { origin, ...one }));
      return rule(node, { input: { ...input, schema } }, around);
    }),
  'that a derived column is a copy of a key: a type does not tell a copy from what was computed':
    () =>
      changed(verbs.project, 'state', (rule) => (node, inputs, around) => {
        const columns = node.sugar === 'derive' ? node.columns.map(withoutCopy) : node.columns;
        return rule({ ...node, columns }, inputs, around);
      }),
};

function withoutCopy(column: ProjectedColumn): ProjectedColumn {
  const { name, expression } = column;
  if (expression.kind !== 'column' || expression.name === name) return column;
  return { name, expression: { kind: 'literal', type: { kind: 'string' }, value: '' } };
}

/** Puts a weaker rule in the place of a verb's own, until the result is called. */
function changed<V extends object, K extends keyof V>(
  verb: V,
  name: K,
  weaker: (rule: V[K]) => V[K],
): () => void {
  const rule = verb[name];
  verb[name] = weaker(rule);
  return () => {
    verb[name] = rule;
  };
}

/** What the compiler would say of a library if it knew no more than types can. */
export function saidByTypesAlone(library: Library): readonly Diagnostic[] {
  const restored = Object.values(weakerRules).map((weaken) => weaken());
  try {
    return check(library)
      .diagnostics.filter((one) => isTold(one, library))
      .flatMap((one) => whereMixed(one, library));
  } finally {
    // The last first: two rules may be of one verb.
    for (const restore of restored.toReversed()) restore();
  }
}

/**
 * Types tell that strangers met where their rows are written, and not at all where that is for stewards, who may have them of
 * anybody.
 */
function whereMixed(found: Diagnostic, { jobs }: Library): readonly Diagnostic[] {
  if (found.code !== 'privacy/cross-subject') return [found];
  const meeting = jobs.filter(({ rows }) =>
    inOrder(rows).some((node) => JSON.stringify(node.span) === JSON.stringify(found.span)),
  );
  if (meeting.length === 0) throw new Error('strangers who meet in no job');
  return meeting
    .filter(({ sink }) => !isRestricted(sinkId(sink)))
    .map(({ span }) => ({ ...found, span }));
}

function isTold(found: Diagnostic, { jobs }: Library): boolean {
  if (untold[found.code] !== undefined) return false;
  const { code, parameters } = found;
  if (code !== untoldWhereNamed || !('table' in parameters)) return true;
  const writer = jobs.find(({ sink }) => sinkId(sink) === parameters.table);
  return writer?.sink.holds !== 'identified';
}
