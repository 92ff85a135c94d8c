import { type Library, sinkId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import type { Row } from '../../../algebra/row.ts';
import { passes } from '../../../check/index.ts';
import { type Knowledge, nothingKnown } from '../../../check/knowledge.ts';
import { comparable } from '../../verbs/row-comparison.ts';
import { canaries } from './canaries.ts';
import { ordersByName } from './orders.ts';
import { seedOf } from './random.ts';
import { type RelationName, relations } from './relations.ts';
import { type Program, type Quarantine, run } from './run.ts';
import type { World } from './world.ts';

/** A change of a world that a zone must not notice and does, or a value that must not be in one. */
export interface Violation {
  readonly relation: RelationName | 'canary' | 'order of names';
  /** `zone.table` */
  readonly table: string;
  readonly purposes: readonly string[];
  readonly seed: number;
  readonly world: World;
  readonly changed: World;
  /** Rows that only one of the two worlds gives; of a canary, the rows that hold one. */
  readonly only: readonly (readonly string[])[];
}

/** Runs a library that fits, whatever the rules of privacy say of it. */
export function programOf(library: Library): Program {
  let known: Knowledge = nothingKnown(library, new Date());
  for (const pass of passes) {
    if (pass.name === 'privacy') break;
    known = { ...known, ...pass.run(known).learnt };
  }
  const { schemas, jobs } = known;
  return {
    jobs,
    schema(relation: Relation) {
      const found = schemas.get(relation);
      if (!found) throw new TypeError(`a ${relation.kind} step is not of the library`);
      return found;
    },
  };
}

/** What every zone of a library must not notice, tried in one world; the first that one does. */
export function violationIn(
  library: Library,
  program: Program,
  world: World,
  seed: number,
  variants: (
    world: World,
    purposes: readonly string[],
    seed: number,
  ) => readonly Variant[] = variantsOf,
): Violation | undefined {
  const base = run(program, world);
  for (const job of library.jobs) {
    const { sink } = job;
    const purposes = library.zones.find((zone) => zone.name === sink.zone)?.purposes ?? [];
    const table = sinkId(sink);
    for (const { relation, changed } of variants(world, purposes, seed)) {
      const only = difference(program, world, changed, table, base);
      if (only) return { relation, table, purposes, seed, world, changed, only };
    }
    const orders = tellsOrder(program, world, job, base.tables.get(table) ?? []);
    if (orders) {
      const more = { purposes, seed, world, changed: world };
      return { relation: 'order of names', table, only: orders, ...more };
    }
    const rows = canaries(program, world, sink, purposes, base.tables.get(table) ?? []);
    if (rows.length > 0) {
      const more = { purposes, seed, world, changed: world };
      return { relation: 'canary', table, only: [comparable(rows)], ...more };
    }
  }
  return undefined;
}

/** Rows of a pseudonymous table that are others where windows see names and times in another order. */
function tellsOrder(
  program: Program,
  world: World,
  { rows, sink }: Library['jobs'][number],
  base: readonly Row[],
): Violation['only'] | undefined {
  const orders = sink.holds === 'identified' ? new Map() : ordersByName(rows, program);
  if (orders.size === 0) return undefined;
  const other = run(program, world, new Map(), orders).tables.get(sinkId(sink)) ?? [];
  return unlike(base, other);
}

export interface Variant {
  readonly relation: RelationName;
  readonly changed: World;
}

/** The changed worlds that differ from a world. */
export function variantsOf(
  world: World,
  purposes: readonly string[],
  seed: number,
): readonly Variant[] {
  return relationNames.flatMap((relation) => {
    const changed = relations[relation](world, purposes, seedOf(seed, relation));
    return changed === world ? [] : [{ relation, changed }];
  });
}

// The keys of the table of relations.
const relationNames = Object.keys(relations) as readonly RelationName[];

/**
 * Rows that only one of two worlds gives. What people leave out for a device that several own is the same in both: that a device
 * is shared may show, nothing of whose it is.
 */
function difference(
  program: Program,
  world: World,
  changed: World,
  table: string,
  base: ReturnType<typeof run>,
): Violation['only'] | undefined {
  const other = run(program, changed);
  const both = unite(base.quarantine, other.quarantine);
  const left = both ? run(program, world, both) : base;
  const right = both ? run(program, changed, both) : other;
  return unlike(left.tables.get(table) ?? [], right.tables.get(table) ?? []);
}

function unlike(one: readonly Row[], other: readonly Row[]): Violation['only'] | undefined {
  const [first, second] = [one, other].map((rows) => comparable(rows));
  if (JSON.stringify(first) === JSON.stringify(second)) return undefined;
  return [without(first ?? [], second ?? []), without(second ?? [], first ?? [])];
}

function unite(left: Quarantine, right: Quarantine): Quarantine | undefined {
  const steps = [...new Set([...left.keys(), ...right.keys()])];
  const both = new Map(
    steps.map((step) => [step, new Set([...(left.get(step) ?? []), ...(right.get(step) ?? [])])]),
  );
  const same = steps.every(
    (step) =>
      both.get(step)?.size === left.get(step)?.size &&
      both.get(step)?.size === right.get(step)?.size,
  );
  return same ? undefined : both;
}

function without(rows: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return rows.filter((row) => {
    const place = left.indexOf(row);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
