import { unsettledEvents } from '../algebra/identity.ts';
import type { Label, State } from '../algebra/labels.ts';
import {
  isRestricted,
  type Job,
  type Library,
  RESTRICTED,
  sinkId,
  type Zone,
} from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Column } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';
import { type Code, type Diagnostic, diagnostic, type Reason } from '../diagnostics/index.ts';
import { sourcesOf, writersOf } from './graph.ts';
import type { Knowledge, Pass } from './knowledge.ts';
import { labelFlow } from './label-flow.ts';
import { pseudonymProblems, pseudonymPurpose } from './pseudonyms.ts';
import { stateReasons, unownedThings } from './state-reasons.ts';

/** What reaches each zone: only people who consent to its purposes, and only columns that it may hold. */
export const zones: Pass = {
  name: 'zones',
  run(known) {
    const { library } = known;
    return {
      diagnostics: [
        ...library.zones.flatMap(zoneProblems),
        ...undeclared(library),
        ...library.jobs.flatMap(restrictedReads),
        ...library.jobs.flatMap((job) => sinkProblems(job, known)),
      ],
      learnt: {},
    };
  },
};

function zoneProblems(zone: Zone): readonly Diagnostic[] {
  const { purposes } = zone;
  if (zone.name === RESTRICTED && purposes.length > 0)
    return [diagnostic('zones/restricted-for-purpose', { purposes }, { span: zone.span })];
  if (zone.name === 'landing' || zone.name === RESTRICTED || purposes.length > 0) return [];
  return [diagnostic('zones/without-purpose', { zone: zone.name }, { span: zone.span })];
}

/** What nobody asked for whose consent is known would flow on from there. */
function restrictedReads(job: Job): readonly Diagnostic[] {
  return sourcesOf(job)
    .filter(({ table }) => isRestricted(table))
    .map(({ table, span }) =>
      diagnostic('zones/restricted-read', { job: job.name, table }, { span }),
    );
}

function undeclared(library: Library): readonly Diagnostic[] {
  const declared = new Set(library.zones.map((zone) => zone.name));
  const used = [
    ...library.tables.map(({ zone, name, span }) => ({ zone, what: name, span })),
    ...library.jobs.map(({ sink }) => ({ zone: sink.zone, what: sink.table, span: sink.span })),
  ];
  return used
    .filter(({ zone }) => !declared.has(zone))
    .map(({ zone, what, span }) => diagnostic('zones/undeclared', { zone, what }, { span }));
}

function sinkProblems(job: Job, known: Knowledge): readonly Diagnostic[] {
  const { library, frames } = known;
  const { sink } = job;
  const table = sinkId(sink);
  if (sink.zone === 'landing')
    return [diagnostic('zones/sink-in-landing', { job: job.name, table }, { span: sink.span })];
  const frame = frames.get(job.rows);
  const zone = library.zones.find((one) => one.name === sink.zone);
  // Without a frame something before is wrong; without purposes there is nothing to hold the rows against.
  if (!frame || !zone || (zone.name !== RESTRICTED && zone.purposes.length === 0)) return [];
  return [
    ...(zone.name === RESTRICTED ? [] : stateProblems(job, frame.state, zone, known)),
    ...labelProblems(job, frame, zone, library, frames),
    ...pseudonymProblems(job, frame.schema),
    ...backwards(job, known),
  ];
}

