import type { Value } from '../../algebra/row.ts';
import type { DataType } from '../../algebra/types.ts';
import { call, column, each, field, literal, parameter } from '../verbs/nodes.ts';
import { at, type Signature } from './signature.ts';

const a = column('a');
const text = (value: string) => literal('string', value);
const string: DataType = { kind: 'string' };
const { NaN: nan } = Number;

const reading = 'struct<id: long, x: double, ok: boolean, tags: array<string>>';
const fits = (id: Value, x: Value, ok: Value, tags: Value): Value => ({ id, x, ok, tags });

/** Values as JSON and back. Random texts are tried in `json-texts.test.ts`. */
export const json: readonly Signature[] = [
  {
    name: 'fromJson',
    of: ['string?', text(reading)],
    gives: `${reading}?`,
    rows: [
      ['{"id": 7, "x": 1.5, "ok": true, "tags": ["a"]}', fits(7n, 1.5, true, ['a'])],
      [
        '{"tags":[null,1,{"k" : [2.50]}],"more":[1]}',
        fits(null, null, null, [null, '1', '{"k":[2.5]}']),
      ],
      ['{"id":9223372036854775807,"id":null,"x":-0}', fits(null, 0, null, null)],
      ['{"x":1} {"x":2}', fits(null, 1, null, null)],
      ['{}', fits(null, null, null, null)],
      ['{"ID":1}', fits(null, null, null, null)],
      // What does not fit makes the whole null, so that no half of a value is taken for all of it.
      ['{"id":1.0}', null],
      ['{"id":"1"}', null],
      ['{"id":9223372036854775808}', null],
      ['{"x":NaN}', null],
      ['{"tags":"a"}', null],
      ['{"x":1', null],
      ["{'x':1}", null],
      ['[{"x":1}]', null],
      ['null', null],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'fromJson',
    of: ['string', text('array<struct<a: int, s: string>>')],
    gives: 'array<struct<a: int, s: string>>?',
    rows: [
      ['[{"a":1,"s":"\\ud83d\\ude00"},null,{}]', [{ a: 1, s: '😀' }, null, { a: null, s: null }]],
      ['[{"a":1},{"a":"x"}]', null],
      ['{"a":1}', null],
      ['[]', []],
    ],
  },
  {
    name: 'fromJson',
    of: ['string', text('array<double>')],
    gives: 'array<double>?',
    rows: [
      ['[1, 2.5, null]', [1, 2.5, null]],
      ['[1,"true"]', null],
    ],
  },
  {
    name: 'fromJson',
    of: ['string', text('struct<n: struct<p: int, q: string>>')],
    labels: [['identifier']],
    write: field(
      field(call('fromJson', a, text('struct<n: struct<p: int, q: string>>')), 'n'),
      'q',
    ),
    gives: 'string? [identifier]',
    rows: [['{"n":{"p":1,"q":"z"}}', 'z']],
  },
  {
    name: 'fromJson',
    of: [{ kind: 'array', element: string, elementNullable: false }],
    write: each(
      'transform',
      [a],
      ['item'],
      call('fromJson', parameter('item'), text('struct<p: int>')),
    ),
    gives: 'array<struct<p: int>>?',
    rows: [
      [
        ['{"p":1}', 'x'],
        [{ p: 1 }, null],
      ],
    ],
  },
  { name: 'fromJson', of: ['string', text('int')], problem: 'schema/wrong-type' },
  { name: 'fromJson', of: ['string', text('struct<t: date>')], problem: 'schema/wrong-type' },
  { name: 'fromJson', of: ['int', text('struct<t: int>')], problem: 'schema/wrong-type' },
  {
    name: 'toJson',
    of: [{ kind: 'array', element: string, elementNullable: true }],
    gives: 'string?',
    rows: [
      [['a', null, '😀'], '["a",null,"😀"]'],
      [
        ['"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028'],
        '["\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001F\u007f\u2028"]',
      ],
      [[], '[]'],
      [null, null],
    ],
  },
  {
    name: 'toJson',
    of: [
      {
        kind: 'struct',
        fields: [
          ...(['x:double', 'n:long', 'b:boolean', 'd:date', 't:timestamp'] as const).map((one) => {
            const [name = '', kind = ''] = one.split(':');
            return { name, type: { kind } as DataType, nullable: true };
          }),
          { name: 'p', type: { kind: 'decimal', precision: 10, scale: 2 }, nullable: true },
        ],
      },
    ],
    gives: 'string?',
    rows: [
      [
        {
          x: 1,
          n: 9007199254740993n,
          b: true,
          d: '2020-02-29',
          t: at('2020-02-29 13:04:05.000006'),
          p: '-1.50',
        },
        '{"x":1.0,"n":9007199254740993,"b":true,"d":"2020-02-29","t":"2020-02-29T13:04:05.000006Z","p":-1.50}',
      ],
      [
        { x: nan, n: null, b: null, d: null, t: null, p: null },
        '{"x":"NaN","n":null,"b":null,"d":null,"t":null,"p":null}',
      ],
      [
        { x: -1e100, n: 0n, b: false, d: '0001-01-01', t: at('0001-01-01 00:00:00'), p: '0.00' },
        '{"x":-1.0E100,"n":0,"b":false,"d":"0001-01-01","t":"0001-01-01T00:00:00.000000Z","p":0.00}',
      ],
    ],
  },
  {
    name: 'toJson',
    of: [{ kind: 'map', key: string, value: { kind: 'int' }, valueNullable: true }],
    labels: [['sensitive']],
    gives: 'string? [sensitive]',
    rows: [
      [
        [
          ['k"', 1],
          ['', null],
        ],
        '{"k\\"":1,"":null}',
      ],
      [[], '{}'],
    ],
  },
  { name: 'toJson', of: ['string'], problem: 'schema/wrong-type' },
  {
    name: 'getJsonObject',
    of: ['string?', text('$.phones[1].kind')],
    gives: 'string?',
    rows: [
      ['{"phones":[{"kind":"work"},{"kind":"home"}]}', 'home'],
      ['{"phones":[1,{"kind":{"a" : [1.50, "x"]}}]} more', '{"a":[1.5,"x"]}'],
      ['{"phones":[1,{"kind":null}]}', null],
      ["{'phones':[1,{'kind':true}]}", 'true'],
      ['{"phones":[1,{"kind":1}]', null],
      ['{"phones":[]}', null],
      ['', null],
      [null, null],
    ],
  },
  {
    name: 'getJsonObject',
    of: ['string', text("$['a b']")],
    labels: [['identifier']],
    gives: 'string? [identifier]',
    rows: [['{"a b":"x","a b":"y"}', 'x']],
  },
  { name: 'getJsonObject', of: ['string', text('$.a[*]')], problem: 'schema/wrong-type' },
  { name: 'getJsonObject', of: ['string', text('a')], problem: 'schema/wrong-type' },
  {
    name: 'jsonArrayLength',
    of: ['string'],
    gives: 'int?',
    rows: [
      ['[1, [2, 3]]', 2],
      ['[] x', 0],
      ['{}', null],
      ['[1', null],
    ],
  },
  {
    name: 'jsonObjectKeys',
    of: ['string'],
    gives: 'array<string>?',
    rows: [
      ['{"b": {"c": 1}, "a": 2, "b": 3}', ['b', 'a', 'b']],
      ['{}', []],
      ['[]', null],
      ['{"a"', null],
    ],
  },
];
