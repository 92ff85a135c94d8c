import { expect } from 'chai';
import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { call, column, literal, project, source } from '../verbs/nodes.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { sparkRows, sparkVersions } from '../verbs/spark-rows.ts';
import { jsonTexts } from './random-json.ts';

/** How many, and which: `LAKEWRIGHT_JSON_TEXTS=3000 LAKEWRIGHT_JSON_SEED=7 npx mocha test/functions/json-texts.test.ts`. */
const count = Number(process.env['LAKEWRIGHT_JSON_TEXTS'] ?? 150);
const seed = Number(process.env['LAKEWRIGHT_JSON_SEED'] ?? 1);

const kinds = [
  'struct<a: int, s: string, l: array<long>, d: double, b: boolean, n: struct<a: int, s: string>, m: array<struct<s: string, l: array<long>>>>',
  'array<int>',
  'array<array<string>>',
  'array<double>',
  'array<struct<a: int, s: string, d: double>>',
];
const paths = ['$.a', '$.s', '$.l[0]', '$.n.s', '$.m[1].s', "$['é']", '$[0]', '$[1].a', '$.m'];

describe('texts that are JSON, nearly', () => {
  const rows = fc.sample(jsonTexts, { numRuns: count, seed }).map((text, place) => [place, text]);
  const given = { texts: { columns: { place: 'int', text: 'string' }, rows } } as const;
  const text = column('text');
  const of = (name: string, constants: readonly string[]) =>
    constants.map((one, index): readonly [string, Expression] => [
      `${name}_${index}`,
      call(name, text, literal('string', one)),
    ]);
  const columns: Record<string, Expression> = {
    place: column('place'),
    ...Object.fromEntries([...of('fromJson', kinds), ...of('getJsonObject', paths)]),
    length: call('jsonArrayLength', text),
    keys: call('jsonObjectKeys', text),
  };
  const written = checkedCase(given, project(source('texts'), columns));

  it('are read in part, not all and not none', () => {
    const found = interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
    const read = found.filter((row) => row['fromJson_0'] !== null).length;
    expect(read).to.be.within(count / 10, count / 2);
  });

  for (const glue of sparkVersions()) {
    it(`are read alike on Glue ${glue}`, async () => {
      const schema = (relation: Relation) => written.checked.frames.get(relation)?.schema ?? [];
      const one = { relation: written.job.rows, schema, tables: written.tables, consentAsOf: 0n };
      const [answer] = await sparkRows(glue, [one]);
      if (!answer || answer instanceof Error) throw answer ?? new TypeError('no answer');
      const wanted = interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
      expect(comparable(answer.rows)).to.deep.equal(comparable(wanted));
    }).timeout(600_000);
  }
});
