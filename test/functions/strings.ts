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
  {
    name: 'ltrim',
    of: ['string'],
    gives: 'string',
    rows: [
      ['  a ', 'a '],
      [' \ta', '\ta'],
    ],
  },
  {
    name: 'rtrim',
    of: ['string'],
    gives: 'string',
    rows: [
      [' a  ', ' a'],
      ['a\n ', 'a\n'],
    ],
  },
  {
    name: 'left',
    of: ['string?', literal('int', 2)],
    gives: 'string?',
    rows: [
      ['abc', 'ab'],
      ['a😀b', 'a😀'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'right',
    of: ['string?', literal('int', 2)],
    gives: 'string?',
    rows: [
      ['abc', 'bc'],
      ['a😀b', '😀b'],
      ['c', 'c'],
      [null, null],
    ],
  },
  { name: 'right', of: ['string', literal('int', 0)], gives: 'string', rows: [['abc', '']] },
  {
    name: 'lpad',
    of: ['string?', literal('int', 4), literal('string', '0😀')],
    gives: 'string?',
    rows: [
      ['7', '0😀07'],
      ['😀bcde', '😀bcd'],
      ['', '0😀0😀'],
      [null, null],
    ],
  },
  {
    name: 'rpad',
    of: ['string', literal('int', 4), literal('string', '0😀')],
    gives: 'string',
    rows: [
      ['7', '70😀0'],
      ['😀bcde', '😀bcd'],
    ],
  },
  {
    name: 'repeat',
    of: ['string?', literal('int', 3)],
    gives: 'string?',
    rows: [
      ['ab', 'ababab'],
      ['', ''],
      [null, null],
    ],
  },
  { name: 'repeat', of: ['string', literal('int', 0)], gives: 'string', rows: [['ab', '']] },
  {
    name: 'reverse',
    of: ['string'],
    gives: 'string',
    rows: [
      ['abc', 'cba'],
      ['a😀e\u0301', '\u0301e😀a'],
    ],
  },
  {
    name: 'replace',
    of: ['string?', 'string', 'string'],
    gives: 'string?',
    rows: [
      ['030 123 45', ' ', '', '03012345'],
      ['aaa', 'aa', 'b', 'ba'],
      ['ab', '', '-', 'ab'],
      ['a.b', '.', '$&', 'a$&b'],
      [null, 'a', 'b', null],
    ],
  },
  {
    name: 'replace',
    of: ['string', literal('string', '😀'), literal('string', "'")],
    gives: 'string',
    rows: [['a😀b', "a'b"]],
  },
  {
    name: 'translate',
    of: ['string?', literal('string', 'a😀cc'), literal('string', 'xyz')],
    gives: 'string?',
    rows: [
      ['a😀bca', 'xybzx'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'translate',
    of: ['string', literal('string', '-.'), literal('string', '')],
    gives: 'string',
    rows: [['1-2.3', '123']],
  },
  {
    name: 'position',
    of: ['string?', 'string'],
    gives: 'int?',
    rows: results(pairs, [2, 1, 1, 3, 1, 0, 2, 1, 0, 0, null]),
  },
  {
    name: 'position',
    of: ['string', literal('string', '@')],
    gives: 'int',
    rows: [['😀ada@example.org', 5]],
  },
  {
    name: 'substringIndex',
    of: ['string?', literal('string', '.'), literal('int', 2)],
    gives: 'string?',
    rows: [
      ['www.example.org', 'www.example'],
      ['a.b', 'a.b'],
      ['..', '.'],
      ['', ''],
      [null, null],
    ],
  },
  {
    name: 'substringIndex',
    of: ['string', literal('string', 'aa'), literal('int', -2)],
    gives: 'string',
    rows: [
      ['aaaa', 'a'],
      ['aaabaa', 'baa'],
      ['baab', 'baab'],
      ['aa', 'aa'],
      ['😀aa', '😀aa'],
    ],
  },
  {
    name: 'substringIndex',
    of: ['string', literal('string', 'aa'), literal('int', 2)],
    gives: 'string',
    rows: [
      ['aaaa', 'a'],
      ['aabaa', 'aab'],
    ],
  },
  {
    name: 'substringIndex',
    of: ['string', literal('string', '.'), literal('int', 0)],
    gives: 'string',
    rows: [['a.b', '']],
  },
  {
    name: 'levenshtein',
    of: ['string', 'string?'],
    gives: 'int?',
    rows: [
      ['kitten', 'sitting', 3],
      ['', 'abc', 3],
      ['abc', '', 3],
      ['', '', 0],
      ['a😀', 'a', 1],
      ['a', null, null],
    ],
  },
  {
    name: 'concatWith',
    of: ['string?', literal('string', ', '), 'string?'],
    gives: 'string',
    rows: [
      ['Ulm', 'DE', 'Ulm, DE'],
      [null, 'DE', 'DE'],
      ['', 'DE', ', DE'],
      [null, null, ''],
    ],
  },
  { name: 'lpad', of: ['string', 'int', 'string'], problem: 'schema/wrong-type' },
  {
    name: 'lpad',
    of: ['string', literal('int', 4), literal('string', '')],
    problem: 'schema/wrong-type',
  },
  { name: 'right', of: ['string', literal('int', -1)], problem: 'schema/wrong-type' },
  {
    name: 'concatWith',
    of: ['string', literal('string', ','), 'string'],
    labels: [['identifier'], ['sensitive']],
    gives: 'string [identifier sensitive]',
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
