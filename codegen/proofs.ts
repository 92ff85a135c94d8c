import { inOrder } from '../algebra/fold.ts';
import { type Consent, type Job, sinkId } from '../algebra/library.ts';
import type { Relation, RelationOf } from '../algebra/relation.ts';
import type { Column, Schema } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { sameType } from '../algebra/types.ts';
import { measuredColumns } from '../algebra/verbs/aggregate.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { InternalError } from '../diagnostics/index.ts';
import { lakewright } from './pyspark/symbols.ts';
import type { Transform } from './pyspark/transform.ts';
import { attribute, call, integer, list, method, name, text } from './python/build.ts';
import type { PyExpression, PyStatement } from './python/tree.ts';

const COMMENT =
  'Asked once more of the files themselves, before anybody can read them; a doubt leaves the last version.';

/**
 * What a script proves of its table before it is published, apart from the rules that the compiler has already checked: that the
 * rows are those of its last step, that they are of people who consent, as far as they still say whose they are, and that what it
 * joins by a device has one owner for each. Statements for between `result = transform(...)` and `run.publish(...)`.
 */
export function proofs(
  job: Job,
  checked: CheckedLibrary,
  transform: Transform,
): readonly PyStatement[] {
  const last = transform.counted.get(job.rows);
  const asked: readonly PyStatement[] = [
    ...(last === undefined ? [] : [proof(job.rows, 'prove_rows', [text(last)])]),
    ...consentProofs(job, checked, transform).map((value): PyStatement => {
      return { kind: 'expression', value, span: consentSpan(job) };
    }),
    ...ownerProofs(job, transform.counted),
    ...subjectProofs(job, transform.counted),
  ];
  const [first, ...rest] = asked;
  return first === undefined ? [] : [{ ...first, comment: COMMENT }, ...rest];
}

/** `run.<question>(...)`, which the author asked for where the relation is. */
function proof(
  { span }: Relation,
  question: string,
  said: readonly PyExpression[],
  keywords: Keywords = {},
): PyStatement {
  const value = method(name('run'), question, said, keywords);
  return { kind: 'expression', value, span };
}

/** Where the author says that consent is needed: the job itself where it takes it from its inputs. */
function consentSpan(job: Job): Span {
  return (inOrder(job.rows).find(({ kind }) => kind === 'keepConsented') ?? job).span;
}

/** One for each purpose of the rows, where they keep a column that says whose they are. */
function consentProofs(
  job: Job,
  checked: CheckedLibrary,
  { inputs, needs }: Transform,
): readonly PyExpression[] {
  const state = checked.frames.get(job.rows)?.state;
  if (state?.kind !== 'clean') return [];
  const schema = checked.tables.get(sinkId(job.sink))?.schema ?? [];
  const key = keyOf(schema, state.keys);
  if (key === undefined) return [];
  const parameters = new Map(inputs.map(({ table, parameter }) => [table, parameter]));
  const question = { checked, parameters, key, subject: state.subject, hasKey: needs.pseudonymKey };
  const asked = state.purposes.flatMap((purpose) => {
    const known = [...consentsRead(job, purpose, question), ...consentingTables(purpose, question)];
    return consentProof(known, key, eventTimes(schema, checked)) ?? [];
  });
  // Purposes that the same tables answer for are one question.
  return [...new Map(asked.map((proof) => [JSON.stringify(proof), proof])).values()];
}

/** The question for one purpose; none where what knows of the consent cannot be compared with the rows. */
function consentProof(
  known: readonly (Known | undefined)[],
  key: Column,
  times: readonly Column[],
): PyExpression | undefined {
  const comparable = known.filter((one) => one !== undefined);
  if (comparable.length === 0 || comparable.length < known.length) return undefined;
  // Times of events can be asked about where all say since when, in times of that type.
  const events = times.filter(({ type }) =>
    comparable.every(({ since }) => since !== undefined && sameType(since.type, type)),
  );
  const isTimed = events.length > 0;
  return method(
    name('run'),
    'prove_consent',
    [text(key.name), ...comparable.map(({ said }) => said(isTimed))],
    isTimed ? { events: list(events.map((event) => text(event.name))) } : {},
  );
}

/** The columns that are times of events as a table about people recorded them. */
function eventTimes(schema: Schema, checked: CheckedLibrary): readonly Column[] {
  return schema.filter(({ origin }) => {
    const declared = checked.tables.get(origin?.table ?? '')?.declared;
    return declared?.owner !== undefined && declared.eventTime === origin?.column;
  });
}

/** Whether the subjects that a column of the output names are among those that consent. */
interface Question {
  readonly checked: CheckedLibrary;
  /** Of the script, by table. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly key: Column;
  readonly subject: string;
  /** Whether the script makes pseudonyms. */
  readonly hasKey: boolean;
}

/** Something that says who consents. */
interface Known {
  /** Since when, where it says so. */
  readonly since: Column | undefined;
  /** Itself in Python; whether since when is asked too. */
  said(isTimed: boolean): PyExpression;
}

