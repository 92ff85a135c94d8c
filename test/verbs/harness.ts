import { expect } from 'chai';
import type { Relation } from '../../algebra/relation.ts';
import type { Value } from '../../algebra/row.ts';
import { type Column, columnNames } from '../../algebra/schema.ts';
import { typeName } from '../../algebra/types.ts';
import type { Source } from '../../algebra/verbs/source.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import type { GlueVersion } from '../../runtime/toolchain.ts';
import { type CheckedCase, checkedCase, labelsText, sampleOf, stateText } from './checked-case.ts';
import { type Given, named } from './given.ts';
import { source } from './nodes.ts';
import { comparable } from './row-comparison.ts';
import { type SparkAnswer, sparkRows, sparkTypes, sparkVersions } from './spark-rows.ts';

/** One line of a verb's table: what is given and written, and what every room must make of it. */
export interface VerbCase {
  readonly it: string;
  readonly given: Readonly<Record<string, Given>>;
  readonly write: (table: (name: string) => Source) => Relation;
  /** Codes of what is wrong; absent: nothing is. */
  readonly problems?: readonly string[];
  /** The result's columns: `n long?`, with labels `email string [identifier]`. */
  readonly schema?: readonly string[];
  /** Whose rows they are, as `stateText` says it. */
  readonly state?: string;
  /** The result's rows by position, in any order. */
  readonly rows?: readonly (readonly Value[])[];
  /** That the reference interpreter cannot compute them. */
  readonly bySparkAlone?: true;
  /** Epoch milliseconds; the default is 1,000. */
  readonly consentAsOf?: bigint;
}

/** Makes a suite of a verb's table; each case is checked in every room that it says something about. */
export function describeVerb(verb: string, cases: readonly VerbCase[]): void {
  describe(verb, () => {
    for (const one of cases) {
      describe(one.it, () => checkRooms(one));
    }
    for (const glue of sparkVersions()) describe(`on Glue ${glue}`, () => checkSpark(glue, cases));
  });
}

function checkRooms(one: VerbCase): void {
  const { problems = [], schema, state, rows, bySparkAlone } = one;
  const written = writtenCase(one);
  it(problems.length > 0 ? 'is refused' : 'is accepted', () => {
    expect(written.problems.map(({ code }) => code)).to.deep.equal(problems);
  });
  if (schema) {
    it('has its columns', () => {
      expect(frameOf(written).schema.map(columnText)).to.deep.equal(schema);
    });
  }
  if (state) it('has its state', () => expect(stateText(frameOf(written).state)).to.equal(state));
  if (rows && !bySparkAlone) {
    it('has its rows', () => {
      const sample = sampleOf(written, one.consentAsOf ?? 1000n);
      const found = interpretRelation(written.checked, written.job.rows, sample);
      expect(comparable(found)).to.deep.equal(wantedRows(written, rows));
    });
  }
}

/** The same rows of the generated Python on a real Spark, all cases of the verb in one job. */
function checkSpark(glue: GlueVersion, cases: readonly VerbCase[]): void {
  const run = cases.flatMap((one) =>
    one.rows ? [{ one, written: writtenCase(one), rows: one.rows }] : [],
  );
  let answers: readonly (SparkAnswer | Error)[] = [];
  before(async () => {
    const given = run.map(({ one, written }) => ({
      relation: written.job.rows,
      schema: (relation: Relation) => written.checked.frames.get(relation)?.schema ?? [],
      tables: written.tables,
      consentAsOf: one.consentAsOf ?? 1000n,
    }));
    answers = await sparkRows(glue, given);
  });
  for (const [index, { one, written, rows }] of run.entries()) {
    it(one.it, () => {
      const answer = answers[index];
      if (!answer || answer instanceof Error) throw answer ?? new TypeError('no answer');
      expect(answer.types).to.deep.equal(sparkTypes(frameOf(written).schema));
      expect(comparable(answer.rows)).to.deep.equal(wantedRows(written, rows));
    });
  }
}

function wantedRows(written: CheckedCase, rows: readonly (readonly Value[])[]) {
  return comparable(named(columnNames(frameOf(written).schema), rows));
}

function writtenCase(one: VerbCase): CheckedCase {
  return checkedCase(one.given, writtenRelation(one));
}

function writtenRelation(one: VerbCase): Relation {
  const sources = new Map(Object.keys(one.given).map((name) => [name, source(name)]));
  return one.write((name) => sources.get(name) ?? source(name));
}

function frameOf({ frame }: CheckedCase) {
  if (!frame) throw new TypeError('the case is wrong, so it has no columns');
  return frame;
}

function columnText({ name, type, nullable, labels }: Column): string {
  return `${name} ${typeName(type)}${nullable ? '?' : ''}${labelsText(labels)}`;
}
