import type { State } from '../algebra/labels.ts';
import type { Job, Library, Table } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';

/** A library in which no pass found a mistake, with all that the passes found out. */
export interface CheckedLibrary {
  readonly library: Library;
  /** Every job after the jobs whose tables it reads; the author's order where that leaves a choice. */
  readonly jobs: readonly CheckedJob[];
  /** Tables that are declared or written, by `zone.table`; declared ones first, both in the author's order. */
  readonly tables: ReadonlyMap<string, CheckedTable>;
  /** Columns and state of every relation of every job. */
  readonly frames: ReadonlyMap<Relation, Frame>;
}

export interface CheckedJob {
  readonly job: Job;
  /** `zone.table` of all it reads, sorted. */
  readonly reads: readonly string[];
  /** Names of the jobs that write what it reads, sorted. */
  readonly after: readonly string[];
}

export interface CheckedTable {
  /** `zone.table` */
  readonly id: string;
  /** Of a written table, what its job gives it, whatever a declaration says. */
  readonly schema: Schema;
  readonly state: State;
  /** Present where the author declared the table. */
  readonly declared?: Table;
  /** Present where a job of the library writes it. */
  readonly writer?: Job;
  readonly size: 'small' | 'large';
  /** For every column the declared columns (`zone.table.column`) that its values are made of, sorted. */
  readonly lineage: ReadonlyMap<string, readonly string[]>;
}
