import type { Csv, DeclaredColumn, Format } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { type DataType, typeName } from '../../algebra/types.ts';
import { callSite } from '../call-site.ts';
import { inWords, refuse } from '../refusal.ts';

/** How CSV files differ from RFC 4180 with a header. */
export interface CsvOptions {
  /** Whether the first line of each file names its columns, in any order. Default: true. */
  readonly header?: boolean;
  /** One character. Default: a comma. */
  readonly delimiter?: string;
  /** One character, or `'none'`. Default: `"`. */
  readonly quote?: string;
  /** How a quote is written within quotes: `'doubled'` (the default), or after a `'backslash'`. */
  readonly escape?: 'doubled' | 'backslash';
  /** The text, outside quotes, that stands for null. Default: nothing at all. */
  readonly nullValue?: string;
  /** Whether values in quotes may hold line breaks. Each file has to fit into memory then. Default: false. */
  readonly lineBreaks?: boolean;
}

/**
 * Files of comma-separated values, for the `format` of a table.
 *
 * Read strictly: a record with more or fewer values than columns, or without a required one, is quarantined; an optional
 * value that cannot be read is null and counted. A header that lacks a declared column, and a quote that is not closed in its
 * line, stop the run before anything is published.
 *
 * @throws DiagnosticError `dsl/bad-option`
 * @example
 * ```ts
 * const cities = landing.table('city', {
 *   format: csv({ delimiter: ';', nullValue: '-' }),
 *   columns: { city: string(), people: long().nullable() },
 * });
 * ```
 */
export function csv(options: CsvOptions = {}): Csv {
  const span = callSite();
  const { header = true, delimiter = ',', quote = '"', escape: way = 'doubled' } = options;
  const { nullValue = '', lineBreaks = false } = options;
  const isSign = (text: unknown) =>
    typeof text === 'string' && /^[\t -\u007e]$/.test(text) && !/[\w\\]/.test(text);
  const demand = (isRight: boolean, option: string, found: unknown, expected: string) => {
    if (!isRight) refuse('dsl/bad-option', span, { option, found: inWords(found), expected });
  };
  demand(typeof header === 'boolean', 'header', header, 'true or false');
  demand(typeof lineBreaks === 'boolean', 'lineBreaks', lineBreaks, 'true or false');
  demand(isSign(delimiter), 'delimiter', delimiter, 'one sign such as ; or a tab');
  const isQuote = quote === 'none' || (isSign(quote) && quote !== delimiter);
  demand(isQuote, 'quote', quote, "'none' or one sign that is not the delimiter");
  const escapes = ['doubled', 'backslash'];
  demand(escapes.includes(way), 'escape', way, "'doubled' or 'backslash'");
  const isNull = typeof nullValue === 'string' && !/[\r\n]/.test(nullValue);
  demand(isNull && !nullValue.includes(delimiter), 'nullValue', nullValue, 'text of one value');
  const sign = quote === 'none' ? '' : quote;
  return Object.freeze({
    kind: 'csv',
    header,
    delimiter,
    quote: sign,
    escape: way === 'backslash' ? '\\' : sign,
    nullValue,
    lineBreaks: lineBreaks && sign !== '',
  });
}

/**
 * The format that an author gave, if it can hold the columns.
 * @throws DiagnosticError `dsl/bad-option`
 */
export function declaredFormat(
  format: Format,
  columns: readonly DeclaredColumn[],
  span: Span,
): Format {
  const option = 'format';
  const isKnown =
    typeof format === 'string' ? NAMES.includes(format) : KINDS.includes(format?.kind);
  if (!isKnown) {
    const expected = "'json', 'parquet', 'orc', 'avro', csv() or jdbc()";
    return refuse('dsl/bad-option', span, { option, found: inWords(format), expected });
  }
  const unfit = columns.find(({ type }) => !holds(format, type));
  if (!unfit) return format;
  const name = typeof format === 'string' ? `'${format}'` : `${format.kind}()`;
  const found = `${name} of a table whose column ${unfit.name} is of type ${typeName(unfit.type)}`;
  const expected = 'columns of types that it can hold, or another format';
  return refuse('dsl/bad-option', span, { option, found, expected });
}

const NAMES: readonly string[] = ['json', 'parquet', 'orc', 'avro'];
const KINDS: readonly string[] = ['csv', 'jdbc'];

/** CSV and databases hold plain values only; keys of Avro's maps are texts. */
function holds(format: Format, type: DataType): boolean {
  if (typeof format !== 'string') return !['array', 'map', 'struct'].includes(type.kind);
  if (format !== 'avro') return true;
  switch (type.kind) {
    case 'array':
      return holds(format, type.element);
    case 'map':
      return type.key.kind === 'string' && holds(format, type.value);
    case 'struct':
      return type.fields.every((field) => holds(format, field.type));
    default:
      return true;
  }
}
