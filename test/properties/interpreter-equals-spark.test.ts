import { expect } from 'chai';
import fc from 'fast-check';
import { printRelation } from '../../algebra/printer.ts';
import type { Relation } from '../../algebra/relation.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { type SparkAnswer, sparkRows, sparkTypes, sparkVersions } from '../verbs/spark-rows.ts';
import { type Program, programs } from './programs.ts';

/** How many programs, and which: `LAKEWRIGHT_PROPERTY_RUNS=500 LAKEWRIGHT_PROPERTY_SEED=7 npx mocha test/properties`. */
const runs = Number(process.env['LAKEWRIGHT_PROPERTY_RUNS'] ?? 30);
const seed = Number(process.env['LAKEWRIGHT_PROPERTY_SEED'] ?? 1);
const batch = 30;

describe('random programs', () => {
  const drawn = fc.sample(programs, { numRuns: runs, seed });

  it('are accepted by the rules', () => {
    const refused = drawn.filter(({ given, relation }) => !checkedCase(given, relation).frame);
    expect(refused.map(({ relation }) => printRelation(relation))).to.deep.equal([]);
  });

  for (const glue of sparkVersions()) {
    for (let start = 0; start < runs; start += batch) {
      it(`${start} to ${Math.min(start + batch, runs) - 1} mean the same on Glue ${glue}`, async () => {
        const these = drawn.slice(start, start + batch);
        const answers = await sparkRows(glue, these.map(sparkCase));
        const differences = these.flatMap((program, index) =>
          difference(program, answers[index], start + index),
        );
        expect(differences.join('\n\n')).to.equal('');
      }).timeout(600_000);
    }
  }
});

function sparkCase({ given, relation }: Program) {
  const { checked, tables } = checkedCase(given, relation);
  const schema = (of: Relation) => checked.frames.get(of)?.schema ?? [];
  return { relation, schema, tables, consentAsOf: 0n };
}

/** What is wrong with an answer, with all it takes to see it again. */
function difference(
  { given, relation }: Program,
  answer: SparkAnswer | Error | undefined,
  index: number,
): readonly string[] {
  const written = checkedCase(given, relation);
  const rows = interpretRelation(written.checked, relation, sampleOf(written, 0n));
  const wanted = {
    types: sparkTypes(written.frame?.schema ?? []),
    rows: comparable(rows),
  };
  const found =
    !answer || answer instanceof Error
      ? String(answer)
      : { types: answer.types, rows: comparable(answer.rows) };
  if (JSON.stringify(found) === JSON.stringify(wanted)) return [];
  const only = (some: readonly string[], others: readonly string[]) => {
    const left = [...others];
    const isExtra = (row: string) => left.indexOf(row) < 0 || !left.splice(left.indexOf(row), 1);
    return some.filter(isExtra).join('\n    ');
  };
  const detail =
    typeof found === 'string'
      ? found
      : `  only Spark:\n    ${only(found.rows, wanted.rows)}\n  only the interpreter:\n    ${only(wanted.rows, found.rows)}`;
  return [`program ${index} of seed ${seed}:\n${printRelation(relation)}\n${detail}`];
}
