import type { Label } from './labels.ts';
import type { Relation } from './relation.ts';
import type { Span } from './span.ts';
import type { TableExpectation } from './table-expectations.ts';
import type { DataType } from './types.ts';

/** Everything an author wrote, as plain data. */
export interface Library {
  readonly name: string;
  readonly doc?: string;
  readonly span: Span;
  /** Zones, tables that are read, jobs: in the author's order; tables without a job that writes them come from outside. */
  readonly zones: readonly Zone[];
  readonly tables: readonly Table[];
  readonly jobs: readonly Job[];
  /** Absent: none. */
  readonly streams?: readonly Stream[];
  /** Who is told of runs that fail; absent: nobody. */
  readonly alarms?: Alarms;
  /** Under which keys what jobs leave outside the lake lies; absent: under those that AWS chooses. */
  readonly security?: Security;
  /** For how many days lines that cannot be read, and former versions of restricted tables, are kept; absent: 30. See {@link daysKept}. */
  readonly quarantineDays?: number;
}

/** Who is told of runs that fail, or that the privacy gate refuses. */
export interface Alarms {
  /** Name of an SNS topic, in the account and region of each deployment. */
  readonly topic: string;
}

/** Under which keys what jobs leave outside the lake lies. */
export interface Security {
  /** ARN of a symmetric KMS key, in the region of the deployment. */
  readonly logsKey: string;
}

/** For how many days these are kept where the author says nothing. */
const QUARANTINE_DAYS = 30;

/** For how many days lines that cannot be read, and former versions of restricted tables, are kept. */
export function daysKept({ quarantineDays }: Library): number {
  return quarantineDays ?? QUARANTINE_DAYS;
}

export type ZoneName = 'landing' | 'trusted' | 'curated' | 'restricted';

/**
 * The zone of rows that serve no purpose: what is to be looked at by a steward, whoever it is about and whatever they consent to.
 * Jobs write there, and none reads what is there, so that nothing in a zone with a purpose depends on it.
 */
export const RESTRICTED = 'restricted';

/** Whether a table, by its id, is in the restricted zone. */
export function isRestricted(id: string): boolean {
  return id.startsWith(`${RESTRICTED}.`);
}

/** What a reader of a zone may learn: who people are, or only what a pseudonym did (GDPR Article 4(5)). */
export type Holds = 'identified' | 'pseudonymous';

export interface Zone {
  readonly name: ZoneName;
  readonly doc?: string;
  /** Purposes that the zone's data is used for: every subject in it consents to each of them. */
  readonly purposes: readonly string[];
  readonly holds: Holds;
  readonly span: Span;
}

/** A table that jobs read. */
export interface Table {
  readonly zone: ZoneName;
  readonly name: string;
  readonly doc?: string;
  readonly format: Format;
  /** Columns that are not in the files but in the names of their folders, `day=2024-01-31/`; absent: none. */
  readonly partitionedBy?: readonly string[];
  readonly columns: readonly DeclaredColumn[];
  /** Whom its rows are about; absent: about nobody (calendars, reference data). */
  readonly owner?: Owner;
  /** When what a row tells of happened. */
  readonly eventTime?: string;
  readonly consents: readonly Consent[];
  /** Author's promise that the table fits into each executor's memory, so that joins broadcast it. */
  readonly size: 'small' | 'large';
  readonly span: Span;
}

/** A stream, which nothing reads yet: messages of JSON, each declared as a row of a landing table is. */
export interface Stream extends Table {
  readonly from: StreamSource;
  /** Minutes by which an event may come late; absent: not said. */
  readonly watermark?: number;
  /** Id of the table from outside that its messages are delivered to; absent: none that the library knows. */
  readonly deliveredTo?: string;
}

/** Where a stream is, in AWS; both by ARN. */
export type StreamSource =
  | { readonly kind: 'kinesis'; readonly stream: string }
  | { readonly kind: 'kafka'; readonly cluster: string; readonly topic: string };

/** How the files of a table are written, or the database that has it instead. JSON is one object a line. */
export type Format = 'json' | 'parquet' | 'orc' | 'avro' | Csv | Jdbc;

/** `csv` */
export function formatName(format: Format): Extract<Format, string> | 'csv' | 'jdbc' {
  return typeof format === 'string' ? format : format.kind;
}

/** The database that has a table instead of the lake; undefined where it has files. */
export function databaseOf({ format }: Pick<Table, 'format'>): Jdbc | undefined {
  return typeof format !== 'string' && format.kind === 'jdbc' ? format : undefined;
}

