import { inOrder } from '../algebra/fold.ts';
import { type Job, sinkId } from '../algebra/library.ts';
import type { RelationOf } from '../algebra/relation.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { code, markdown } from './markdown.ts';
import type { JsonObject } from './resources/text.ts';
import { jobsBehind } from './upstream.ts';

type Declassify = RelationOf<'declassify'>;
type Join = RelationOf<'join'>;

/** What people allowed in a job although no rule does. */
interface Exceptions {
  readonly declassifications: readonly Declassify[];
  /** Joins in which rows of two people who consent may meet. */
  readonly crossSubjects: readonly Join[];
}

function exceptionsOf(job: Job): Exceptions {
  const nodes = inOrder(job.rows);
  return {
    declassifications: nodes.flatMap((node) => (node.kind === 'declassify' ? [node] : [])),
    crossSubjects: nodes.flatMap((node) =>
      node.kind === 'join' && node.crossSubject !== undefined ? [node] : [],
    ),
  };
}

/** The last days of all permits that a job was written under, sorted. */
export function permitDays(job: Job): readonly string[] {
  return [
    ...new Set(exceptionsOf(job).declassifications.map(({ permit }) => permit.expires)),
  ].sort();
}

/** `declassifications` and `crossSubjects` of `manifest.json`: every exception, in the order of the jobs and their steps. */
export function exceptionClaims({ jobs }: CheckedLibrary): JsonObject {
  const all = jobs.map(({ job }) => ({ job, ...exceptionsOf(job) }));
  return {
    declassifications: all.flatMap(({ job, declassifications }) =>
      declassifications.map((node) => declassificationClaim(job, node)),
    ),
    crossSubjects: all.flatMap(({ job, crossSubjects }) =>
      crossSubjects.map(({ on, crossSubject }) => ({
        job: job.name,
        table: sinkId(job.sink),
        on: on.map(({ left, right }) => ({ left, right })),
        reason: crossSubject ?? '',
      })),
    ),
  };
}

function declassificationClaim(job: Job, { lowers, permit }: Declassify): JsonObject {
  const what =
    lowers.of === 'column'
      ? { column: lowers.column, from: lowers.was, to: lowers.is }
      : { from: ['mixed'], to: lowers.purposes };
  const { reason, reviewer, expires } = permit;
  return { job: job.name, table: sinkId(job.sink), ...what, reason, reviewer, expires };
}

/** Every exception of a library as a sentence in Markdown. */
export function exceptionSentences({ jobs }: CheckedLibrary): readonly string[] {
  return jobs.flatMap(({ job }) => sentencesOf(job));
}

function sentencesOf(job: Job): readonly string[] {
  const { declassifications, crossSubjects } = exceptionsOf(job);
  return [
    ...declassifications.map(({ lowers, permit }) => {
      const { reason, reviewer, expires } = permit;
      const allowed = `allowed by ${markdown(reviewer)}, until ${expires}`;
      return `${loweringSentence(lowers)} (${code(job.name)}), since: ${markdown(reason)}; ${allowed}`;
    }),
    ...crossSubjects.map(({ on, crossSubject }) => {
      const pairs = on.length === 0 ? 'on no column' : `on ${on.map(pair).join(' and ')}`;
      const joined = `joined ${pairs} (${code(job.name)})`;
      return `rows of two people who both consent meet, ${joined}, since: ${markdown(crossSubject ?? '')}`;
    }),
  ];
}

function pair({ left, right }: { readonly left: string; readonly right: string }): string {
  return left === right ? code(left) : `${code(left)} = ${code(right)}`;
}

function loweringSentence(lowers: Declassify['lowers']): string {
  if (lowers.of === 'rows') {
    const purposes = lowers.purposes.map(markdown).join(' and ');
    return `rows that depend on several people, some perhaps not consenting, are used for ${purposes}`;
  }
  const gone = lowers.was.filter((label) => !lowers.is.includes(label)).map(markdown);
  return `${code(lowers.column)} is shown as if it were not ${gone.join(', ')}`;
}

/** The exceptions behind a table's rows, its own and those of all tables that it comes from, as sentences in Markdown. */
export function exceptionsBehind(checked: CheckedLibrary, table: string): readonly string[] {
  return writersBehind(checked, table).flatMap(sentencesOf);
}

/** Whether rows of people who may not consent are among those that a table's rows depend on, as somebody allowed. */
export function isDeclassified(checked: CheckedLibrary, table: string): boolean {
  return writersBehind(checked, table).some((job) =>
    exceptionsOf(job).declassifications.some(({ lowers }) => lowers.of === 'rows'),
  );
}

function writersBehind({ jobs }: CheckedLibrary, table: string): readonly Job[] {
  const behind = jobsBehind(table, jobs, ({ job, reads }) => ({ writes: sinkId(job.sink), reads }));
  return behind.map(({ job }) => job);
}
