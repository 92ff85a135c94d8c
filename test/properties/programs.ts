import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row, Value } from '../../algebra/row.ts';
import { boolean } from '../../algebra/types.ts';
import { groupKeyProblems } from '../../check/portability.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { type Given, typeOf } from '../verbs/given.ts';
import { aggregate, call, filter, source } from '../verbs/nodes.ts';
import { wordsIn } from './coverage.ts';
import { type Draw, drawing, fresh, pick, type Tally } from './draw.ts';
import { drawnValue, expression } from './expressions.ts';
import { STATISTIC, statistic } from './measures.ts';
import { columnTypes } from './nasty-values.ts';
import { givenPeople, peopleSteps } from './people-steps.ts';
import { saidSteps } from './said-steps.ts';
import { called } from './signature-calls.ts';
import { namesOf, type Place, type StepMaker, steps } from './steps.ts';

/** A random pipeline that the compiler accepts, and rows for it. */
export interface Program {
  readonly given: Readonly<Record<string, Given>>;
  readonly relation: Relation;
}

/**
 * Pipelines of one to five steps over tables about nobody, or about people.
 * @param tally counts what they have, and steers what is drawn next: then they must be drawn one after the other
 */
export function programsOf(tally?: Tally): fc.Arbitrary<Program> {
  return fc.gen().map((generate) => {
    const draw = drawing(generate, tally);
    const given = givenTables(draw);
    const words = new Set<string>();
    const isOfPeople = draw(fc.integer({ min: 0, max: 5 })) === 0;
    let relation: Relation = source(isOfPeople ? 'people' : 'first');
    for (let count = draw(fc.integer({ min: 1, max: 5 })); count > 0; count -= 1) {
      relation = withStep(draw, given, relation, words, nextStep);
    }
    if (draw(fc.integer({ min: 0, max: 3 })) === 0)
      relation = withStep(draw, given, relation, words, lastStep);
    tally?.add(new Set([...words, ...wordsIn(relation)]));
    return { given, relation };
  });
}

/** Pipelines that nobody counts. */
export const programs: fc.Arbitrary<Program> = programsOf();

/** Pipelines of steps as the algebra has them, each of which an author has one word for. */
export const plainPrograms: fc.Arbitrary<Program> = fc.gen().map((generate) => {
  const draw = drawing(generate);
  const given = givenTables(draw);
  let relation: Relation = source('first');
  for (let count = draw(fc.integer({ min: 1, max: 5 })); count > 0; count -= 1) {
    relation = withStep(draw, given, relation, new Set(), plainStep);
  }
  return { given, relation };
});

/** Pipelines with a condition of the rows that they make. */
export const withConditions: fc.Arbitrary<Program & { readonly condition: Expression }> = fc
  .gen()
  .map((generate) => {
    const draw = drawing(generate);
    const program = draw(programs);
    const { given, relation } = program;
    const schema = checkedCase(given, relation).frame?.schema ?? [];
    for (let tries = 0; tries < 5; tries += 1) {
      const condition = expression(draw, schema, boolean, 2);
      if (rowsOf(given, filter(relation, condition))) return { ...program, condition };
    }
    return { ...program, condition: call('isNull', pick(draw, schema).name) };
  });

type Made = readonly [word: string, relation: Relation];

/** A step more that the rules accept, or none; mostly one that leaves rows, since all programs agree on nothing. */
function withStep(
  draw: Draw,
  given: Program['given'],
  input: Relation,
  words: Set<string>,
  make: (place: Place) => Made,
): Relation {
  const schema = checkedCase(given, input).frame?.schema ?? [];
  let found: Made | undefined;
  for (let tries = 0; tries < 5; tries += 1) {
    const [word, next] = make({ draw, given, input, schema });
    const rows = next === input ? undefined : rowsOf(given, next);
    if (rows) found = [word, next];
    if (rows && rows.length > 0) break;
  }
  if (!found) return input;
  words.add(`.${found[0]}`);
  return found[1];
}

const about: Readonly<Record<string, StepMaker>> = peopleSteps;
const others: Readonly<Record<string, StepMaker>> = { ...steps, ...saidSteps };

/** The words that authors say steps with, as far as they are drawn. */
export const drawnVerbs: readonly string[] = Object.keys({ ...about, ...others });

function plainStep(place: Place): Made {
  const word = place.draw.rare(Object.keys(steps) as (keyof typeof steps)[]);
  return [word, steps[word](place)];
}

function nextStep(place: Place): Made {
  const { draw, given, input } = place;
  const lot = draw(fc.integer({ min: 0, max: 19 }));
  if (lot < 4) return ['derive', called('exact', place)];
  // One verb has all functions of windows, as derive has the others.
  if (lot < 6) return ['window', steps.window(place)];
  const isOfPeople = checkedCase(given, input).frame?.state.kind !== 'public';
  const makers = isOfPeople && draw(fc.boolean()) ? about : others;
  const word = draw.rare(Object.keys(makers).map((one) => `.${one}`)).slice(1);
  return [word, makers[word]?.(place) ?? input];
}

/** Of which last digits may differ, so that nothing is made of it. */
function lastStep(place: Place): Made {
  const { draw, input, schema } = place;
  if (draw(fc.boolean())) return ['derive', called('inexact', place)];
  const by = namesOf(place, 1, 2);
  return ['groupBy', aggregate(input, by, { [fresh(schema, STATISTIC)]: statistic(draw, schema) })];
}

/** Undefined where the compiler refuses the program. */
function rowsOf(given: Program['given'], relation: Relation): readonly Row[] | undefined {
  const written = checkedCase(given, relation);
  const nodes = [...written.checked.frames];
  const canGroup = nodes.every(([node, { schema }]) => groupKeyProblems(node, schema).length === 0);
  if (!written.frame || !canGroup) return undefined;
  return interpretRelation(written.checked, relation, sampleOf(written, 0n));
}

function givenTables(draw: Draw): Program['given'] {
  return { first: givenTable(draw), second: givenTable(draw), people: givenPeople(draw) };
}

/** Rows of which some repeat others, wholly or but for a value, so that orders have ties and groups have rows. */
function givenTable(draw: Draw): Given {
  const types = Object.values(columnTypes);
  const rows: (readonly Value[])[] = [];
  for (let count = draw(fc.integer({ min: 0, max: 20 })); count > 0; count -= 1) {
    const fresh = types.map((type) => drawnValue(draw, typeOf(type), type.endsWith('?')));
    const earlier = rows.length > 0 && draw(fc.boolean()) ? pick(draw, rows) : fresh;
    const changed = draw(fc.integer({ min: -3, max: types.length - 1 }));
    rows.push(earlier.map((value, index) => (index === changed ? (fresh[index] ?? null) : value)));
  }
  return { columns: columnTypes, rows };
}
