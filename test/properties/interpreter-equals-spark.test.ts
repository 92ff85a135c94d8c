import { expect } from 'chai';
import fc from 'fast-check';
import { printRelation } from '../../algebra/printer.ts';
import type { GlueVersion } from '../../runtime/toolchain.ts';
import { checkedCase } from '../verbs/checked-case.ts';
import { type SparkCase, sparkRows, sparkVersions } from '../verbs/spark-rows.ts';
import { difference, sparkCase } from './compared.ts';
import { drawable, notDrawn } from './coverage.ts';
import { emptyTally } from './draw.ts';
import { drawnVerbs, type Program, programsOf } from './programs.ts';
import { sayableVerbs } from './said.ts';
import { programText, shrunk } from './shrink.ts';

/** How many programs, and which: `LAKEWRIGHT_PROPERTY_RUNS=500 LAKEWRIGHT_PROPERTY_SEED=7 npx mocha test/properties`. */
const runs = Number(process.env['LAKEWRIGHT_PROPERTY_RUNS'] ?? 30);
const seed = Number(process.env['LAKEWRIGHT_PROPERTY_SEED'] ?? 1);
const batch = 30;

/** In how many programs each verb, function and aggregate has to be: in 50 of 10,000; a part of those may have fewer by chance. */
const least = Math.floor(runs / (runs < 10_000 ? 600 : 200));

describe('random programs', () => {
  const tally = emptyTally();
  const drawn = fc.sample(programsOf(tally), { numRuns: runs, seed });

  it('are accepted by the rules', () => {
    const refused = drawn.filter(({ given, relation }) => !checkedCase(given, relation).frame);
    expect(refused.map(({ relation }) => printRelation(relation))).to.deep.equal([]);
  });

  it('are drawn of all verbs that an author can say, but those that have a reason', () => {
    const missing = sayableVerbs().filter((verb) => !drawnVerbs.includes(verb));
    expect(missing.filter((verb) => !(verb in notDrawn))).to.deep.equal([]);
  });

  it(`have every verb, function and aggregate, each in at least ${least} of ${runs}`, () => {
    const counts = drawable().map((word) => [word, tally.counts.get(word) ?? 0] as const);
    expect(counts.filter(([, count]) => count < least)).to.deep.equal([]);
  });

  const glues = sparkVersions();
  for (let start = 0; start < runs; start += batch) {
    const which = `${start} to ${Math.min(start + batch, runs) - 1}`;
    it(`${which} mean the same on Glue ${glues.join(' and ')}`, async () => {
      const these = drawn.slice(start, start + batch);
      const told = await Promise.all(glues.map((glue) => differingOn(glue, these)));
      expect(told.join('')).to.equal('');
    }).timeout(1_200_000);
  }
});

/** Spark makes Java of every third program, as it does on Glue, and interprets the others, which takes two thirds of the time. */
function numberedCase(program: Program, index: number): SparkCase {
  return { ...sparkCase(program), isInterpreted: index % 3 > 0 };
}

/** What programs do otherwise on one Spark, the first of them as small as it gets; empty where they do not. */
async function differingOn(glue: GlueVersion, these: readonly Program[]): Promise<string> {
  const answers = await sparkRows(glue, these.map(numberedCase));
  const failing = these.filter((program, index) => difference(program, answers[index]));
  const [first] = failing;
  if (!first) return '';
  const number = these.indexOf(first);
  const differenceOf = async (program: Program) =>
    difference(program, (await sparkRows(glue, [numberedCase(program, number)]))[0]);
  const smallest = await shrunk(first, async (one) => !!(await differenceOf(one)));
  const how = numberedCase(first, number).isInterpreted ? 'interpreted' : 'compiled';
  return [
    `${failing.length} programs differ on Glue ${glue}; the first, ${how}, made as small as it gets:`,
    programText(smallest),
    `${await differenceOf(smallest)}\n`,
  ].join('\n');
}
