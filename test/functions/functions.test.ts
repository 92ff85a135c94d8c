import { expect } from 'chai';
import { eachFunctions } from '../../algebra/each-functions.ts';
import { functions } from '../../algebra/functions/index.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row } from '../../algebra/row.ts';
import { findColumn } from '../../algebra/schema.ts';
import { typeName } from '../../algebra/types.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { type CheckedCase, checkedCase, labelsText, sampleOf } from '../verbs/checked-case.ts';
import { column, project, source } from '../verbs/nodes.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { type SparkAnswer, sparkRows, sparkTypes, sparkVersions } from '../verbs/spark-rows.ts';
import { nastyRows } from './nasty-rows.ts';
import {
  expressionOf,
  operandNames,
  type Signature,
  signatureText,
  variablesOf,
} from './signature.ts';
import { signatures } from './signatures.ts';

/** Spark takes a while for all: `LAKEWRIGHT_FUNCTIONS=listOf,mapOf npx mocha test/functions/functions.test.ts` tries some. */
const only = process.env['LAKEWRIGHT_FUNCTIONS']?.split(',');

describe('functions', () => {
  it('are all in the table, with values', () => {
    const tried = new Set(signatures.filter(({ rows }) => rows).map(({ name }) => name));
    const names = [...functions.map(({ name }) => name), ...Object.keys(eachFunctions)];
    const missing = names.filter((name) => !tried.has(name));
    expect(missing).to.deep.equal([]);
  });

  for (const signature of signatures) {
    it(signatureText(signature), () => checkSignature(signature));
  }

  for (const glue of sparkVersions()) {
    describe(`on Glue ${glue}`, () => {
      const tried = signatures.filter(({ name, rows }) => rows && (!only || only.includes(name)));
      let answers: readonly (SparkAnswer | Error)[] = [];
      before(async function () {
        this.timeout(600_000);
        answers = await sparkRows(
          glue,
          tried.map((signature) => sparkCase(triedCase(signature))),
        );
      });
      for (const [index, signature] of tried.entries()) {
        it(signatureText(signature), () => {
          const answer = answers[index];
          if (!answer || answer instanceof Error) throw answer ?? new TypeError('no answer');
          const written = triedCase(signature);
          const wanted = interpretRelation(
            written.checked,
            written.job.rows,
            sampleOf(written, 0n),
          );
          expect(answer.types).to.deep.equal(sparkTypes(written.frame?.schema ?? []));
          expect(comparable(answer.rows)).to.deep.equal(comparable(wanted));
        });
      }
    });
  }
});

function checkSignature(signature: Signature): void {
  const written = writtenCase(signature);
  const { problem, gives, rows } = signature;
  expect(written.problems.map(({ code }) => code)).to.deep.equal(problem ? [problem] : []);
  const result = findColumn(written.frame?.schema ?? [], 'result');
  if (gives && result) {
    const { type, nullable, labels } = result;
    expect(`${typeName(type)}${nullable ? '?' : ''}${labelsText(labels)}`).to.equal(gives);
  }
  if (!rows) return;
  const found = interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
  expect(comparable(found)).to.deep.equal(comparable(wantedRows(signature)));
}

/** The rows of a signature, and random ones; what the interpreter makes of the former is checked above. */
function triedCase(signature: Signature): CheckedCase {
  const random = nastyRows(signature).map((row) => [...row, null]);
  return writtenCase({ ...signature, rows: [...(signature.rows ?? []), ...random] });
}

/** Each row has its place as a column, so that results cannot be confused. */
function writtenCase(signature: Signature): CheckedCase {
  const variables = variablesOf(signature);
  const names = operandNames.slice(0, variables.length);
  const types = names.map((name, index) => [name, variables[index] ?? 'string'] as const);
  const labels = names.map((name, index) => [name, signature.labels?.[index] ?? []] as const);
  const rows = (signature.rows ?? []).map((row, place) => [place, ...row.slice(0, -1)]);
  const operands = {
    columns: { place: 'int' as const, ...Object.fromEntries(types) },
    labels: Object.fromEntries(labels),
    ...(signature.bands ? { bands: { a: signature.bands[0] ?? 0 } } : {}),
    rows,
  };
  const columns = { place: column('place'), result: expressionOf(signature) };
  return checkedCase({ operands }, project(source('operands'), columns));
}

function wantedRows({ rows = [] }: Signature): readonly Row[] {
  return rows.map((row, place) => ({ place, result: row.at(-1) ?? null }));
}

function sparkCase(written: CheckedCase) {
  return {
    relation: written.job.rows,
    schema: (relation: Relation) => written.checked.frames.get(relation)?.schema ?? [],
    tables: written.tables,
    consentAsOf: 0n,
  };
}