/** The column that says whose a row is; of several the one of another's name, or one that is no pseudonym. */
function keyOf(schema: Schema, keys: readonly string[], like?: Column): Column | undefined {
  const known = schema.filter((column) => keys.includes(column.name));
  const plain = known.filter((column) => pseudonymOf(column) === undefined);
  return known.find((column) => column.name === like?.name) ?? plain[0] ?? known[0];
}

function pseudonymOf(column: Column): string | undefined {
  return column.labels.find((label) => label.startsWith('pseudonym:'));
}

/** The consents that the job itself reads, off the tables that were declared to hold them. */
function consentsRead(
  job: Job,
  purpose: string,
  question: Question,
): readonly (Known | undefined)[] {
  return inOrder(job.rows).flatMap((node) => {
    if (node.kind !== 'keepConsented') return [];
    const used = node.consents.find((consent) => consent.purpose === purpose);
    return used === undefined ? [] : [consentOf(node, used, question)];
  });
}

function consentOf(
  node: RelationOf<'keepConsented'>,
  used: Consent,
  question: Question,
): Known | undefined {
  const { checked, parameters } = question;
  const schema = checked.frames.get(node.from.input)?.schema ?? [];
  const column = (wanted: string) => schema.find((one) => one.name === wanted);
  const table = column(used.grantedAt)?.origin?.table ?? '';
  const consents = checked.tables.get(table)?.declared?.consents ?? [];
  const declared = consents.find(({ purpose }) => purpose === used.purpose);
  const subject = column(node.subject);
  const parameter = parameters.get(table);
  if (!declared || subject?.origin?.table !== table || parameter === undefined) return undefined;
  const { grantedAt, withdrawnAt, version } = declared;
  return known('Consent', [parameter, subject.origin.column], subject, question, {
    since: column(used.grantedAt),
    keywords: () => ({
      granted_at: text(grantedAt),
      version: text(version),
      ...(withdrawnAt === undefined ? {} : { withdrawn_at: text(withdrawnAt) }),
    }),
  });
}

/** The tables that the job reads of which an earlier job has proven that they hold people who consent. */
function consentingTables(purpose: string, question: Question): readonly (Known | undefined)[] {
  return [...question.parameters].flatMap(([table, parameter]) => {
    const found = question.checked.tables.get(table);
    const state = found?.state;
    if (!found?.writer || state?.kind !== 'clean' || state.subject !== question.subject) return [];
    if (!state.purposes.includes(purpose)) return [];
    const own = keyOf(found.schema, state.keys, question.key);
    const since = found.schema.find(({ grants }) => grants?.includes(purpose));
    const keywords = (isTimed: boolean): Keywords =>
      isTimed && since !== undefined ? { since: text(since.name) } : {};
    return [own && known('Listed', [parameter, own.name], own, question, { since, keywords })];
  });
}

type Keywords = Readonly<Record<string, PyExpression>>;

/**
 * `lakewright.Listed(...)` or `lakewright.Consent(...)`, with the key that makes its subjects those of the output; undefined where
 * its subjects cannot be compared with the output's.
 */
function known(
  kind: 'Consent' | 'Listed',
  positional: readonly string[],
  own: Column,
  { key, hasKey }: Question,
  {
    since,
    keywords,
  }: {
    readonly since: Column | undefined;
    readonly keywords: (isTimed: boolean) => Keywords;
  },
): Known | undefined {
  const same = pseudonymOf(own) === pseudonymOf(key);
  if (!same && (pseudonymOf(own) !== undefined || !hasKey)) return undefined;
  const runKey = { key: attribute(name('run'), 'pseudonym_key') };
  const callee = attribute(lakewright, kind);
  const more = same ? {} : runKey;
  const said = (isTimed: boolean) =>
    call(callee, positional.map(text), { ...keywords(isTimed), ...more });
  return { since, said };
}

function ownerProofs(job: Job, counted: Transform['counted']): readonly PyStatement[] {
  return inOrder(job.rows).flatMap((node) => {
    const step = counted.get(node);
    if (node.kind !== 'soleOwner' || step === undefined) return [];
    return [proof(node, 'prove_sole_owner', [node.alias, node.subject, step].map(text))];
  });
}

/** That no group is of fewer people than its step says. */
function subjectProofs(job: Job, counted: Transform['counted']): readonly PyStatement[] {
  return inOrder(job.rows).flatMap((node) => {
    if (node.kind !== 'aggregate' || !node.atLeast) return [];
    const { key, subjects } = node.atLeast;
    const [rows, groups] = [counted.get(node.from.input), counted.get(node)];
    if (rows === undefined || groups === undefined)
      throw new InternalError('groups whose rows were not counted');
    const values = measuredColumns(node).filter((name) => name !== key);
    return [
      proof(node, 'prove_subjects', [text(key), integer(subjects)], {
        by: list(node.by.map(text)),
        values: list(values.map(text)),
        rows: text(rows),
        groups: text(groups),
      }),
    ];
  });
}
