import { expect } from 'chai';
import type { Value } from '../../algebra/row.ts';
import { declaredSchema } from '../../check/declared-frame.ts';
import { parseLandingRows } from '../../runtime/landing-rows.ts';
import { tableOf } from '../verbs/given.ts';

const schema = declaredSchema(
  tableOf('rows', {
    columns: {
      k: 'string',
      n: 'long?',
      i: 'int?',
      x: 'double?',
      b: 'boolean?',
      p: 'decimal(5,2)?',
      day: 'date?',
      at: 'timestamp?',
      list: { kind: 'array', element: { kind: 'int' }, elementNullable: true },
    },
    rows: [],
  }),
);

interface Line {
  readonly line: string;
  /** Values of the row that are not null, or the reason why there is none. */
  readonly gives: Readonly<Record<string, Value>> | string;
}

const lines: readonly Line[] = [
  { line: '{"k":"a"}', gives: { k: 'a' } },
  { line: ' \t{ "k" : "a" , "other" : [1, {"z": null}] }\r', gives: { k: 'a' } },
  { line: '{"k":"a","n":9007199254740993}', gives: { k: 'a', n: 9007199254740993n } },
  { line: '{"k":"\\u00e9\\n","b":false}', gives: { k: 'é\n', b: false } },
  { line: '{"k":"\\ud83d"}', gives: 'k is not string' },
  { line: '{"k":"😀","x":1e2,"i":-1}', gives: { k: '😀', x: 100, i: -1 } },
  { line: '{"k":"a","p":12.3}', gives: { k: 'a', p: '12.30' } },
  { line: '{"k":"a","day":"2020-02-29"}', gives: { k: 'a', day: '2020-02-29' } },
  { line: '{"k":"a","at":"1970-01-01T00:00:01Z"}', gives: { k: 'a', at: 1_000_000n } },
  { line: '{"k":"a","list":[1,null]}', gives: { k: 'a', list: [1, null] } },
  { line: '{"k":"a"}{"k":"b"}', gives: 'not one JSON object' },
  { line: "{'k':'a'}", gives: 'not one JSON object' },
  { line: '{"k":"a"', gives: 'not one JSON object' },
  { line: '{"k":"a",}', gives: 'not one JSON object' },
  { line: '[{"k":"a"}]', gives: 'not one JSON object' },
  { line: 'null', gives: 'not one JSON object' },
  { line: '{"k":"a","x":NaN}', gives: 'not one JSON object' },
  { line: '{"k":"a","i":01}', gives: 'not one JSON object' },
  { line: '{"k":"a\tb"}', gives: 'not one JSON object' },
  { line: '{"k":"a","k":"b"}', gives: 'k appears twice or in another case' },
  { line: '{"K":"a"}', gives: 'k appears twice or in another case' },
  { line: '{"n":1}', gives: 'k is missing' },
  { line: '{"k":null}', gives: 'k is null' },
  { line: '{"k":1}', gives: 'k is not string' },
  { line: '{"k":{"a":1}}', gives: 'k is not string' },
];

/** Lines that stay without an optional value, and its column. */
const unreadable: readonly (readonly [line: string, column: string])[] = [
  ['{"k":"a","N":1}', 'n'],
  ['{"k":"a","n":1,"n":2}', 'n'],
  ['{"k":"a","n":1,"N":1}', 'n'],
  ['{"k":"a","n":"1"}', 'n'],
  ['{"k":"a","n":1.0}', 'n'],
  ['{"k":"a","n":9223372036854775808}', 'n'],
  ['{"k":"a","i":2147483648}', 'i'],
  ['{"k":"a","b":"true"}', 'b'],
  ['{"k":"a","day":"2021-02-29"}', 'day'],
  ['{"k":"a","day":"2020-1-2"}', 'day'],
  ['{"k":"a","at":"12:30"}', 'at'],
  ['{"k":"a","at":2020}', 'at'],
  ['{"k":"a","at":" 2020-01-02"}', 'at'],
  ['{"k":"a","list":["x"]}', 'list'],
];

describe('parseLandingRows', () => {
  for (const { line, gives } of lines) {
    it(line, () => {
      const { rows, quarantined } = parseLandingRows(line, schema);
      if (typeof gives === 'string') {
        expect([...quarantined]).to.deep.equal([[gives, 1]]);
        expect(rows).to.deep.equal([]);
      } else {
        const nulls = Object.fromEntries(schema.map(({ name }) => [name, null]));
        expect(rows).to.deep.equal([{ ...nulls, ...gives }]);
        expect(quarantined.size).to.equal(0);
      }
    });
  }

  for (const [line, column] of unreadable) {
    it(`${line} without ${column}`, () => {
      const found = parseLandingRows(line, schema);
      const nulls = Object.fromEntries(schema.map(({ name }) => [name, null]));
      expect(found.rows).to.deep.equal([{ ...nulls, k: 'a' }]);
      expect([...found.unreadable]).to.deep.equal([[column, 1]]);
      expect(found.quarantined.size).to.equal(0);
    });
  }

  it('skips blank lines and accounts for all others', () => {
    const { rows, quarantined } = parseLandingRows('\n{"k":"a"}\n  \nx\ny\r\n', schema);
    expect(rows).to.have.length(1);
    expect([...quarantined]).to.deep.equal([['not one JSON object', 2]]);
  });
});
