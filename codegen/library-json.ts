import { inOrder, inputsOf } from '../algebra/fold.ts';
import { type Job, type Library, sinkId } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import { type Json, jsonText } from './resources/text.ts';

/** `library.json`: what the author wrote, as data: each step once, numbered, inputs by number. It names no place in the source. */
export function libraryJson(library: Library): string {
  const steps = numberSteps(library);
  return jsonText({
    library: library.name,
    doc: library.doc,
    zones: library.zones.map(withoutSpans),
    tables: library.tables.map(withoutSpans),
    quarantineDays: library.quarantineDays,
    ...(library.streams ? { streams: library.streams.map(withoutSpans) } : {}),
    jobs: library.jobs.map((job) => jobJson(job, steps)),
    steps: [...steps].map(([relation, number]) => stepJson(relation, number, steps)),
  });
}

/** Every relation of the library with its number from 1, inputs first, each once however many jobs share it. */
export function numberSteps(library: Library): ReadonlyMap<Relation, number> {
  const relations = new Set(library.jobs.flatMap((job) => inOrder(job.rows)));
  return new Map([...relations].map((relation, index) => [relation, index + 1]));
}

function jobJson(job: Job, steps: ReadonlyMap<Relation, number>): Json {
  const { rows, sink, ...rest } = job;
  return {
    ...withoutSpans(rest),
    rows: steps.get(rows) ?? null,
    writes: sinkId(sink),
    holds: sink.holds,
    ...(sink.doc === undefined ? {} : { tableDoc: sink.doc }),
  };
}

function stepJson(relation: Relation, number: number, steps: ReadonlyMap<Relation, number>): Json {
  const { kind, from, ...rest } = relation;
  const inputs = Object.keys(from).map((name, index) => {
    const input = inputsOf(relation)[index];
    return [name, (input && steps.get(input)) ?? null];
  });
  return { step: number, kind, from: Object.fromEntries(inputs), ...withoutSpans(rest) };
}

/** A part of the algebra as JSON, without places in the source: these are in `provenance.json`. */
function withoutSpans(part: object): { readonly [name: string]: Json } {
  return JSON.parse(
    JSON.stringify(part, (name, value: unknown) => (name === 'span' ? undefined : value)),
  );
}