/** Whether malformed rows are lines, which can be kept aside for a person to look at. */
export function keepsLines(format: Format): boolean {
  return format === 'json' || formatName(format) === 'csv';
}

/** CSV as RFC 4180 has it, with what differs from place to place. */
export interface Csv {
  readonly kind: 'csv';
  /** Whether the first line of each file names its columns; else they are in the order of the declaration. */
  readonly header: boolean;
  /** One character. */
  readonly delimiter: string;
  /** One character, or '' where nothing is quoted. */
  readonly quote: string;
  /** What stands before a quote within quotes: the quote itself, or a backslash. */
  readonly escape: string;
  /** The text without quotes that stands for null. */
  readonly nullValue: string;
  /** Whether values in quotes may go on in the next line; files are then read as a whole. */
  readonly lineBreaks: boolean;
}

/** A table of a PostgreSQL database. */
export interface Jdbc {
  readonly kind: 'jdbc';
  /** Name of the secret that says where the database is and who reads there. */
  readonly connection: string;
  readonly schema: string;
  readonly table: string;
  /** Rows that the driver fetches at a time. */
  readonly fetchSize: number;
  /** The subnet that reaches the database; absent: it is reached from where Glue is. */
  readonly network?: string | Network;
  /** How the table is read in several parts at once; absent: in one. */
  readonly split?: Split;
}

/** A subnet that the library makes a Glue connection to. Where a string stands instead, it names a connection of somebody else. */
export interface Network {
  /** By which environments give other subnets. */
  readonly name: string;
  /** Id in EC2: `subnet-0a1b2c3d`. */
  readonly subnet: string;
  /** Ids in EC2, at least one: `sg-0a1b2c3d`. */
  readonly securityGroups: readonly string[];
  /** The subnet's: `eu-central-1a`. */
  readonly availabilityZone: string;
}

/** Ranges of a column of whole numbers, of equal width between two bounds; the first and the last are open. */
export interface Split {
  readonly by: string;
  readonly from: number;
  readonly to: number;
  readonly parts: number;
}

export interface DeclaredColumn {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly labels: readonly Label[];
  /** The width of the bands in which a quasi-identifier may be shown; absent: it may not. */
  readonly band?: number;
  readonly doc?: string;
  readonly span: Span;
}

/** `alias` means that the key is a thing (a device's serial number) that belongs to a person. */
export interface Owner {
  readonly kind: 'subject' | 'alias';
  readonly name: string;
  readonly column: string;
}

/** Where a table about people says who consents to a purpose. Times are epoch milliseconds (long) or timestamps. */
export interface Consent {
  readonly purpose: string;
  /** When consent was given; null: not given. */
  readonly grantedAt: string;
  /** When it was withdrawn; null or before `grantedAt`: not withdrawn. */
  readonly withdrawnAt?: string;
  /** When the row was written: the newest row of a subject decides. */
  readonly version: string;
}

/** One Glue job: rows and the table they replace. */
export interface Job {
  readonly name: string;
  readonly doc?: string;
  readonly rows: Relation;
  readonly sink: Sink;
  /** What is expected of the table as a whole, before it is published. */
  readonly expectations?: readonly TableExpectation[];
  /** How its table is kept; absent: as files of Parquet alone. */
  readonly format?: 'iceberg';
  /** Columns whose values are the names of folders, `day=2024-01-31/`, in the order in which the folders nest; absent: none. */
  readonly partitionedBy?: readonly string[];
  /** Bytes that each file of the table is brought near to; absent: files are as Spark's tasks write them. */
  readonly targetFileSize?: number;
  /** AWS cron expression; absent: runs when its inputs were written. */
  readonly schedule?: string;
  /** Tags of the job in AWS, by name. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly workerType: WorkerType;
  readonly workers: number;
  /** Minutes. */
  readonly timeout: number;
  readonly glueVersion: GlueVersion;
  readonly span: Span;
}

export type WorkerType = 'G.1X' | 'G.2X' | 'G.4X' | 'G.8X';
export type GlueVersion = '5.1' | '6.0';

export interface Sink {
  readonly zone: ZoneName;
  readonly table: string;
  readonly doc?: string;
  readonly holds: Holds;
  readonly span: Span;
}

/** What the author declares of data from outside, tables and then streams. */
export function declarationsOf({ tables, streams = [] }: Library): readonly Table[] {
  return [...tables, ...streams];
}

/** `zone.table` */
export function tableId(table: { readonly zone: string; readonly name: string }): string {
  return `${table.zone}.${table.name}`;
}

/** `zone.table` of a job's output. */
export function sinkId(sink: Sink): string {
  return `${sink.zone}.${sink.table}`;
}
