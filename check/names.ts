import { inOrder } from '../algebra/fold.ts';
import { declarationsOf, type Job, type Library, sinkId, tableId } from '../algebra/library.ts';
import { pseudonymUses } from '../algebra/pseudonyms.ts';
import type { Span } from '../algebra/span.ts';
import { type Diagnostic, diagnostic, named } from '../diagnostics/index.ts';
import { columnNameProblems } from './column-names.ts';
import { groupsBy } from './groups.ts';
import type { Pass } from './knowledge.ts';
import { pythonModules } from './python-modules.ts';
import { scheduleProblem } from './schedule.ts';
import { tagProblems } from './tags.ts';

/** Names that AWS, Spark and Python all take, once each; and numbers within Glue's limits. */
export const names: Pass = {
  name: 'names',
  run: ({ library }) => ({
    diagnostics: [
      ...libraryNames(library),
      ...library.jobs.flatMap(jobLimits),
      ...doubles(library),
      ...writers(library.jobs),
      ...declarationsOf(library).flatMap((table) =>
        columnNameProblems(
          table.columns,
          named(tableId(table)),
          (index) => table.columns[index]?.span,
        ),
      ),
      ...peopleNames(library),
      ...expectationNames(library),
    ],
    learnt: {},
  }),
};

const longestName = 100;
const line = /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]+$/u;
const tableName = /^[a-z][a-z0-9_]*$/;
const purposeName = /^[a-z][a-z0-9_-]*$/;
const personName = /^[A-Za-z][A-Za-z0-9_]*$/;

const expectedNames = {
  table: 'lower-case letters, digits and _, first a letter',
  purpose: 'lower-case letters, digits, _ and -, first a letter',
  person: 'letters, digits and _, first a letter',
} as const;

function nameProblem(
  what: string,
  name: string,
  span: Span,
  rule: RegExp = tableName,
  expected: string = expectedNames.table,
): readonly Diagnostic[] {
  if (rule.test(name) && name.length <= longestName) return [];
  const wanted = name.length > longestName ? `at most ${longestName} characters` : expected;
  return [diagnostic('names/bad-name', { what, name, expected: wanted }, { span })];
}

function libraryNames(library: Library): readonly Diagnostic[] {
  const { streams = [] } = library;
  return [
    ...nameProblem('library', library.name, library.span),
    ...library.tables.flatMap((table) => nameProblem('table', table.name, table.span)),
    ...streams.flatMap((stream) => nameProblem('stream', stream.name, stream.span)),
    ...library.jobs.flatMap((job) => [
      ...nameProblem('job', job.name, job.span),
      ...nameProblem('table', job.sink.table, job.sink.span),
    ]),
    ...library.zones.flatMap((zone) =>
      zone.purposes.flatMap((purpose) =>
        nameProblem('purpose', purpose, zone.span, purposeName, expectedNames.purpose),
      ),
    ),
    ...declarationsOf(library).flatMap((table) =>
      table.consents.flatMap(({ purpose }) =>
        nameProblem('purpose', purpose, table.span, purposeName, expectedNames.purpose),
      ),
    ),
    ...[...pseudonymPlaces(library)].flatMap(([purpose, span]) =>
      nameProblem('purpose', purpose, span, purposeName, expectedNames.purpose),
    ),
  ];
}

/** Purposes that pseudonyms are made for, each with its first place: they become part of the name of a secret. */
function pseudonymPlaces(library: Library): ReadonlyMap<string, Span> {
  const uses = library.jobs.flatMap((job) => pseudonymUses(job.rows));
  return new Map(uses.toReversed().map(({ purpose, span }) => [purpose, span] as const));
}

