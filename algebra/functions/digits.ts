import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { xxhash64 } from '../checksums.ts';
import type { Value } from '../row.ts';
import { int, isIntegral, long, string } from '../types.ts';
import { wholeInRange } from './arithmetic.ts';
import type { FunctionDefinition, Operand } from './definition.ts';
import { count, ofKind, plain, text, wholeNumber } from './parameters.ts';
import {
  asBigint,
  asNumber,
  asString,
  first,
  isMisfit,
  meet,
  nested,
  second,
  sparkCall,
} from './rules.ts';

const wholeOrText = ofKind('a whole number or a string', 'int', 'long', 'string');

/** Bits and digits of whole numbers, and checksums of texts, which hide nothing: whoever has the texts finds the sums. */
export const digits: readonly FunctionDefinition[] = [
  bitwise('bitAnd', 'bitwiseAND', 'bits that both numbers have', (left, right) => left & right),
  bitwise('bitOr', 'bitwiseOR', 'bits that one of the numbers has', (left, right) => left | right),
  bitwise('bitXor', 'bitwiseXOR', 'bits that just one number has', (left, right) => left ^ right),
  shifted(
    'shiftLeft',
    'shiftleft',
    'left; bits beyond the width are lost',
    (value, by) => value << by,
  ),
  shifted('shiftRight', 'shiftright', 'right, keeping the sign', (value, by) => value >> by),
  plain({
    name: 'bin',
    family: 'digits',
    doc: "A whole number's binary digits, in 64 bits of two's complement below zero.",
    takes: [wholeNumber],
    gives: string,
    spark: 'bin',
    evaluate: ([value]) => BigInt.asUintN(64, asBigint(value)).toString(2),
  }),
  plain({
    name: 'hex',
    family: 'digits',
    doc: "Hexadecimal digits in upper case: of a whole number, in 64 bits of two's complement below zero; of a text's UTF-8 bytes.",
    takes: [wholeOrText],
    gives: string,
    spark: 'hex',
    evaluate: ([value]) => {
      if (typeof value === 'string')
        return Buffer.from(value, 'utf8').toString('hex').toUpperCase();
      return BigInt.asUintN(64, asBigint(value)).toString(16).toUpperCase();
    },
  }),
  plain({
    name: 'ascii',
    family: 'digits',
    doc: "The first character's code point; 0 of the empty text.",
    takes: [text],
    gives: int,
    spark: 'ascii',
    evaluate: ([value]) => asString(value).codePointAt(0) ?? 0,
  }),
  plain({
    name: 'crc32',
    family: 'digits',
    doc: 'A checksum (CRC-32 of the UTF-8 bytes) that spreads texts over buckets; it hides nothing, so it keeps all labels.',
    takes: [text],
    gives: long,
    spark: 'crc32',
    evaluate: ([value]) => BigInt(crc32(bytesOf(value))),
  }),
  plain({
    name: 'sha256',
    family: 'digits',
    doc: 'SHA-256 of the UTF-8 bytes in lower-case hexadecimal digits, for keys; it hides nothing, so it keeps all labels.',
    takes: [text],
    gives: string,
    spark: () => ({
      form: 'nested',
      term: sparkCall('sha2', first, { plain: 256 }),
    }),
    evaluate: ([value]) => createHash('sha256').update(bytesOf(value)).digest('hex'),
  }),
  plain({
    name: 'xxhash64',
    family: 'digits',
    doc: 'A checksum (xxHash of 64 bits, seed 42, of the UTF-8 bytes; 42 of null) that spreads texts over buckets; it hides nothing, so it keeps all labels.',
    takes: [text],
    takesNull: true,
    gives: long,
    nullable: () => false,
    spark: 'xxhash64',
    evaluate: ([value = null]) => (value === null ? 42n : xxhash64(bytesOf(value), 42n)),
  }),
];

function bytesOf(value: Value | undefined): Uint8Array {
  return new TextEncoder().encode(asString(value));
}

function bitwise(
  name: string,
  method: string,
  words: string,
  compute: (left: bigint, right: bigint) => bigint,
): FunctionDefinition {
  return plain({
    name,
    family: 'digits',
    doc: `The ${words} (int or long).`,
    takes: [wholeNumber, wholeNumber],
    gives: meet,
    spark: () => ({
      form: 'nested',
      term: nested({ form: 'method', name: method }, first, second),
    }),
    evaluate: ([left, right], operands) =>
      inWidth(compute(asBigint(left), asBigint(right)), operands),
  });
}

function shifted(
  name: string,
  spark: string,
  words: string,
  compute: (value: bigint, by: bigint) => bigint,
): FunctionDefinition {
  return plain({
    name,
    family: 'digits',
    doc: `The bits of a whole number moved by a constant count (0 to 31 of an int, 0 to 63 of a long) to the ${words}.`,
    takes: [wholeNumber, count(0, 63)],
    gives: ([value, by]) =>
      value?.type.kind === 'int' && Number(by?.constant) > 31
        ? { kind: 'wrong', operand: 1, expected: 'a whole constant from 0 to 31' }
        : (value?.type ?? long),
    spark,
    evaluate: ([value, by], operands) =>
      inWidth(compute(asBigint(value), BigInt(asNumber(by))), operands.slice(0, 1)),
  });
}

/** The low bits, as many as the type has. */
function inWidth(value: bigint, operands: readonly Operand[]) {
  const type = meet(operands);
  const isInt = !isMisfit(type) && isIntegral(type) && type.kind === 'int';
  return wholeInRange(BigInt.asIntN(isInt ? 32 : 64, value), isInt ? 'int' : 'long');
}
