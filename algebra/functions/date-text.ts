import { castValue } from '../cast-value.ts';
import { dayOf, startOf } from '../instants.ts';
import { type DataType, date, string, timestamp } from '../types.ts';
import { microsOf } from './date.ts';
import { type DatePart, dateFormat, dateReader } from './date-format.ts';
import type { FunctionDefinition } from './definition.ts';
import { constantText, dayOrInstant, plain, text } from './parameters.ts';
import { always, asString, first, nested, sparkCall } from './rules.ts';

const format = constantText("a constant format such as 'dd.MM.yyyy'");

/** Between texts and days: formats of fields of fixed width (`yyyy MM dd HH mm ss SSS`), which need no lenient parser. */
export const dateTexts: readonly FunctionDefinition[] = [
  read('parseDate', 'The day that a text of a constant format says', date),
  read('parseTimestamp', 'The instant that a text of a constant format says, in UTC', timestamp),
  plain({
    name: 'format',
    family: 'date',
    doc: "A day or instant as text of a constant format of `yyyy MM dd HH mm ss SSS`, signs and text in `'...'`.",
    takes: [dayOrInstant, format],
    gives: ([, given]) => {
      const parts = dateFormat(String(given?.constant));
      return typeof parts === 'string'
        ? { kind: 'wrong', operand: 1, expected: `a format: ${parts}` }
        : string;
    },
    spark: 'date_format',
    evaluate: ([value, given]) => {
      const parts = dateFormat(asString(given));
      return typeof parts === 'string' ? null : written(microsOf(value), parts);
    },
  }),
];

function read(name: string, doc: string, type: DataType): FunctionDefinition {
  const readerOf = (given: unknown) => dateReader(String(given), type.kind === 'timestamp');
  return plain({
    name,
    family: 'date',
    doc: `${doc}; null where it says none.`,
    takes: [text, format],
    gives: ([, given]) => {
      const reader = readerOf(given?.constant);
      return typeof reader === 'string'
        ? { kind: 'wrong', operand: 1, expected: `a format: ${reader}` }
        : type;
    },
    nullable: always,
    // Spark 3.5's own parser of formats stops the job where an older one had read something else.
    spark: ([, given]) => {
      const reader = readerOf(given?.constant);
      if (typeof reader === 'string') throw new TypeError(`a format is wrong: ${reader}`);
      const pattern = { plain: reader.java };
      const fits = nested({ form: 'method', name: 'rlike' }, first, pattern);
      const iso = sparkCall('regexp_replace', first, pattern, { plain: reader.iso });
      const instant = sparkCall('try_to_timestamp', sparkCall('when', fits, iso));
      const cast = { form: 'method', name: 'cast' } as const;
      return {
        form: 'nested',
        term: type.kind === 'date' ? nested(cast, instant, { plain: 'date' }) : instant,
      };
    },
    evaluate: ([value, given]) => {
      const reader = readerOf(given);
      if (typeof reader === 'string' || !reader.script.test(asString(value))) return null;
      return castValue(asString(value).replace(reader.script, reader.iso), string, type);
    },
  });
}

function written(micros: bigint, parts: readonly DatePart[]): string {
  const day = dayOf(micros);
  const clock = new Date(Number((micros - (startOf(day) ?? 0n)) / 1000n)).toISOString();
  const fraction = String(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n).padStart(6, '0');
  const fields = {
    yyyy: day.slice(0, 4),
    MM: day.slice(5, 7),
    dd: day.slice(8, 10),
    HH: clock.slice(11, 13),
    mm: clock.slice(14, 16),
    ss: clock.slice(17, 19),
    SSS: fraction.slice(0, 3),
    SSSSSS: fraction,
  };
  return parts.map((part) => ('field' in part ? fields[part.field] : part.text)).join('');
}
