import type { Expression } from '../../../algebra/expressions.ts';
import { inOrder } from '../../../algebra/fold.ts';
import type { Library } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import { check } from '../../../check/index.ts';
import { programOf, type Violation, variantsOf, violationIn } from './property.ts';
import { randomOf } from './random.ts';
import { fits, replaceStep } from './replace.ts';
import type { Found } from './search.ts';
import type { World } from './world.ts';

/** The same violation with as few steps, columns and rows as will show it. */
export function shrink(found: Found): Found {
  let best = found;
  for (let again = true; again; ) {
    again = false;
    for (const next of smaller(best)) {
      const violation = shown(next.library, next.world, best.violation);
      if (!violation) continue;
      best = { ...best, library: next.library, violation };
      again = true;
      break;
    }
  }
  return best;
}

/** The violation, where the library is still accepted and the world still shows one of that kind. */
function shown(library: Library, world: World, before: Violation): Violation | undefined {
  if (!fits(library, randomOf(0)) || !check(library).checked) return undefined;
  const variants = (of: World, purposes: readonly string[], seed: number) =>
    variantsOf(of, purposes, seed).filter(({ relation }) => relation === before.relation);
  return violationIn(library, programOf(library), world, before.seed, variants);
}

interface Candidate {
  readonly library: Library;
  readonly world: World;
}

function* smaller({ library, violation: { world } }: Found): Generator<Candidate> {
  for (const smallerLibrary of smallerLibraries(library)) yield { library: smallerLibrary, world };
  for (const [id, rows] of world) {
    for (const row of rows) {
      const left = rows.filter((one) => one !== row);
      yield { library, world: new Map([...world, [id, left]]) };
    }
  }
}

function* smallerLibraries(library: Library): Generator<Library> {
  if (library.jobs.length > 1) {
    for (const job of library.jobs)
      yield { ...library, jobs: library.jobs.filter((one) => one !== job) };
  }
  for (const job of library.jobs) {
    for (const node of inOrder(job.rows)) {
      for (const next of simpler(node)) {
        const rows = replaceStep(job.rows, node, next);
        yield {
          ...library,
          jobs: library.jobs.map((one) => (one === job ? { ...job, rows } : one)),
        };
      }
    }
  }
}

function* simpler(node: Relation): Generator<Relation> {
  yield* Object.values(node.from);
  if (node.kind === 'project') {
    for (const column of node.columns)
      yield { ...node, columns: node.columns.filter((one) => one !== column) };
  }
  if (node.kind === 'aggregate') {
    for (const measure of node.measures)
      yield { ...node, measures: node.measures.filter((one) => one !== measure) };
  }
  if (node.kind === 'filter') {
    for (const where of parts(node.where)) yield { ...node, where };
  }
  if (node.kind === 'expect') {
    for (const one of node.expectations)
      yield { ...node, expectations: node.expectations.filter((other) => other !== one) };
  }
  if (node.kind === 'join' && node.where) {
    const { where, ...plain } = node;
    if (node.on.length > 0) yield plain;
    for (const part of parts(where)) yield { ...node, where: part };
  }
  if (node.kind === 'join' && node.on.length > 1) {
    for (const pair of node.on) yield { ...node, on: node.on.filter((one) => one !== pair) };
  }
}

function parts(where: Expression): readonly Expression[] {
  return where.kind === 'call' && (where.function === 'and' || where.function === 'or')
    ? where.arguments
    : [];
}
