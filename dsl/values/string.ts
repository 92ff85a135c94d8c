import type { ColumnDeclaration } from '../declarations/column.ts';
import type { BooleanValue } from './boolean.ts';
import type { ArrayOf, JsonOf, NestedValue, StructOf } from './nested.ts';
import type { IntValue, LongValue } from './number.ts';
import type { OrderedMethods } from './ordered.ts';
import type { DateValue, TimestampValue } from './time.ts';
import type { FactsOf, Like, Value, ValueOf } from './value.ts';

/** Text. Every method keeps the labels: the lower case of an e-mail address still identifies a person. */
export interface StringValue<out F> extends Value<'string', F>, OrderedMethods<'string', F> {
  /** Lower case: `c.email.lower()`. */
  lower(): StringValue<F>;
  /** Upper case: `c.country.upper()`. */
  upper(): StringValue<F>;
  /** Without spaces at both ends: `c.name.trim()`. */
  trim(): StringValue<F>;
  /** Number of characters: `c.serialNumber.length()`. */
  length(): IntValue<F>;
  /** This text and the others in a row, null where one is: `c.city.concat(', ', c.country)`. */
  concat<const O extends readonly unknown[]>(
    ...others: { readonly [K in keyof O]: Like<'string', O[K]> }
  ): StringValue<F | FactsOf<O[number]>>;
  /** `length` characters from `start`, which counts from 1: `c.birthDay.substring(1, 4)`. */
  substring(start: number, length: number): StringValue<F>;
  /** Whether it starts so: `c.serialNumber.startsWith('ST-')`. */
  startsWith<const O>(prefix: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
  /** Whether it ends so: `c.email.endsWith('.org')`. */
  endsWith<const O>(suffix: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
  /** Whether it holds the text: `c.name.contains('test')`. */
  contains<const O>(part: Like<'string', O>): BooleanValue<F | FactsOf<O>>;
  /** Without spaces at the start: `c.name.ltrim()`. */
  ltrim(): StringValue<F>;
  /** Without spaces at the end: `c.name.rtrim()`. */
  rtrim(): StringValue<F>;
  /** The first `length` characters: `c.postcode.left(2)`. */
  left(length: number): StringValue<F>;
  /** The last `length` characters: `c.serialNumber.right(4)`. */
  right(length: number): StringValue<F>;
  /** Exactly `length` characters, filled on the left or cut off at the end: `c.code.lpad(5, '0')`. */
  lpad(length: number, filling: string): StringValue<F>;
  /** Exactly `length` characters, filled on the right or cut off at the end: `c.code.rpad(5, ' ')`. */
  rpad(length: number, filling: string): StringValue<F>;
  /** So often in a row: `c.code.repeat(2)`. */
  repeat(times: number): StringValue<F>;
  /** From the last character to the first: `c.host.reverse()`. */
  reverse(): StringValue<F>;
  /** Another text in place of each `part`: `c.phone.replace(' ', '')`. */
  replace<const O, const P>(
    part: Like<'string', O>,
    other: Like<'string', P>,
  ): StringValue<F | FactsOf<O> | FactsOf<P>>;
  /** Each character of `from` becomes the one at its place in `to`, or none: `c.number.translate('.,', ',.')`. */
  translate(from: string, to: string): StringValue<F>;
  /** Where the text occurs first, from 1 on; 0 nowhere: `c.email.position('@')`. */
  position<const O>(part: Like<'string', O>): IntValue<F | FactsOf<O>>;
  /** What is before the delimiter's first occurrence (1), or behind its last (-1): `c.email.substringIndex('@', -1)`. */
  substringIndex(delimiter: string, place: number): StringValue<F>;
  /** The part at a place, from 1 on or from the end (-1), between delimiters: `c.path.splitPart('/', 2)`. */
  splitPart(delimiter: string, place: number): StringValue<F>;
  /** How many bytes it has in UTF-8: `c.name.octetLength()`. */
  octetLength(): IntValue<F>;
  /** The hexadecimal digits of its UTF-8 bytes: `c.name.hex()`. */
  hex(): StringValue<F>;
  /** How often a pattern matches: `c.text.regexpCount('[0-9]+')`. */
  regexpCount(pattern: string): IntValue<F>;
  /** What a group of each match matched, 0 for all of it: `c.text.regexpExtractAll('#([a-z]+)', 1)`. */
  regexpExtractAll(pattern: string, group: number): NestedValue<ArrayOf<StringValue<never>>, F>;
  /** How many characters must change to make one text the other: `c.name.levenshtein(c.alias)`. */
  levenshtein<const O>(other: Like<'string', O>): IntValue<F | FactsOf<O>>;
  /** The texts in a row with a separator between, without nulls: `c.city.concatWith(', ', c.country)`. */
  concatWith<const O extends readonly unknown[]>(
    separator: string,
    ...others: { readonly [K in keyof O]: Like<'string', O[K]> }
  ): StringValue<Exclude<F | FactsOf<O[number]>, 'null'>>;
  /** Whether the whole text is like it; `%` is any text, `_` a character: `c.name.like('A%')`. */
  like(pattern: string): BooleanValue<F>;
  /** Whether a regular expression matches somewhere in it: `c.code.rlike('^[A-Z]{2}\\d+$')`. */
  rlike(pattern: string): BooleanValue<F>;
  /** What a group of the first match is, 0 all of it; empty without a match: `c.code.regexpExtract('^([A-Z]+)', 1)`. */
  regexpExtract(pattern: string, group: number): StringValue<F>;
  /** With another text in place of each match; `$1` is the first group: `c.phone.regexpReplace('[^0-9]', '')`. */
  regexpReplace(pattern: string, other: string): StringValue<F>;
  /** The parts between separators, as a list: `c.tags.split(',')`. */
  split(separator: string): NestedValue<ArrayOf<StringValue<never>>, F>;
  /** The code point of the first character, 0 of the empty text: `c.grade.ascii()`. */
  ascii(): IntValue<F>;
  /** A checksum that spreads texts over buckets; it hides nothing and keeps all labels: `c.code.crc32().pmod(16)`. */
  crc32(): LongValue<F>;
  /** A checksum of 64 bits that spreads texts over buckets; it hides nothing and keeps all labels: `c.code.xxhash64()`. */
  xxhash64(): LongValue<Exclude<F, 'null'>>;
  /** The day that it says in a format of `yyyy MM dd` and signs, null where none: `c.birthDay.parseDate('dd.MM.yyyy')`. */
  parseDate(format: string): DateValue<F | 'null'>;
  /** The instant that it says, also with `HH mm ss SSS`: `c.at.parseTimestamp('yyyyMMdd HHmmss')`. */
  parseTimestamp(format: string): TimestampValue<F | 'null'>;
  /**
   * The struct or list that it holds as JSON, null where it does not begin with exactly such a value; all within may be null:
   * `c.payload.fromJson(struct({ id: long(), tags: array(string()) }))`.
   */
  fromJson<T extends StructOf<unknown> | ArrayOf<unknown>>(
    type: ColumnDeclaration<T, 'null'>,
  ): ValueOf<JsonOf<T>, F | 'null'>;
  /** The value at a path in JSON as text, null where there is none: `c.payload.getJsonObject('$.customer.phones[0]')`. */
  getJsonObject(path: string): StringValue<F | 'null'>;
  /** How many elements the JSON list has that it begins with, null where there is none: `c.payload.jsonArrayLength()`. */
  jsonArrayLength(): IntValue<F | 'null'>;
  /** The keys of the JSON object that it begins with, null where there is none: `c.payload.jsonObjectKeys()`. */
  jsonObjectKeys(): NestedValue<ArrayOf<StringValue<never>>, F | 'null'>;
}
