import { literal } from '../verbs/nodes.ts';
import { results, type Signature } from './signature.ts';

const T = true;
const F = false;

const pairs = [
  [T, T],
  [T, F],
  [T, null],
  [F, T],
  [F, F],
  [F, null],
  [null, T],
  [null, F],
  [null, null],
] as const;

export const logic: readonly Signature[] = [
  {
    name: 'and',
    of: ['boolean?', 'boolean?'],
    gives: 'boolean?',
    rows: results(pairs, [T, F, null, F, F, F, null, F, null]),
  },
  {
    name: 'or',
    of: ['boolean?', 'boolean?'],
    gives: 'boolean?',
    rows: results(pairs, [T, T, T, T, F, null, T, null, null]),
  },
  {
    name: 'and',
    of: ['boolean', 'boolean?', 'boolean'],
    gives: 'boolean?',
    rows: [
      [T, null, F, F],
      [T, null, T, null],
      [T, T, T, T],
    ],
  },
  {
    name: 'or',
    of: ['boolean', 'boolean?', literal('boolean', false)],
    gives: 'boolean?',
    rows: [
      [F, null, null],
      [F, F, F],
      [T, null, T],
    ],
  },
  {
    name: 'not',
    of: ['boolean?'],
    gives: 'boolean?',
    rows: [
      [T, F],
      [F, T],
      [null, null],
    ],
  },
  { name: 'not', of: ['int'], problem: 'schema/wrong-type' },
  { name: 'and', of: ['boolean'], problem: 'schema/wrong-type' },
  { name: 'or', of: ['boolean', 'string'], problem: 'schema/wrong-type' },
  {
    name: 'isNull',
    of: ['string?'],
    gives: 'boolean',
    rows: [
      [null, T],
      ['', F],
    ],
  },
  {
    name: 'isNotNull',
    of: ['double?'],
    gives: 'boolean',
    rows: [
      [null, F],
      [Number.NaN, T],
    ],
  },
  {
    name: 'coalesce',
    of: ['string?', 'string?'],
    gives: 'string?',
    rows: [
      [null, 'b', 'b'],
      ['', 'b', ''],
      [null, null, null],
    ],
  },
  {
    name: 'coalesce',
    of: ['int?', 'long?', literal('int', 7)],
    gives: 'long',
    rows: [
      [1, 2n, 1n],
      [null, 9007199254740993n, 9007199254740993n],
      [null, null, 7n],
    ],
  },
  {
    name: 'coalesce',
    of: ['int?', literal('double', 0.5)],
    gives: 'double',
    rows: [
      [3, 3],
      [null, 0.5],
    ],
  },
  {
    name: 'coalesce',
    of: ['decimal(5,2)?', literal('int', 7)],
    gives: 'decimal(12, 2)',
    rows: [
      ['0.50', '0.50'],
      [null, '7.00'],
    ],
  },
  { name: 'coalesce', of: ['string?', 'int'], problem: 'schema/unlike-types' },
  { name: 'coalesce', of: ['string?'], problem: 'schema/wrong-type' },
  {
    name: 'coalesce',
    of: ['string?', 'string'],
    labels: [['identifier'], ['sensitive']],
    gives: 'string [identifier sensitive]',
    rows: [[null, 'x', 'x']],
  },
];
