import { expect } from 'chai';
import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row } from '../../algebra/row.ts';
import type { GlueVersion } from '../../runtime/toolchain.ts';
import { checkedCase } from '../verbs/checked-case.ts';
import { call, column, filter, project } from '../verbs/nodes.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { type SparkCase, sparkRows, sparkVersions } from '../verbs/spark-rows.ts';
import { only, sparkCase } from './compared.ts';
import { type Program, withConditions } from './programs.ts';
import { programText } from './shrink.ts';

/** How many programs, and which: `LAKEWRIGHT_METAMORPHIC_RUNS=500 LAKEWRIGHT_PROPERTY_SEED=7 npx mocha test/properties/metamorphic.test.ts`. */
const runs = Number(process.env['LAKEWRIGHT_METAMORPHIC_RUNS'] ?? 6);
const seed = Number(process.env['LAKEWRIGHT_PROPERTY_SEED'] ?? 1);
const batch = 10;

type Drawn = Program & { readonly condition: Expression };

/**
 * Programs that must make the same rows on Spark, whatever those are; so nothing is compared with the interpreter here, which
 * could share a mistake. After M. Rigger and Z. Su: ternary logic partitioning (OOPSLA 2020), non-optimizing reference engine
 * construction (ESEC/FSE 2020).
 */
describe('random programs that must mean the same', () => {
  const drawn = fc.sample(withConditions, { numRuns: runs, seed });

  const glues = sparkVersions();
  for (let start = 0; start < runs; start += batch) {
    const which = `${start} to ${Math.min(start + batch, runs) - 1}`;
    it(`${which} do on Glue ${glues.join(' and ')}`, async () => {
      const these = drawn.slice(start, start + batch);
      const found = await Promise.all(glues.map((glue) => differencesOn(glue, these)));
      expect(found.flat().join('\n')).to.equal('');
    }).timeout(1_200_000);
  }
});

/** What programs do otherwise that must do the same, all on one Spark. */
async function differencesOn(
  glue: GlueVersion,
  these: readonly Drawn[],
): Promise<readonly string[]> {
  // Every third is compiled, since that is how Glue does it.
  const cases = these.map((one, index) =>
    casesOf(one).map((each) => ({ ...each, isInterpreted: index % 3 > 0 })),
  );
  const answers = await sparkRows(glue, cases.flat());
  const rowsOf = (at: number): readonly Row[] => {
    const answer = answers[at];
    if (answer && !(answer instanceof Error)) return answer.rows;
    throw answer ?? new TypeError('no answer');
  };
  return these.flatMap((one, index) => {
    const [first = 0, ...others] = (cases[index] ?? []).map(
      (_, place) => cases.slice(0, index).flat().length + place,
    );
    const found = differencesOf(one, rowsOf(first), others.map(rowsOf));
    return found.map((text) => `Glue ${glue}, ${text}`);
  });
}

/** The program, its tables otherwise ordered and split, the rows of which a condition is true, false, null, and the condition as a column. */
function casesOf({ given, relation, condition }: Drawn): readonly SparkCase[] {
  const on = (one: Relation) => sparkCase({ given, relation: one });
  const reversed = Object.fromEntries(
    Object.entries(given).map(([name, table]) => [
      name,
      { ...table, rows: table.rows.toReversed() },
    ]),
  );
  return [
    on(relation),
    { ...sparkCase({ given: reversed, relation }), parts: 3 },
    on(filter(relation, condition)),
    on(filter(relation, call('not', condition))),
    on(filter(relation, call('isNull', condition))),
    on(marked({ given, relation, condition })),
  ];
}

const MARK = 'is_so';

function marked({ given, relation, condition }: Drawn): Relation {
  const schema = checkedCase(given, relation).frame?.schema ?? [];
  const kept = schema.map(({ name }) => [name, column(name)] as const);
  return project(relation, { ...Object.fromEntries(kept), [MARK]: condition }, 'derive');
}

function differencesOf(
  program: Drawn,
  rows: readonly Row[],
  [
    reordered = [],
    isTrue = [],
    isFalse = [],
    isNull = [],
    withMark = [],
  ]: readonly (readonly Row[])[],
): readonly string[] {
  const chosen = withMark
    .filter((row) => row[MARK] === true)
    .map(({ [MARK]: _, ...row }): Row => row);
  const pairs = {
    'in another order, in other parts': [rows, reordered],
    'where a condition is true, false and null': [rows, [...isTrue, ...isFalse, ...isNull]],
    'where a column of the condition is true': [isTrue, chosen],
  } as const;
  return Object.entries(pairs).flatMap(([name, [wanted, found]]) => {
    const [one, other] = [comparable(wanted), comparable(found)];
    if (one.join('\n') === other.join('\n')) return [];
    return [
      `${name}: ${programText(program)}\n  lost:\n    ${only(one, other)}\n  new:\n    ${only(other, one)}`,
    ];
  });
}
