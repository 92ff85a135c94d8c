import type { Label, State } from '../../algebra/labels.ts';
import { type Job, type Table, tableId } from '../../algebra/library.ts';
import type { RelationProblem } from '../../algebra/problem.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row } from '../../algebra/row.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { Execution, Frame, Surroundings } from '../../algebra/verb.ts';
import type { CheckedLibrary, CheckedTable } from '../../check/checked-library.ts';
import { declaredSchema, declaredState } from '../../check/declared-frame.ts';
import { askVerbs } from '../../check/verb-rules.ts';
import { type Given, rowsOf, tableOf } from './given.ts';
import { nowhere } from './nodes.ts';

/** A relation over given tables as the only job of a library, without the zone rules that a sink would add. */
export interface CheckedCase {
  readonly checked: CheckedLibrary;
  readonly job: Job;
  /** Absent where something is wrong. */
  readonly frame: Frame | undefined;
  readonly problems: readonly RelationProblem[];
  /** By `zone.table`. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
}

/** Asks every verb's rules for a relation, as the compiler's passes do. */
export function checkedCase(
  given: Readonly<Record<string, Given>>,
  rows: Relation,
  name = 'written',
): CheckedCase {
  const tables = Object.entries(given).map(([table, one]) => tableOf(table, one));
  const frameOf = new Map(tables.map((table) => [tableId(table), declaredFrame(table)]));
  const surroundings: Surroundings = {
    frame: (id) => frameOf.get(id),
    consents: (id) => tables.find((table) => tableId(table) === id)?.consents ?? [],
  };
  const { frames, problems } = framesOf(rows, surroundings);
  const job = jobOf(name, rows);
  const library = { name: 'cases', span: nowhere, zones: [], tables, jobs: [job] };
  const checkedTables = tables.map((table) => [tableId(table), checkedTable(table)] as const);
  const reads = tables.map(tableId).sort();
  return {
    checked: {
      library,
      jobs: [{ job, reads, after: [] }],
      tables: new Map(checkedTables),
      frames,
    },
    job,
    frame: problems.length === 0 ? frames.get(rows) : undefined,
    problems,
    tables: new Map(
      Object.entries(given).map(([table, one]) => [`landing.${table}`, rowsOf(one)] as const),
    ),
  };
}

function framesOf(root: Relation, surroundings: Surroundings) {
  const schemas = new Map<Relation, Schema>();
  const wrong = askVerbs(root, schemas, new Set(), (verb, node, inputs) => {
    const { value, problems } = verb.schema(node, inputs, surroundings);
    return problems.length > 0 ? { problems } : { value, problems };
  });
  const frames = new Map<Relation, Frame>();
  if (wrong.length > 0) return { frames, problems: wrong };
  const problems = askVerbs(root, frames, new Set(), (verb, node, inputs) => {
    const { value, problems: found } = verb.state(node, inputs, surroundings);
    return { value: { schema: schemas.get(node) ?? [], state: value }, problems: found };
  });
  return { frames, problems };
}

function declaredFrame(table: Table): Frame {
  return { schema: declaredSchema(table), state: declaredState(table) };
}

function checkedTable(table: Table): CheckedTable {
  const { schema, state } = declaredFrame(table);
  const { size } = table;
  return { id: tableId(table), schema, state, declared: table, size, lineage: new Map() };
}

function jobOf(name: string, rows: Relation): Job {
  return {
    name,
    rows,
    sink: { zone: 'trusted', table: name, holds: 'identified', span: nowhere },
    workerType: 'G.1X',
    workers: 2,
    timeout: 15,
    glueVersion: '5.1',
    span: nowhere,
  };
}

/** The key that cases pseudonymize with, on the interpreter and on Spark. */
export const caseKey = 'a key of cases, of 32 bytes long!';

/** What the interpreter needs to compute a case's rows. */
export function sampleOf(
  { tables }: CheckedCase,
  consentAsOf: bigint,
): { tables: CheckedCase['tables'] } & Pick<Execution, 'consentAsOf' | 'pseudonymKey'> {
  return { tables, consentAsOf, pseudonymKey: () => Buffer.from(caseKey) };
}

/** A state in short: `local person by email (versions)`, `clean person by email for research`; `!time`: not yet after consent. */
export function stateText(state: State): string {
  if (state.kind === 'mixed' || state.kind === 'public') return state.kind;
  const keys = state.keys.length > 0 ? ` by ${state.keys.join(', ')}` : '';
  const aliases = Object.entries(state.aliases).map(([column, alias]) => ` ${column}=${alias}`);
  const events = state.events.map(({ column }) => ` !${column ?? 'lost'}`);
  const whose = `${state.kind} ${state.subject}${keys}${aliases.join('')}${events.join('')}`;
  if (state.kind === 'clean') return `${whose} for ${state.purposes.join(', ')}`;
  const others = state.others ? ` with others for ${state.others.join(', ')}` : '';
  return `${whose} (${state.complete})${others}`;
}

export function labelsText(labels: readonly Label[]): string {
  return labels.length > 0 ? ` [${labels.join(' ')}]` : '';
}