function jobLimits(job: Job): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { name, workers, timeout, schedule, targetFileSize, span } = job;
  const within = (value: number, from: number, to: number) =>
    Number.isInteger(value) && from <= value && value <= to;
  if (pythonModules.has(name)) found.push(diagnostic('names/reserved', { name }, { span }));
  if (!within(workers, 2, 299))
    found.push(diagnostic('names/workers', { job: name, workers }, { span }));
  if (!within(timeout, 1, 10_079))
    found.push(diagnostic('names/timeout', { job: name, timeout }, { span }));
  if (targetFileSize !== undefined && !within(targetFileSize, 1024 ** 2, 5 * 1024 ** 3))
    found.push(diagnostic('names/file-size', { job: name, bytes: targetFileSize }, { span }));
  for (const [tag, why] of tagProblems(job.tags ?? {}))
    found.push(diagnostic('names/tag', { job: name, tag, why }, { span }));
  const why = schedule === undefined ? undefined : scheduleProblem(schedule);
  if (schedule !== undefined && why !== undefined)
    found.push(diagnostic('names/schedule', { job: name, schedule, why }, { span }));
  return found;
}

interface Named {
  readonly name: string;
  readonly span: Span;
}

function doubles(library: Library): readonly Diagnostic[] {
  const tables = library.tables.map((table) => ({ name: tableId(table), span: table.span }));
  return [
    ...seconds('zone', library.zones),
    ...seconds('table', tables),
    ...seconds('job', library.jobs),
    ...seconds('stream', library.streams ?? []),
  ];
}

function seconds(what: string, all: readonly Named[]): readonly Diagnostic[] {
  const first = new Map<string, Span>();
  return all.flatMap(({ name, span }) => {
    const before = first.get(name);
    if (!before) {
      first.set(name, span);
      return [];
    }
    const because = [{ text: 'the first is here', span: before }];
    return [diagnostic('names/duplicate', { what, name }, { span, because })];
  });
}

/** Two jobs of one name are already told as such. */
function writers(jobs: readonly Job[]): readonly Diagnostic[] {
  const byTable = groupsBy(jobs, (job) => sinkId(job.sink));
  return [...byTable].flatMap(([table, [first, ...others]]) => {
    const second = others.find((job) => job.name !== first?.name);
    if (!first || !second) return [];
    const because = [{ text: `job ${first.name} writes it here`, span: first.sink.span }];
    const jobNames = [first, ...others].map((job) => job.name);
    const more = { span: second.sink.span, because };
    return [diagnostic('names/two-writers', { table, jobs: jobNames }, more)];
  });
}

/** Lines of the author's own: they stand in reports and in the messages of runs that they end. */
function expectationNames({ jobs }: Library): readonly Diagnostic[] {
  const steps = new Set(jobs.flatMap(({ rows }) => inOrder(rows)));
  return [...steps].flatMap((node) =>
    node.kind === 'expect'
      ? node.expectations.flatMap(({ name }) =>
          nameProblem('expectation', name, node.span, line, 'a line of text'),
        )
      : [],
  );
}

/** Kinds of people and of their things, as owners and labels name them. */
function peopleNames(library: Library): readonly Diagnostic[] {
  const used = declarationsOf(library).flatMap((table) => [
    ...(table.owner ? [{ ...table.owner, span: table.span }] : []),
    ...table.columns.flatMap(({ labels, span }) =>
      labels.flatMap((label) => {
        const [kind = '', name] = label.split(/:(.*)/s);
        return name === undefined || !['subject', 'alias'].includes(kind)
          ? []
          : [{ kind, name, span }];
      }),
    ),
  ]);
  const firsts = [
    ...new Map(used.toReversed().map((one) => [`${one.kind}:${one.name}`, one])).values(),
  ].toReversed();
  const subjects = new Set(firsts.filter((one) => one.kind === 'subject').map((one) => one.name));
  return firsts.flatMap(({ kind, name, span }) => [
    ...nameProblem(kind, name, span, personName, expectedNames.person),
    ...(kind === 'alias' && subjects.has(name)
      ? [diagnostic('names/subject-and-alias', { name }, { span })]
      : []),
  ]);
}
