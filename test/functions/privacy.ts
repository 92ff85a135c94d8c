import { createHmac } from 'node:crypto';
import { caseKey } from '../verbs/checked-case.ts';
import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const hmac = (text: string) => createHmac('sha256', caseKey).update(text, 'utf8').digest('hex');
const minLong = -9223372036854775808n;

export const privacy: readonly Signature[] = [
  {
    name: 'elapsedSince',
    of: ['long?', 'long'],
    gives: 'long?',
    rows: [
      [9007199254740993n, 1n, 9007199254740992n],
      [1n, 3n, -2n],
      [minLong, 1n, null],
      [null, 1n, null],
    ],
  },
  {
    name: 'elapsedSince',
    of: ['int', 'int'],
    gives: 'int?',
    rows: [
      [5, 3, 2],
      [-2147483648, 1, null],
    ],
  },
  {
    name: 'elapsedSince',
    of: ['timestamp', 'timestamp'],
    gives: 'long?',
    rows: [
      [1_000_999n, 999n, 1000n],
      [0n, -1n, 1n],
      [1_577_836_800_000_000n, 0n, 1_577_836_800_000n],
    ],
  },
  {
    name: 'elapsedSince',
    of: ['long', 'long'],
    labels: [['quasi-identifier', 'sensitive'], ['quasi-identifier']],
    gives: 'long? [sensitive]',
  },
  {
    name: 'elapsedSince',
    of: ['long', 'long'],
    labels: [['quasi-identifier'], []],
    gives: 'long? [quasi-identifier]',
  },
  {
    name: 'elapsedSince',
    of: ['long', literal('long', '0')],
    labels: [['quasi-identifier']],
    gives: 'long? [quasi-identifier]',
  },
  { name: 'elapsedSince', of: ['long', 'timestamp'], problem: 'schema/unlike-types' },
  { name: 'elapsedSince', of: ['double', 'double'], problem: 'schema/wrong-type' },
  {
    name: 'bucket',
    of: ['long?', literal('long', '10')],
    gives: 'long?',
    rows: [
      [19n, 10n],
      [20n, 20n],
      [-1n, -10n],
      [-10n, -10n],
      [9007199254740993n, 9007199254740990n],
      [minLong, null],
      [null, null],
    ],
  },
  {
    name: 'bucket',
    of: ['int', literal('int', 7)],
    gives: 'int?',
    rows: [
      [-1, -7],
      [6, 0],
      [-2147483648, null],
    ],
  },
  {
    name: 'bucket',
    of: ['long', literal('long', '10')],
    labels: [['quasi-identifier']],
    gives: 'long? [quasi-identifier]',
  },
  { name: 'bucket', of: ['long', literal('long', '0')], problem: 'schema/wrong-type' },
  { name: 'bucket', of: ['long', 'long'], problem: 'schema/wrong-type' },
  { name: 'bucket', of: ['double', literal('double', 1)], problem: 'schema/wrong-type' },
  {
    name: 'band',
    of: ['long?', literal('long', '10')],
    labels: [['quasi-identifier', 'sensitive']],
    bands: [10],
    gives: 'long? [sensitive]',
    rows: [
      [19n, 10n],
      [20n, 20n],
      [-1n, -10n],
      [9007199254740993n, 9007199254740990n],
      [minLong, null],
      [null, null],
    ],
  },
  {
    name: 'band',
    of: ['int', literal('int', 20)],
    labels: [['identifier', 'quasi-identifier']],
    bands: [10],
    gives: 'int? [identifier]',
    rows: [
      [1999, 1980],
      [-1, -20],
      [-2147483648, null],
    ],
  },
  ...['5', '15', '0', '-10'].map((width) => ({
    name: 'band',
    of: ['long', literal('long', width)] as const,
    labels: [['quasi-identifier']] as const,
    bands: [10],
    problem: 'schema/wrong-type',
  })),
  {
    name: 'band',
    of: ['long', literal('long', '10')],
    labels: [['quasi-identifier']],
    problem: 'schema/wrong-type',
  },
  {
    name: 'pseudonym',
    of: ['string?', literal('string', 'research')],
    labels: [['identifier', 'subject:person']],
    gives: 'string? [pseudonym:research]',
    rows: [
      ['ada', hmac('ada')],
      ['', hmac('')],
      ['Ådä 😀', hmac('Ådä 😀')],
      ['x'.repeat(200), hmac('x'.repeat(200))],
      [null, null],
    ],
  },
  { name: 'pseudonym', of: ['long', literal('string', 'research')], problem: 'schema/wrong-type' },
  { name: 'pseudonym', of: ['string', 'string'], problem: 'schema/wrong-type' },
  { name: 'pseudonym', of: ['string', literal('string', '')], problem: 'schema/wrong-type' },
];
