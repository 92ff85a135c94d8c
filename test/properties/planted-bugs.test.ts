import { expect } from 'chai';
import fc from 'fast-check';
import { emitTransform } from '../../codegen/pyspark/transform.ts';
import { type SparkCase, sparkRows, sparkVersions } from '../verbs/spark-rows.ts';
import { difference, sparkCase } from './compared.ts';
import { type PlantedBug, plantedBugs, withBug } from './planted-bugs.ts';
import { type Program, programs } from './programs.ts';

/** All planted bugs, some minutes: `LAKEWRIGHT_PLANTED_BUGS=all npx mocha test/properties/planted-bugs.test.ts`. */
const isLong = process.env['LAKEWRIGHT_PLANTED_BUGS'] === 'all';
const handful = [
  'ties keep all rows',
  'nulls come first where they come last',
  'doubles are counted',
];
const bugs = plantedBugs.filter(({ name }) => isLong || handful.includes(name));

/** How many programs a mistake is looked for in: those, of many, that it changes. */
const most = isLong ? 40 : 24;
const drawn = fc.sample(programs, { numRuns: isLong ? 2000 : 200, seed: 1 });

describe('mistakes that the compiler could make are found by comparing random programs with the interpreter:', () => {
  const [glue] = sparkVersions();
  if (!glue) throw new TypeError('there is no Spark');
  const uncaught: string[] = [];

  it('each can be made', () => {
    const found = bugs.filter((bug) => programsWith(bug).length > 0);
    expect(found.map(({ name }) => name)).to.deep.equal(bugs.map(({ name }) => name));
  }).timeout(600_000);

  for (const bug of bugs) {
    it(`${bug.name}, on Glue ${glue}`, async function find() {
      const programs = programsWith(bug);
      const isFound = await isCaught(bug, programs);
      if (isFound) return;
      uncaught.push(bug.name);
      if (!isLong) expect.fail(`none of ${programs.length} programs finds it`);
    }).timeout(600_000);
  }

  it('at least 95 % of them', () => {
    expect(uncaught.length, uncaught.join('; ')).to.be.at.most(bugs.length * 0.05);
  });

  async function isCaught(bug: PlantedBug, found: readonly Program[]): Promise<boolean> {
    for (let start = 0; start < found.length; start += 10) {
      const some = found.slice(start, start + 10);
      const answers = await sparkRows(
        glue ?? '5.1',
        some.map((program) => mistaken(program, bug)),
      );
      if (some.some((program, index) => difference(program, answers[index]))) return true;
    }
    return false;
  }
});

function programsWith(bug: PlantedBug): readonly Program[] {
  const found: Program[] = [];
  for (const program of drawn) {
    const script = scriptOf(program);
    if (withBug(script, bug) !== script) found.push(program);
    if (found.length === most) break;
  }
  return found;
}

const scripts = new Map<Program, string>();

function scriptOf(program: Program): string {
  const known = scripts.get(program);
  if (known !== undefined) return known;
  const { relation, schema } = sparkCase(program);
  const script = emitTransform(relation, { schema });
  scripts.set(program, script);
  return script;
}

/** Interpreted by Spark, since the script's mistakes are looked for, not Spark's. */
function mistaken(program: Program, bug: PlantedBug): SparkCase {
  return { ...sparkCase(program), isInterpreted: true, rewrite: (script) => withBug(script, bug) };
}
