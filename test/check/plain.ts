import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AggregateCall, Expression, Ordering } from '../../algebra/expressions.ts';
import type { Label } from '../../algebra/labels.ts';
import type {
  DeclaredColumn,
  Job,
  Library,
  Sink,
  Stream,
  Table,
  Zone,
  ZoneName,
} from '../../algebra/library.ts';
import type { Permit } from '../../algebra/permit.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Span } from '../../algebra/span.ts';
import type { Declassify } from '../../algebra/verbs/declassify.ts';
import type { Dedupe } from '../../algebra/verbs/dedupe.ts';
import type { Explode } from '../../algebra/verbs/explode.ts';
import type { Join, JoinKind } from '../../algebra/verbs/join.ts';
import type { Project } from '../../algebra/verbs/project.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import { type TypeText, typeOf } from '../verbs/given.ts';
import { column as columnNamed, literal } from '../verbs/nodes.ts';

export { asc, call, cast, desc, literal, over } from '../verbs/nodes.ts';

/** Small libraries as plain algebra data, each part with the place of the call that made it: what `dsl/` gives, without `dsl/`. */

/** The place of the call that a test or a fixture made; of the tables below, their own. */
function here(): Span {
  const own = fileURLToPath(import.meta.url);
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  // What called a module's own code is the loader; behind it is whoever imported it, which is not the place.
  const loader = frames.findIndex((frame) => frame.includes('node:internal'));
  const places = frames.slice(0, loader < 0 ? undefined : loader).flatMap((frame) => {
    const [, path, line, column] =
      /(?:\(|at )((?:file:\/\/)?\/[^)]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (path === undefined) return [];
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    return [{ file, line: Number(line), column: Number(column) }];
  });
  const place = places.find(({ file }) => file !== own) ?? places.at(-1);
  if (!place) throw new Error('the stack names no file');
  return { ...place, file: relative(process.cwd(), place.file) };
}

export function zone(name: ZoneName, more: Partial<Zone> = {}): Zone {
  return { name, purposes: [], holds: 'pseudonymous', span: here(), ...more };
}

export function column(
  type: TypeText | DeclaredColumn['type'],
  ...labels: readonly Label[]
): Omit<DeclaredColumn, 'name'> {
  const nullable = typeof type === 'string' && type.endsWith('?');
  return { type: typeOf(type), nullable, labels, span: here() };
}

export function table(
  name: string,
  columns: Readonly<Record<string, Omit<DeclaredColumn, 'name'>>>,
  more: Partial<Table> = {},
): Table {
  const declared = Object.entries(columns).map(([own, one]) => ({ ...one, name: own }));
  return {
    zone: 'landing',
    name,
    format: 'json',
    columns: declared,
    consents: [],
    size: 'large',
    span: here(),
    ...more,
  };
}

/** Of Kinesis, if `more` says nothing else. */
export function stream(
  name: string,
  columns: Readonly<Record<string, Omit<DeclaredColumn, 'name'>>>,
  more: Partial<Stream> = {},
): Stream {
  const arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/readings';
  return { ...table(name, columns), from: { kind: 'kinesis', stream: arn }, span: here(), ...more };
}

export function source(id: string): Relation {
  return { kind: 'source', span: here(), table: id, from: {} };
}

/** One of two texts. */
export function when(condition: Expression, first: string, second: string): Expression {
  const value = (text: string) => literal('string', text);
  return {
    kind: 'case',
    // biome-ignore lint/suspicious/noThenProperty: the algebra's branches are named so; nothing awaits them
    branches: [{ when: condition, then: value(first) }],
    otherwise: value(second),
  };
}

export function filter(input: Relation, where: Expression): Relation {
  return { kind: 'filter', span: here(), where, from: { input } };
}

type Projected = Readonly<Record<string, Expression | string>>;

/** Columns by name; texts stand for columns. */
export function project(
  input: Relation,
  columns: Projected,
  sugar: Project['sugar'] = 'derive',
): Relation {
  return { kind: 'project', span: here(), sugar, columns: projected(columns), from: { input } };
}

export function select(input: Relation, ...names: readonly string[]): Relation {
  const columns = projected(Object.fromEntries(names.map((name) => [name, name])));
  return { kind: 'project', span: here(), sugar: 'select', columns, from: { input } };
}

function projected(columns: Projected) {
  return Object.entries(columns).map(([name, given]) => ({
    name,
    expression: typeof given === 'string' ? columnNamed(given) : given,
  }));
}

/** `on` as `{ leftColumn: 'rightColumn' }`. */
export function join(
  how: JoinKind,
  left: Relation,
  right: Relation,
  on: Readonly<Record<string, string>>,
  more: Pick<Join, 'crossSubject' | 'where'> = {},
): Relation {
  const pairs = Object.entries(on).map(([first, second]) => ({ left: first, right: second }));
  return { kind: 'join', span: here(), how, on: pairs, ...more, from: { left, right } };
}

export function aggregate(
  input: Relation,
  by: readonly string[],
  measures: Readonly<Record<string, AggregateCall>>,
): Relation {
  const named = Object.entries(measures).map(([name, call]) => ({ name, call }));
  return { kind: 'aggregate', span: here(), by, measures: named, from: { input } };
}

export function dedupe(
  input: Relation,
  by: readonly string[],
  order: readonly Ordering[] = [],
  sugar: Dedupe['sugar'] = 'dedupe',
): Relation {
  return { kind: 'dedupe', span: here(), sugar, by, order, from: { input } };
}

/** Some day within the year. */
export const permit: Permit = {
  reason: 'it is on a screen in the hall',
  reviewer: 'ann@example.org',
  expires: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
};

export function declassify(
  input: Relation,
  lowers: Declassify['lowers'],
  more: Partial<Permit> = {},
): Relation {
  const allowed = { ...permit, ...more };
  return { kind: 'declassify', span: here(), lowers, permit: allowed, from: { input } };
}

export function explode(
  input: Relation,
  list: string,
  as: string,
  options: Partial<Pick<Explode, 'position' | 'outer'>> = {},
): Relation {
  const given = { column: list, as, outer: false, ...options };
  return { kind: 'explode', span: here(), ...given, from: { input } };
}

export function setOperation(
  operation: SetOperation['operation'],
  left: Relation,
  right: Relation,
): Relation {
  return { kind: 'setOperation', span: here(), operation, from: { left, right } };
}

export function unpivot(
  input: Relation,
  columns: readonly string[],
  name: string,
  value: string,
): Relation {
  return { kind: 'unpivot', span: here(), columns, name, value, from: { input } };
}

export function union(left: Relation, right: Relation): Relation {
  return { kind: 'union', span: here(), from: { left, right } };
}

/** Consent as {@link customers} declares it. */
export function keepConsented(
  input: Relation,
  purpose: string | readonly [string, ...string[]] = 'research',
  subject = 'email',
): Relation {
  const consent = (one: string) => ({
    purpose: one,
    grantedAt: `${one}Since`,
    version: 'updated',
  });
  const [first, ...others] = typeof purpose === 'string' ? [purpose] : purpose;
  const consents = [consent(first), ...others.map(consent)] as const;
  return { kind: 'keepConsented', span: here(), subject, consents, from: { input } };
}

export function soleOwner(input: Relation, alias = 'serial', subject = 'email'): Relation {
  return { kind: 'soleOwner', span: here(), alias, subject, from: { input } };
}

export function sink(zoneName: ZoneName, name: string, more: Partial<Sink> = {}): Sink {
  const holds = zoneName === 'trusted' ? 'identified' : 'pseudonymous';
  return { zone: zoneName, table: name, holds, span: here(), ...more };
}

export function job(name: string, rows: Relation, to: Sink, more: Partial<Job> = {}): Job {
  return {
    name,
    rows,
    sink: to,
    workerType: 'G.1X',
    workers: 2,
    timeout: 60,
    glueVersion: '5.1',
    span: here(),
    ...more,
  };
}

/** People who may consent to research and to marketing, a row per version. */
export const customers = table(
  'customer',
  {
    email: column('string', 'identifier', 'subject:customer'),
    name: column('string?', 'identifier'),
    birthday: column('string?', 'quasi-identifier'),
    serial: column('string', 'alias:device'),
    updated: column('long', 'quasi-identifier'),
    researchSince: column('long?'),
    marketingSince: column('long?'),
  },
  {
    owner: { kind: 'subject', name: 'customer', column: 'email' },
    consents: [
      { purpose: 'research', grantedAt: 'researchSince', version: 'updated' },
      { purpose: 'marketing', grantedAt: 'marketingSince', version: 'updated' },
    ],
  },
);

/** What people's phones measured. */
export const readings = table(
  'reading',
  {
    user: column('string', 'identifier', 'subject:customer'),
    time: column('long', 'quasi-identifier'),
    x: column('double', 'sensitive'),
  },
  { owner: { kind: 'subject', name: 'customer', column: 'user' }, eventTime: 'time' },
);

/** What people's devices measured. */
export const steps = table(
  'step',
  {
    device: column('string', 'alias:device'),
    at: column('long', 'quasi-identifier'),
    distance: column('int', 'sensitive'),
  },
  { owner: { kind: 'alias', name: 'device', column: 'device' }, eventTime: 'at' },
);

/** Who wrote what, without an event time. */
export const reviews = table(
  'review',
  { author: column('string', 'identifier', 'subject:customer'), stars: column('int') },
  { owner: { kind: 'subject', name: 'customer', column: 'author' } },
);

/** About nobody. */
export const calendar = table('calendar', {
  day: column('long'),
  holiday: column('boolean'),
});

/** Text of unknown meaning, declared as being about nobody. */
export const texts = table('text', { listed: column('string') });

export const standardZones = [
  zone('landing'),
  zone('trusted', { purposes: ['research'], holds: 'identified' }),
  zone('curated', { purposes: ['research'] }),
];

export const standardTables = [customers, readings, steps, reviews, calendar, texts];

/** A library over the standard zones and tables. */
export function library(jobs: readonly Job[], more: Partial<Library> = {}): Library {
  return {
    name: 'clinic',
    zones: standardZones,
    tables: standardTables,
    jobs,
    span: here(),
    ...more,
  };
}
