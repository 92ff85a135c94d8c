import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const minLong = -9223372036854775808n;

export const digits: readonly Signature[] = [
  {
    name: 'bitAnd',
    of: ['int', 'int?'],
    gives: 'int?',
    rows: [
      [12, 10, 8],
      [-1, 7, 7],
      [1, null, null],
    ],
  },
  {
    name: 'bitOr',
    of: ['long', 'int'],
    gives: 'long',
    rows: [
      [12n, 3, 15n],
      [minLong, -1, -1n],
    ],
  },
  {
    name: 'bitXor',
    of: ['int', literal('int', -1)],
    gives: 'int',
    rows: [
      [5, -6],
      [-2147483648, 2147483647],
    ],
  },
  {
    name: 'shiftLeft',
    of: ['int', literal('int', 4)],
    gives: 'int',
    rows: [
      [3, 48],
      [2147483647, -16],
    ],
  },
  {
    name: 'shiftLeft',
    of: ['long?', literal('int', 63)],
    gives: 'long?',
    rows: [
      [3n, minLong],
      [null, null],
    ],
  },
  {
    name: 'shiftRight',
    of: ['long', literal('int', 1)],
    gives: 'long',
    rows: [
      [-9n, -5n],
      [9n, 4n],
    ],
  },
  { name: 'shiftRight', of: ['int', literal('int', 32)], problem: 'schema/wrong-type' },
  {
    name: 'bin',
    of: ['long?'],
    gives: 'string?',
    rows: [
      [5n, '101'],
      [0n, '0'],
      [-1n, '1'.repeat(64)],
      [null, null],
    ],
  },
  { name: 'bin', of: ['int'], gives: 'string', rows: [[-1, '1'.repeat(64)]] },
  {
    name: 'hex',
    of: ['long'],
    gives: 'string',
    rows: [
      [255n, 'FF'],
      [minLong, '8000000000000000'],
    ],
  },
  { name: 'hex', of: ['double'], problem: 'schema/wrong-type' },
  {
    name: 'ascii',
    of: ['string?'],
    gives: 'int?',
    rows: [
      ['Ab', 65],
      ['😀', 128512],
      ['', 0],
      [null, null],
    ],
  },
  {
    name: 'crc32',
    of: ['string?'],
    gives: 'long?',
    rows: [
      ['abc', 891568578n],
      ['', 0n],
      ['é😀', 2139118086n],
      [null, null],
    ],
  },
  {
    name: 'sha256',
    of: ['string?'],
    labels: [['identifier']],
    gives: 'string? [identifier]',
    rows: [
      ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['é', '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
      [null, null],
    ],
  },
  {
    name: 'xxhash64',
    of: ['string?'],
    gives: 'long',
    rows: [
      ['abc', 1423657621850124518n],
      ['x'.repeat(40), -5348608777870439244n],
      ['', -7444071767201028348n],
      [null, 42n],
    ],
  },
  {
    name: 'xxhash64',
    of: ['string'],
    labels: [['identifier', 'subject:person']],
    gives: 'long [identifier subject:person]',
  },
];
