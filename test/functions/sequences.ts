import type { DataType, MapType } from '../../algebra/types.ts';
import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const listOf = (kind: 'string' | 'int' | 'double', elementNullable: boolean): DataType => ({
  kind: 'array',
  element: { kind },
  elementNullable,
});
const texts = listOf('string', true);
const surely = listOf('string', false);
const map: MapType = {
  kind: 'map',
  key: { kind: 'string' },
  value: { kind: 'long' },
  valueNullable: true,
};
const text = (value: string) => literal('string', value);
const int = (value: number) => literal('int', value);

/** Lists as sequences, maps as entries, and parts of texts. */
export const sequences: readonly Signature[] = [
  {
    name: 'arrayConcat',
    of: [texts, surely],
    gives: 'array<string>?',
    rows: [
      [
        ['b', null, 'b'],
        ['c', 'b'],
        ['b', null, 'b', 'c', 'b'],
      ],
      [[], [], []],
      [null, ['a'], null],
      [['a'], null, null],
    ],
  },
  { name: 'arrayConcat', of: [texts, listOf('int', false)], problem: 'schema/unlike-types' },
  {
    name: 'arrayReverse',
    of: [texts],
    gives: 'array<string>?',
    rows: [
      [
        ['a', null, 'b'],
        ['b', null, 'a'],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'arraysOverlap',
    of: [texts, texts],
    gives: 'boolean?',
    rows: [
      [['a', 'b'], ['c', 'b'], true],
      [['a', null], ['a'], true],
      [['a', null], ['b'], null],
      [['a'], [null], null],
      [['a', null], [], false],
      [['a'], ['b'], false],
      [[], [], false],
      [null, ['a'], null],
    ],
  },
  {
    name: 'arraysOverlap',
    of: [listOf('double', false), listOf('double', false)],
    problem: 'schema/wrong-type',
  },
  {
    name: 'mapSize',
    of: [map],
    gives: 'int?',
    rows: [
      [
        [
          ['a', 1n],
          ['b', null],
        ],
        2,
      ],
      [[], 0],
      [null, null],
    ],
  },
  {
    name: 'mapEntries',
    of: [map],
    gives: 'array<struct<key: string, value: long>>?',
    rows: [
      [
        [
          ['b', 1n],
          ['a', null],
        ],
        [
          { key: 'b', value: 1n },
          { key: 'a', value: null },
        ],
      ],
      [[], []],
      [null, null],
    ],
  },
  {
    name: 'splitPart',
    of: ['string?', text(','), int(2)],
    gives: 'string?',
    rows: [
      ['a,b,c', 'b'],
      ['a', ''],
      ['', ''],
      [',,', ''],
      [null, null],
    ],
  },
  {
    name: 'splitPart',
    of: ['string', text('.*'), int(-1)],
    gives: 'string',
    rows: [
      ['a.*b.*😀', '😀'],
      ['a.*', ''],
      ['abc', 'abc'],
    ],
  },
  { name: 'splitPart', of: ['string', text(','), int(0)], problem: 'schema/wrong-type' },
  {
    name: 'octetLength',
    of: ['string?'],
    gives: 'int?',
    rows: [
      ['é😀a', 7],
      ['', 0],
      [null, null],
    ],
  },
  {
    name: 'hex',
    of: ['string?'],
    gives: 'string?',
    rows: [
      ['aé😀', '61C3A9F09F9880'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'regexpCount',
    of: ['string?', text('[0-9]+')],
    gives: 'int?',
    rows: [
      ['12 a 3', 2],
      ['a', 0],
      [null, null],
    ],
  },
  { name: 'regexpCount', of: ['string', text('[0-9]*')], problem: 'schema/wrong-type' },
  {
    name: 'regexpExtractAll',
    of: ['string?', text('([a-z])([0-9])?'), int(2)],
    gives: 'array<string>?',
    rows: [
      ['a1 b c3', ['1', '', '3']],
      ['1', []],
      [null, null],
    ],
  },
  {
    name: 'regexpExtractAll',
    of: ['string', text('😀.'), int(0)],
    gives: 'array<string>',
    rows: [['a😀b😀😀', ['😀b', '😀😀']]],
  },
  { name: 'regexpExtractAll', of: ['string', text('a'), int(1)], problem: 'schema/wrong-type' },
];
