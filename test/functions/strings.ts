import { literal } from '../verbs/nodes.ts';
import { results, type Signature } from './signature.ts';

const T = true;
const F = false;

const pairs = [
  ['abc', 'b'],
  ['abc', 'abc'],
  ['abc', ''],
  ['abc', 'c'],
  ['abc', 'a'],
  ['', 'a'],
  ['a%c', '%'],
  ['😀b', '😀'],
  ['é', 'e'],
  ['abc', 'B'],
  [null, 'a'],
] as const;

export const strings: readonly Signature[] = [
  {
    name: 'lower',
    of: ['string?'],
    gives: 'string?',
    rows: [
      ['AbC', 'abc'],
      ['ÄÖÜ ẞ', 'äöü ß'],
      ['ΑΣ', 'ας'],
      ['😀', '😀'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'upper',
    of: ['string'],
    gives: 'string',
    rows: [
      ['abc', 'ABC'],
      ['straße', 'STRASSE'],
      ['ﬁ', 'FI'],
      ['é', 'É'],
    ],
  },
  {
    name: 'trim',
    of: ['string'],
    gives: 'string',
    rows: [
      ['  a b  ', 'a b'],
      ['\ta\n', '\ta\n'],
      ['\u00a0a ', '\u00a0a'],
      ['   ', ''],
    ],
  },
  {
    name: 'length',
    of: ['string?'],
    gives: 'int?',
    rows: [
      ['', 0],
      ['é', 1],
      ['e\u0301', 2],
      ['😀😀', 2],
      [null, null],
    ],
  },
  {
    name: 'concat',
    of: ['string?', 'string', literal('string', '"\\\n')],
    gives: 'string?',
    rows: [
      ['a', '😀', 'a😀"\\\n'],
      ['', '', '"\\\n'],
      [null, 'b', null],
    ],
  },
  {
    name: 'substring',
    of: ['string?', literal('int', 2), literal('int', 2)],
    gives: 'string?',
    rows: [
      ['abcd', 'bc'],
      ['a😀😀b', '😀😀'],
      ['a', ''],
      ['ab', 'b'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'substring',
    of: ['string', literal('int', 1), literal('int', 0)],
    gives: 'string',
    rows: [['abc', '']],
  },
  {
    name: 'startsWith',
    of: ['string?', 'string'],
    gives: 'boolean?',
    rows: results(pairs, [F, T, T, F, T, F, F, T, F, F, null]),
  },
  {
    name: 'endsWith',
    of: ['string?', 'string'],
    gives: 'boolean?',
    rows: results(pairs, [F, T, T, T, F, F, F, F, F, F, null]),
  },
  {
    name: 'contains',
    of: ['string?', 'string'],
    gives: 'boolean?',
    rows: results(pairs, [T, T, T, T, T, F, T, T, F, F, null]),
  },
  {
    name: 'contains',
    of: ['string', literal('string', '%')],
    gives: 'boolean',
    rows: [
      ['a%', T],
      ['a', F],
    ],
  },
  {
    name: 'startsWith',
    of: ['string', literal('string', 'a')],
    gives: 'boolean',
    rows: [
      ['ab', T],
      ['ba', F],
    ],
  },
  {
    name: 'endsWith',
    of: ['string', literal('string', 'a')],
    gives: 'boolean',
    rows: [
      ['ab', F],
      ['ba', T],
    ],
  },
  { name: 'lower', of: ['int'], problem: 'schema/wrong-type' },
  { name: 'concat', of: ['string', 'int'], problem: 'schema/wrong-type' },
  {
    name: 'substring',
    of: ['string', literal('int', 0), literal('int', 1)],
    problem: 'schema/wrong-type',
  },
  { name: 'substring', of: ['string', 'int', 'int'], problem: 'schema/wrong-type' },
  {
    name: 'substring',
    of: ['string', literal('int', 1), literal('int', 3)],
    labels: [['identifier']],
    gives: 'string [identifier]',
  },
];