function stateProblems(
  job: Job,
  state: State,
  zone: Zone,
  { library, frames }: Knowledge,
): readonly Diagnostic[] {
  const table = sinkId(job.sink);
  const { purposes } = zone;
  const { span } = job.sink;
  if (state.kind === 'public') return [];
  const because = stateReasons(job.rows, frames, library.tables);
  if (state.kind === 'mixed') {
    const things = unownedThings(job.rows, frames, library.tables);
    return [diagnostic('privacy/mixed-subjects', { table, purposes, things }, { span, because })];
  }
  if (state.kind === 'local') {
    return [diagnostic('privacy/not-consented', { table, purposes }, { span, because })];
  }
  const missing = purposes.filter((purpose) => !state.purposes.includes(purpose));
  if (missing.length > 0) {
    const parameters = { table, missing, consented: state.purposes };
    return [diagnostic('privacy/other-purpose', parameters, { span, because })];
  }
  const unsettled = unsettledEvents(state.events, purposes);
  if (unsettled.length === 0) return [];
  const events = [...new Set(unsettled.map(({ origin }) => `${origin.table}.${origin.column}`))];
  const more = { span, because: eventReasons(unsettled, library) };
  return [diagnostic('privacy/before-consent', { table, events }, more)];
}

function eventReasons(
  events: Extract<State, { kind: 'clean' }>['events'],
  library: Library,
): readonly Reason[] {
  return events.map(({ origin, column }) => {
    const table = library.tables.find((one) => `${one.zone}.${one.name}` === origin.table);
    const declared = table?.columns.find((one) => one.name === origin.column);
    const lost = column === undefined ? ', and was dropped before it could be compared' : '';
    return {
      text: `${origin.table}.${origin.column} is when it happened${lost}`,
      ...(declared ? { span: declared.span } : {}),
    };
  });
}

/** Labels that pseudonymous data may not have, the most telling first. */
const refusedLabels: readonly { readonly prefix: string; readonly code: LabelCode }[] = [
  { prefix: 'identifier', code: 'privacy/identifier-in-training-set' },
  { prefix: 'subject:', code: 'privacy/subject-in-training-set' },
  { prefix: 'alias:', code: 'privacy/alias-in-training-set' },
  { prefix: 'consent:', code: 'privacy/consent-time-in-training-set' },
  { prefix: 'quasi-identifier', code: 'privacy/quasi-identifier-in-training-set' },
];

type LabelCode = Extract<Code, `privacy/${string}-in-training-set`>;

function labelProblems(
  job: Job,
  frame: Frame,
  zone: Zone,
  library: Library,
  frames: ReadonlyMap<Relation, Frame>,
): readonly Diagnostic[] {
  return frame.schema.flatMap((column) => labelProblem(job, column, zone, library, frames) ?? []);
}

/** The worst label of a column; one message a column is enough, since the remedy is the same. */
function labelProblem(
  job: Job,
  column: Column,
  zone: Zone,
  library: Library,
  frames: ReadonlyMap<Relation, Frame>,
): Diagnostic | undefined {
  const table = sinkId(job.sink);
  const more = (label: Label) => ({
    span: job.sink.span,
    ...labelFlow(job, column.name, label, library, frames),
  });
  // Where people are named anyway, only a pseudonym for another purpose tells something new: whose it is.
  const refused = job.sink.holds === 'identified' ? [] : refusedLabels;
  for (const { prefix, code } of refused) {
    const label = column.labels.find((one) => one.startsWith(prefix));
    if (label) return diagnostic(code, { column: column.name, table }, more(label));
  }
  for (const label of column.labels) {
    const purpose = pseudonymPurpose(label);
    if (purpose === undefined || zone.purposes.includes(purpose)) continue;
    const parameters = { column: column.name, table, purpose };
    return diagnostic('privacy/other-pseudonym', parameters, more(label));
  }
  return undefined;
}

/** Whether a job takes what is pseudonymous in the curated zone back to identified data in the trusted one. */
function backwards(job: Job, { library, jobs }: Knowledge): readonly Diagnostic[] {
  if (job.sink.zone !== 'trusted' || job.sink.holds !== 'identified') return [];
  const writers = writersOf(library);
  const reads = jobs.find((one) => one.job === job)?.reads ?? [];
  return reads
    .filter((table) => {
      const writer = writers.get(table);
      return writer?.sink.zone === 'curated' && writer.sink.holds === 'pseudonymous';
    })
    .map((table) => {
      const parameters = { job: job.name, table, sink: sinkId(job.sink) };
      return diagnostic('zones/backwards', parameters, { span: job.span });
    });
}
