import { type Cases, fold } from '../../../algebra/fold.ts';
import { sinkId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import type { Schema } from '../../../algebra/schema.ts';
import type { Execution, Verb } from '../../../algebra/verb.ts';
import { verbs } from '../../../algebra/verbs/index.ts';
import type { SoleOwner } from '../../../algebra/verbs/sole-owner.ts';
import type { CheckedJob } from '../../../check/checked-library.ts';
import { withTurned } from './orders.ts';
import { pseudonymKey } from './pseudonyms.ts';
import { consentAsOf, type World } from './world.ts';

/** What can be run: jobs in an order in which they can run, and the columns of every step. */
export interface Program {
  readonly jobs: readonly CheckedJob[];
  schema(relation: Relation): Schema;
}

/** Devices that each step which looks owners up leaves out, because they belong to several people or to nobody. */
export type Quarantine = ReadonlyMap<Relation, ReadonlySet<Value>>;

export interface Outcome {
  /** Rows of the written tables, by `zone.table`. */
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  readonly quarantine: Quarantine;
}

/**
 * The rows that all jobs write, by the verbs' own meaning.
 * @param besides devices to leave out besides those that a step leaves out of itself
 * @param turned windows that see some columns of their input in the reverse order
 */
export function run(
  program: Program,
  world: World,
  besides: Quarantine = new Map(),
  turned: ReadonlyMap<Relation, readonly string[]> = new Map(),
): Outcome {
  const tables = new Map(world);
  const written = new Map<string, readonly Row[]>();
  const quarantine = new Map<Relation, ReadonlySet<Value>>();
  const execution: Execution = {
    rows: (id) => tables.get(id) ?? [],
    consentAsOf,
    pseudonymKey,
    schema: (relation) => program.schema(relation),
  };
  const cases = Object.fromEntries(
    Object.values(verbs).map((each) => {
      const verb = each as Verb<Relation>;
      return [
        verb.kind,
        (node: Relation, inputs: Readonly<Record<string, readonly Row[]>>) => {
          const rows = withTurned(turned.get(node), inputs, (seen) =>
            verb.rows(node, seen, execution),
          );
          return node.kind === 'soleOwner'
            ? owned(node, inputs['input'] ?? [], rows, quarantine, besides)
            : rows;
        },
      ];
    }),
    // The registry is total over the kinds; TypeScript cannot correlate each entry with its own node type.
  ) as unknown as Cases<readonly Row[]>;
  for (const { job } of program.jobs) {
    const rows = fold(job.rows, cases);
    tables.set(sinkId(job.sink), rows);
    written.set(sinkId(job.sink), rows);
  }
  return { tables: written, quarantine };
}

function owned(
  node: SoleOwner,
  input: readonly Row[],
  kept: readonly Row[],
  quarantine: Map<Relation, ReadonlySet<Value>>,
  besides: Quarantine,
): readonly Row[] {
  const device = (row: Row) => row[node.alias] ?? null;
  const sole = new Set(kept.map(device));
  quarantine.set(node, new Set(input.map(device).filter((one) => !sole.has(one))));
  const more = besides.get(node);
  return more ? kept.filter((row) => !more.has(device(row))) : kept;
}
