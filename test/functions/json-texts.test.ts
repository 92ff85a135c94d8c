import { expect } from 'chai';
import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from '../verbs/checked-case.ts';
import { call, column, literal, project, source } from '../verbs/nodes.ts';
import { comparable } from '../verbs/row-comparison.ts';
import { sparkRows, sparkVersions } from '../verbs/spark-rows.ts';

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

/** Parts of texts, of which some are no JSON. */
const texts = fc.oneof(
  fc.constantFrom('', 'x', 'é😀', 'a"b', 'a\\b', '/', '\u007f', '\u2028', '{"a":1}', '[1]', 'true'),
  fc.string({ maxLength: 3 }),
);
const quoted = texts.map((text) => JSON.stringify(text));
const odd = fc.constantFrom(
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\x"',
  '"a\tb"',
  "'it\\'s'",
  '"ab',
  'nul',
);
const numbers = fc.constantFrom(
  ...['0', '-0', '7', '2147483648', '9223372036854775808', '1.0', '1.50', '-0.0', '1e5', '1E+2'],
  ...['1e400', '12345678901234567.123456789', '123456789012345678901234567890', '01', '.5', 'NaN'],
);
const blank = fc.constantFrom('', '', '', ' ', '\t', '\n', '\u00a0');

const { any } = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: fc.constantFrom('null', 'true', 'false'), weight: 2 },
    { arbitrary: fc.oneof(numbers, quoted, odd), weight: 4 },
    { arbitrary: listOf(tie('any')), weight: 2 },
    {
      arbitrary: objectOf(fc.constantFrom('a', 's', 'l', 'd', 'n', 'é'), () => tie('any')),
      weight: 3,
    },
  ),
}));

/** Values that mostly fit the kinds above. */
const fitting: Readonly<Record<string, fc.Arbitrary<string>>> = {
  a: fc.constantFrom('0', '-7', '2147483647', 'null'),
  s: fc.oneof(quoted, any),
  d: fc.constantFrom('1', '-0.0', '1.5e3', 'null'),
  b: fc.constantFrom('true', 'false', 'null'),
  l: listOf(fc.constantFrom('1', '-9223372036854775808', 'null')),
};
const inner = objectOf(fc.constantFrom('a', 's', 'l'), fit);
const object = objectOf(fc.constantFrom('a', 's', 'l', 'd', 'b', 'n', 'm'), fit);

function fit(key: string): fc.Arbitrary<string> {
  const fits = { ...fitting, n: inner, m: listOf(inner) }[key] ?? any;
  return fc.oneof({ arbitrary: fits, weight: 15 }, { arbitrary: any, weight: 1 });
}

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      blank,
      fc.array(
        fc.tuple(item, blank).map((parts) => parts.join('')),
        { maxLength: 3 },
      ),
    )
    .map(([space, items]) => `[${space}${items.join(',')}]`);
}

function objectOf(
  keys: fc.Arbitrary<string>,
  value: (key: string) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const entry = keys.chain((key) => fc.tuple(fc.constant(JSON.stringify(key)), blank, value(key)));
  return fc
    .array(entry, { maxLength: 5 })
    .map((entries) => `{${entries.map(([key, space, one]) => `${key}:${space}${one}`).join(',')}}`);
}

/** The same, cut off, with a sign less, or with something behind or before it. */
const broken = fc
  .tuple(fc.oneof(any, object, object, listOf(object), listOf(numbers)), fc.nat(), fc.nat(11))
  .map(([text, number, how]) => {
    const place = text.length === 0 ? 0 : number % text.length;
    if (how === 0) return text.slice(0, place);
    if (how === 1) return text.slice(0, place) + text.slice(place + 1);
    if (how === 2) return text + ([' x', '}', ']', ',', '{"a":1}', '\n'][number % 6] ?? '');
    if (how === 3) return (['\ufeff', ' ', '/**/', ','][number % 4] ?? '') + text;
    return text;
  });

describe('texts that are JSON, nearly', () => {
  const rows = fc
    .sample(broken, { numRuns: count, seed })
    .map((text, place) => [place, text.replace(/\p{Surrogate}/gu, '?')]);
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
