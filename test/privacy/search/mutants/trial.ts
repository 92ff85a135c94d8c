import type { Library } from '../../../../algebra/library.ts';
import { passes } from '../../../../check/index.ts';
import { nothingKnown } from '../../../../check/knowledge.ts';
import { programOf, violationIn } from '../property.ts';
import { libraryAt, poolSize, worldPool } from '../search.ts';
import { chosenMutation } from './chosen.ts';

/** How much a form of the rules is tried with. */
export interface Size {
  readonly seed: number;
  /** Libraries to draw that the rules refuse, and how many at most that they accept. */
  readonly refused: number;
  readonly accepted: number;
  /** Worlds to try each library in that only a mutation accepts. */
  readonly worlds: number;
}

/** What the search makes of rules in another form. */
export interface Trial {
  /** Libraries that only the other form accepts, as far as it was asked. */
  readonly more: number;
  /** Libraries that only the rules as they are accept. */
  readonly fewer: number;
  /** How the first library that it accepts, and that is not as it should be, was found out. */
  readonly caught?: string;
}

interface Material {
  readonly accepted: readonly Library[];
  readonly refused: readonly Library[];
  readonly worlds: number;
  readonly pool: ReturnType<typeof worldPool>;
}

/** What to try forms of the rules with; drawn by the rules as they are. */
function materialOf(size: Size): Material {
  const [accepted, refused]: [Library[], Library[]] = [[], []];
  for (let index = 0; refused.length < size.refused; index += 1) {
    const library = libraryAt(size.seed, index);
    if (!isAccepted(library)) refused.push(library);
    else if (accepted.length < size.accepted) accepted.push(library);
  }
  return { accepted, refused, worlds: size.worlds, pool: worldPool(size.seed) };
}

/** Libraries are asked in parts, since most weaker forms are found out in the first; of each part so many are tried at most. */
const part = 400;
const mostTried = 40;

/**
 * Tries the form of the rules that is chosen. Libraries that the rules as they are accept too need not be tried in worlds, unless
 * the mutation is of what consent means.
 */
function trial(material: Material, isOfRows: boolean): Trial {
  const { accepted, refused } = material;
  const still = accepted.filter(isAccepted);
  const fewer = accepted.length - still.length;
  // Who refuses most of what is right would be found out by every other test.
  if (fewer > accepted.length / 2) return { more: 0, fewer };
  if (isOfRows) return { more: 0, fewer, ...firstFound(still, material) };
  let more = 0;
  for (let first = 0; first < refused.length; first += part) {
    const besides = refused.slice(first, first + part).filter(isAccepted);
    more += besides.length;
    const found = firstFound(besides.slice(0, mostTried), material);
    if (found) return { more, fewer, ...found };
  }
  return { more, fewer };
}

/** The passes that tell whose rows are where; names and types are as they should be. */
const asked: readonly string[] = ['graph', 'schema', 'privacy', 'zones'];

/** Whether the rules of privacy accept a library. */
function isAccepted(library: Library): boolean {
  let known = nothingKnown(library, new Date());
  for (const pass of passes) {
    if (!asked.includes(pass.name)) continue;
    const { diagnostics, learnt } = pass.run(known);
    if (diagnostics.length > 0) return false;
    known = { ...known, ...learnt };
  }
  return true;
}

function firstFound(
  libraries: readonly Library[],
  { worlds, pool }: Material,
): Pick<Trial, 'caught'> | undefined {
  // All libraries in few worlds, then in more: most that leak do so in the first.
  for (let round = 0; round < worlds; round += 4) {
    for (const [index, library] of libraries.entries()) {
      const program = programOf(library);
      for (let place = round; place < Math.min(round + 4, worlds); place += 1) {
        const own = index * worlds + place;
        const found = violationIn(library, program, pool.world(own), own % poolSize, pool.variants);
        if (found) return { caught: found.relation };
      }
    }
  }
  return undefined;
}

/** A mutation to try, by its place among those that the copy of the rules has in it. */
export interface Asked {
  readonly index: number;
  readonly isOfRows: boolean;
}

/** What a process of trials answers; the first time nothing, once it can be asked. */
export interface Answer {
  readonly trial?: Trial;
  readonly error?: string;
}

const [given] = process.argv.slice(2);
if (process.send && given !== undefined) {
  const material = materialOf(JSON.parse(given) as Size);
  const tell = (answer: Answer) => process.send?.(answer);
  process.on('message', ({ index, isOfRows }: Asked) => {
    chosenMutation.index = index;
    try {
      tell({ trial: trial(material, isOfRows) });
    } catch (error) {
      tell({ error: String(error).slice(0, 300) });
    }
    chosenMutation.index = -1;
  });
  tell({});
}
