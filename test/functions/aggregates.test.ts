import { expect } from 'chai';
import { aggregateFunctions } from '../../algebra/aggregate-functions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row } from '../../algebra/row.ts';
import { findColumn } from '../../algebra/schema.ts';
import { typeName } from '../../algebra/types.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { aggregate, source } from '../verbs/nodes.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { type SparkAnswer, sparkRows, sparkTypes, sparkVersions } from '../verbs/spark-rows.ts';
import { type AggregateSignature, aggregateSignatures, callOf, columnsOf } from './aggregates.ts';

describe('aggregates', () => {
  it('are all tried with values', () => {
    const tried = new Set(
      aggregateSignatures.filter(({ groups }) => groups).map(({ name }) => name),
    );
    const names = Object.keys(aggregateFunctions) as (keyof typeof aggregateFunctions)[];
    expect(names.filter((name) => !tried.has(name))).to.deep.equal([]);
  });

  for (const signature of aggregateSignatures) {
    it(textOf(signature), () => {
      const written = writtenCase(signature);
      const { problem, gives } = signature;
      expect(written.problems.map(({ code }) => code)).to.deep.equal(problem ? [problem] : []);
      const result = findColumn(written.frame?.schema ?? [], 'result');
      if (!gives || !result) return;
      expect(`${typeName(result.type)}${result.nullable ? '?' : ''}`).to.equal(gives);
      const found = interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
      expect(comparable(found)).to.deep.equal(comparable(wantedRows(signature)));
    });
  }

  for (const glue of sparkVersions()) {
    describe(`on Glue ${glue}`, () => {
      const tried = aggregateSignatures.filter(({ groups }) => groups);
      let answers: readonly (SparkAnswer | Error)[] = [];
      before(async function () {
        this.timeout(600_000);
        answers = await sparkRows(glue, tried.map(sparkCase));
      });
      for (const [index, signature] of tried.entries()) {
        it(textOf(signature), () => {
          const answer = answers[index];
          if (!answer || answer instanceof Error) throw answer ?? new TypeError('no answer');
          const { frame } = writtenCase(signature);
          expect(answer.types).to.deep.equal(sparkTypes(frame?.schema ?? []));
          expect(comparable(answer.rows)).to.deep.equal(comparable(wantedRows(signature)));
        });
      }
    });
  }
});

function textOf({ name, of }: AggregateSignature): string {
  return `${name}(${of.map((one) => (typeof one === 'string' ? one : one.value)).join(', ')})`;
}

/** Each group has its place as its key. */
function writtenCase(signature: AggregateSignature) {
  const { groups = [] } = signature;
  const columns = { place: 'int', ...columnsOf(signature) } as const;
  const rows = groups.flatMap(([group], place) => group.map((row) => [place, ...row]));
  return checkedCase(
    { points: { columns, rows } },
    aggregate(source('points'), ['place'], { result: callOf(signature) }),
  );
}

function wantedRows({ groups = [] }: AggregateSignature): readonly Row[] {
  return groups.map(([, result], place) => ({ place, result }));
}

function sparkCase(signature: AggregateSignature) {
  const written = writtenCase(signature);
  return {
    relation: written.job.rows,
    schema: (relation: Relation) => written.checked.frames.get(relation)?.schema ?? [],
    tables: written.tables,
    consentAsOf: 0n,
  };
}
