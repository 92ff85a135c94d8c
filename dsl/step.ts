import { mixed } from '../algebra/labels.ts';
import { type Consent, type Table, tableId, type Zone } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Span } from '../algebra/span.ts';
import type { Frame, Surroundings, Verb } from '../algebra/verb.ts';
import { verbs } from '../algebra/verbs/index.ts';
import { inWords, refuse } from './refusal.ts';

/** A table that rows come from: declared by hand, or written by a job. */
export interface Origin {
  readonly id: string;
  readonly zone: Zone;
  readonly frame: Frame;
  readonly declared?: Table;
  readonly size: 'small' | 'large';
  readonly consents: readonly Consent[];
}

/** What stands behind a dataset that an author holds. */
export interface Step {
  readonly relation: Relation;
  /** As far as the library has been written: the compiler's check derives it anew. */
  readonly frame: Frame;
  /** The tables at or above, by id, in the order of their first use. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Whether the author promised that these rows fit into each executor's memory. */
  readonly isSmall: boolean;
  /** Where the newest version of each subject was picked, the same step without the pick. */
  readonly versions?: Step;
}

const steps = new WeakMap<object, Step>();

/** Lets an object that authors hold stand for a step. */
export function registerStep<D extends object>(dataset: D, step: Step): D {
  steps.set(dataset, step);
  return dataset;
}

/** Streams that authors hold, by name: they look like datasets, and nothing reads them. */
const streams = new WeakMap<object, string>();

/** Lets an object that authors hold stand for a stream. */
export function registerStream<H extends object>(handle: H, name: string): H {
  streams.set(handle, name);
  return handle;
}

/**
 * The step that an argument stands for.
 * @throws DiagnosticError `dsl/stream-as-rows`, `dsl/not-a-dataset`
 */
export function stepOf(value: unknown, where: string, span: Span): Step {
  const held = typeof value === 'object' && value !== null ? value : {};
  const stream = streams.get(held);
  if (stream !== undefined) return refuse('dsl/stream-as-rows', span, { where, stream });
  return steps.get(held) ?? refuse('dsl/not-a-dataset', span, { where, found: inWords(value) });
}

/** The step of all rows of a table. */
export function sourceStep(origin: Origin, span: Span): Step {
  return {
    relation: { kind: 'source', span, table: origin.id, from: {} },
    frame: origin.frame,
    origins: new Map([[origin.id, origin]]),
    isSmall: origin.size === 'small',
  };
}

/** The step of a relation over others. Small rows stay small where no verb multiplies them. */
export function nextStep(
  relation: Relation,
  inputs: Readonly<Record<string, Step>>,
  isSmall: boolean = Object.values(inputs).every((input) => input.isSmall),
): Step {
  const origins = new Map(Object.values(inputs).flatMap((input) => [...input.origins]));
  return { relation, origins, isSmall, frame: frameOf(relation, inputs, surroundings(origins)) };
}

function frameOf(
  relation: Relation,
  inputs: Readonly<Record<string, Step>>,
  around: Surroundings,
): Frame {
  // The registry is total over the kinds and `inputs` has the node's own names; TypeScript cannot correlate the two.
  const verb = verbs[relation.kind] as unknown as Verb<Relation>;
  const frames = mapped(inputs, (input) => input.frame);
  const schema = verb.schema(relation, mapped(frames, (frame) => frame.schema) as never, around);
  // Problems are the compiler's to tell, all at once; here only names and types of columns are needed.
  if (schema.problems.length > 0) return { schema: schema.value, state: mixed };
  const relabelled = verb.relabelled?.(relation, frames as never) ?? schema.value;
  return { schema: relabelled, state: verb.state(relation, frames as never, around).value };
}

function mapped<A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A) => B,
): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function surroundings(origins: ReadonlyMap<string, Origin>): Surroundings {
  return {
    frame: (id) => origins.get(id)?.frame,
    consents: (id) => origins.get(id)?.consents ?? [],
  };
}

/** A declared table as rows come from it. */
export function declaredOrigin(table: Table, zone: Zone): Origin {
  const id = tableId(table);
  return {
    id,
    zone,
    declared: table,
    size: table.size,
    consents: table.consents,
    frame: { schema: declaredSchema(table, id), state: declaredState(table, id) },
  };
}

function declaredSchema(table: Table, id: string): Frame['schema'] {
  return table.columns.map(({ name, type, nullable, labels, doc, band }) => ({
    name,
    type,
    nullable,
    labels,
    ...(doc === undefined ? {} : { doc }),
    origin: { table: id, column: name },
    ...(band === undefined ? {} : { band }),
  }));
}

function declaredState({ owner, eventTime }: Table, id: string): Frame['state'] {
  if (!owner) return { kind: 'public' };
  const origin = { table: id, column: eventTime ?? '' };
  return {
    kind: 'local',
    complete: 'versions',
    subject: owner.name,
    keys: [owner.column],
    aliases: {},
    events: eventTime === undefined ? [] : [{ column: eventTime, origin }],
  };
}
