import type { Library } from '../algebra/library.ts';
import type { Relation } from '../algebra/relation.ts';
import type { Schema } from '../algebra/schema.ts';
import type { Frame } from '../algebra/verb.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { CheckedJob } from './checked-library.ts';

/**
 * What the passes have found out so far. Where something is wrong the part that depends on it is missing, so that later passes
 * tell each mistake once and still look at everything else.
 */
export interface Knowledge {
  readonly library: Library;
  /** When the library is checked: what people allowed may be over. */
  readonly now: Date;
  /** Jobs in an order in which they can run; without those that cannot. */
  readonly jobs: readonly CheckedJob[];
  /** Columns of relations whose rules found nothing wrong at or below them. */
  readonly schemas: ReadonlyMap<Relation, Schema>;
  /** Columns of tables, by `zone.table`. */
  readonly tableSchemas: ReadonlyMap<string, Schema>;
  /** Columns and states of relations. */
  readonly frames: ReadonlyMap<Relation, Frame>;
  /** Columns and states of tables, by `zone.table`. */
  readonly tableFrames: ReadonlyMap<string, Frame>;
  /** `zone.table` -> column -> declared columns (`zone.table.column`). */
  readonly lineage: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** One pass: what it found wrong, and what it found out. */
export interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly learnt: Partial<Omit<Knowledge, 'library' | 'now'>>;
}

export interface Pass {
  readonly name: string;
  run(known: Knowledge): Findings;
}

/** What is known before the first pass. */
export function nothingKnown(library: Library, now: Date): Knowledge {
  return {
    library,
    now,
    jobs: [],
    schemas: new Map(),
    tableSchemas: new Map(),
    frames: new Map(),
    tableFrames: new Map(),
    lineage: new Map(),
  };
}
