import { readFileSync } from 'node:fs';
import { deserialize } from 'node:v8';
import type { Library } from '../../../../algebra/library.ts';
import { passes } from '../../../../check/index.ts';
import { nothingKnown } from '../../../../check/knowledge.ts';
import { programOf, violationIn } from '../property.ts';
import { poolSize, worldPool } from '../search.ts';

/** What a trial is given, in a file. */
export interface Material {
  readonly seed: number;
  /** Libraries that the rules as they are accept. */
  readonly accepted: readonly Library[];
  /** Libraries that they refuse. */
  readonly refused: readonly Library[];
  /** Worlds to try each library in. */
  readonly worlds: number;
}

/** What the search makes of rules in another form. */
export interface Trial {
  /** Libraries that only the other form accepts. */
  readonly more: number;
  /** Libraries that only the rules as they are accept. */
  readonly fewer: number;
  /** How the first library that it accepts, and that is not as it should be, was found out. */
  readonly caught?: string;
}

/** Of the libraries that a form accepts besides, so many are tried at most. */
const mostTried = 120;

/**
 * Tries the rules that stand beside this file. Libraries that the rules as they are accept too need not be tried in worlds, unless
 * the mutation is of what consent means.
 */
export function trial(material: Material, isOfRows: boolean): Trial {
  const still = material.accepted.filter(isAccepted);
  const fewer = material.accepted.length - still.length;
  // Who refuses most of what is right would be found out by every other test.
  if (fewer > material.accepted.length / 2) return { more: 0, fewer };
  const more = material.refused.filter(isAccepted);
  const caught = firstFound(isOfRows ? still : more.slice(0, mostTried), material);
  return { more: more.length, fewer, ...(caught === undefined ? {} : { caught }) };
}

/** The passes that tell whose rows are where; names and types are as they should be. */
const asked: readonly string[] = ['graph', 'schema', 'privacy', 'zones'];

/** Whether the rules of privacy accept a library. */
export function isAccepted(library: Library): boolean {
  let known = nothingKnown(library);
  for (const pass of passes) {
    if (!asked.includes(pass.name)) continue;
    const { diagnostics, learnt } = pass.run(known);
    if (diagnostics.length > 0) return false;
    known = { ...known, ...learnt };
  }
  return true;
}

function firstFound(libraries: readonly Library[], { seed, worlds }: Material): string | undefined {
  const pool = worldPool(seed);
  // All libraries in few worlds, then in more: most that leak do so in the first.
  for (let round = 0; round < worlds; round += 4) {
    for (const [index, library] of libraries.entries()) {
      const program = programOf(library);
      for (let place = round; place < Math.min(round + 4, worlds); place += 1) {
        const own = index * worlds + place;
        const found = violationIn(library, program, pool.world(own), own % poolSize, pool.variants);
        if (found) return found.relation;
      }
    }
  }
  return undefined;
}

const [file, isOfRows] = process.argv.slice(2);
if (file !== undefined && import.meta.url === `file://${process.argv[1]}`) {
  const material = deserialize(readFileSync(file)) as Material;
  process.stdout.write(JSON.stringify(trial(material, isOfRows === 'rows')));
}
