import type { Label, State } from '../../../algebra/labels.ts';
import type { Consent, Job, Library, Table } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { Column, Schema } from '../../../algebra/schema.ts';
import { long, string } from '../../../algebra/types.ts';
import type { Frame } from '../../../algebra/verb.ts';
import type { CheckedJob, CheckedLibrary, CheckedTable } from '../../../check/index.ts';

/** A library as the check leaves it, by hand: customers who consent, and a table of pseudonyms made of them. */
export const span = { file: 'examples/fixture.ts', line: 1, column: 1 };

export function column(name: string, labels: readonly Label[], more: Partial<Column> = {}): Column {
  return { name, type: string, nullable: false, labels, ...more };
}

export function source(table: string): Relation {
  return { kind: 'source', span, table, from: {} };
}

export const customerColumns: Schema = [
  column('email', ['identifier', 'subject:customer'], { doc: 'Where to write to.' }),
  column('shareWithResearchAsOfDate', ['consent:research'], { type: long, nullable: true }),
  column('lastUpdateDate', [], { type: long }),
];

const customerRows: State = {
  kind: 'local',
  subject: 'customer',
  keys: ['email'],
  aliases: {},
  events: [],
  complete: 'versions',
};

const consentingRows: State = {
  kind: 'clean',
  purposes: ['research'],
  subject: 'customer',
  keys: ['email'],
  aliases: {},
  events: [],
};

export function table(name: string, more: Partial<Table> = {}): Table {
  return {
    zone: 'landing',
    name,
    format: 'json',
    columns: [],
    consents: [],
    size: 'large',
    span,
    ...more,
  };
}

export function job(name: string, rows: Relation, more: Partial<Job> = {}): Job {
  return {
    name,
    rows,
    sink: { zone: 'trusted', table: name, holds: 'identified', span },
    workerType: 'G.1X',
    workers: 2,
    timeout: 60,
    glueVersion: '5.1',
    span,
    ...more,
  };
}

export function checkedTable(
  id: string,
  schema: Schema,
  state: State,
  more: Partial<CheckedTable> = {},
): CheckedTable {
  const lineage = new Map(schema.map((one) => [one.name, [`landing.customer.${one.name}`]]));
  return { id, schema, state, size: 'large', lineage, ...more };
}

export function libraryOf(jobs: readonly Job[], more: Partial<Library> = {}): Library {
  return {
    name: 'shop',
    span,
    zones: [
      { name: 'landing', purposes: [], holds: 'identified', span },
      { name: 'trusted', purposes: ['research'], holds: 'identified', span },
      { name: 'curated', purposes: ['research'], holds: 'pseudonymous', span },
    ],
    tables: [],
    jobs,
    ...more,
  };
}

/** A job, the jobs it reads from, and its own schedule. */
export type Step = readonly [name: string, after: readonly string[], schedule?: string];

/** Jobs as the check would order them, of the given dependencies. */
export function chainOf(...steps: readonly Step[]): CheckedLibrary {
  const jobs = steps.map(([name, after, schedule]): CheckedJob => {
    const rows = source(after[0] === undefined ? 'landing.customer' : `trusted.${after[0]}`);
    return {
      job: job(name, rows, schedule === undefined ? {} : { schedule }),
      reads: after.length === 0 ? ['landing.customer'] : after.map((one) => `trusted.${one}`),
      after,
    };
  });
  return {
    library: libraryOf(jobs.map((one) => one.job)),
    jobs,
    tables: new Map(),
    frames: new Map(),
  };
}

export function shop(
  docs: { readonly library?: string; readonly table?: string } = {},
): CheckedLibrary {
  const landing = source('landing.customer');
  const consent: Consent = {
    purpose: 'research',
    grantedAt: 'shareWithResearchAsOfDate',
    version: 'lastUpdateDate',
  };
  const consenting: Relation = {
    kind: 'keepConsented',
    span,
    subject: 'email',
    consents: [consent],
    from: { input: landing },
  };
  const trusted = source('trusted.customer');
  const participants: Relation = {
    kind: 'project',
    span,
    sugar: 'pseudonymize',
    columns: [
      {
        name: 'participant',
        expression: {
          kind: 'call',
          function: 'pseudonym',
          arguments: [
            { kind: 'column', name: 'email' },
            { kind: 'literal', type: string, value: 'research' },
          ],
        },
      },
    ],
    from: { input: trusted },
  };
  const customer = job('customer_trusted', consenting, {
    doc: 'Customers who consent.',
    sink: {
      zone: 'trusted',
      table: 'customer',
      holds: 'identified',
      span,
      ...(docs.table === undefined ? {} : { doc: docs.table }),
    },
  });
  const participant = job('participants', participants, {
    sink: { zone: 'curated', table: 'participant', holds: 'pseudonymous', span },
    workers: 3,
    glueVersion: '6.0',
  });
  const declared = table('customer', {
    doc: 'Customers as they register.',
    owner: { kind: 'subject', name: 'customer', column: 'email' },
    consents: [consent],
  });
  const participantSchema = [column('participant', ['pseudonym:research'], { type: string })];
  const frames = new Map<Relation, Frame>([
    [landing, { schema: customerColumns, state: customerRows }],
    [consenting, { schema: customerColumns, state: consentingRows }],
    [trusted, { schema: customerColumns, state: consentingRows }],
    [participants, { schema: participantSchema, state: consentingRows }],
  ]);
  const tables = [
    checkedTable('landing.customer', customerColumns, customerRows, { declared }),
    checkedTable('trusted.customer', customerColumns, consentingRows, { writer: customer }),
    checkedTable('curated.participant', participantSchema, consentingRows, {
      writer: participant,
      lineage: new Map([['participant', ['landing.customer.email']]]),
    }),
  ];
  return {
    library: libraryOf([customer, participant], {
      tables: [declared],
      alarms: { topic: 'lake-alarms' },
      ...(docs.library === undefined ? {} : { doc: docs.library }),
    }),
    jobs: [
      { job: customer, reads: ['landing.customer'], after: [] },
      { job: participant, reads: ['trusted.customer'], after: ['customer_trusted'] },
    ],
    tables: new Map(tables.map((one) => [one.id, one])),
    frames,
  };
}

/** What the scripts of {@link shop} read, by job. */
export const shopArguments: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'customer_trusted',
    ['landing_customer', 'trusted_customer', 'quarantine', 'consent_as_of', 'report'],
  ],
  [
    'participants',
    ['trusted_customer', 'curated_participant', 'quarantine', 'pseudonym_key', 'report'],
  ],
]);
