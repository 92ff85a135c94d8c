import { fitDecimal, parseDecimal, rescale } from '../algebra/decimals.ts';
import type { LiteralExpression } from '../algebra/expressions.ts';
import type { Span } from '../algebra/span.ts';
import * as types from '../algebra/types.ts';
import { type DataType, typeName } from '../algebra/types.ts';
import { inWords, refuse } from './refusal.ts';

/** Half of a UTF-16 pair, which UTF-8 cannot hold. */
const loneSurrogate = /\p{Surrogate}/u;

/** What authors may write as a constant. */
export type JavaScriptConstant = string | number | bigint | boolean;

export function isConstant(value: unknown): value is JavaScriptConstant {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/**
 * A constant of a type. It is never rounded, wrapped or parsed leniently.
 * @throws DiagnosticError `dsl/bad-literal`
 */
export function literalOf(value: unknown, type: DataType, span: Span): LiteralExpression {
  const literal = valueIn(value, type);
  if (literal !== undefined) return { kind: 'literal', type, value: literal };
  return refuse('dsl/bad-literal', span, { found: inWords(value), expected: expected(type) });
}

/**
 * A constant where nothing beside it says its type: text, true or false, a whole number (int, else long) or a double.
 * @throws DiagnosticError `dsl/bad-literal`
 */
export function plainLiteral(value: JavaScriptConstant, span: Span): LiteralExpression {
  return literalOf(value, plainType(value), span);
}

/** No value of a type. */
export function nullOf(type: DataType): LiteralExpression {
  return { kind: 'literal', type, value: null };
}

/** The decimal type of exactly the digits that a number has: of 0.05 `decimal(2, 2)`; undefined where it has none. */
export function decimalOf(value: unknown): types.DecimalType | undefined {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isFinite(value)))
    return undefined;
  const parsed = parseDecimal(String(value));
  if (!parsed) return undefined;
  const scale = Math.max(parsed.scale, 0);
  const digits = String(rescale(parsed.value, parsed.scale, scale)).replace('-', '').length;
  const precision = Math.max(digits, scale, 1);
  return precision <= 38 ? { kind: 'decimal', precision, scale } : undefined;
}

function plainType(value: JavaScriptConstant): DataType {
  if (typeof value === 'string') return types.string;
  if (typeof value === 'boolean') return types.boolean;
  if (typeof value === 'bigint') return types.long;
  if (!Number.isInteger(value)) return types.double;
  return valueIn(value, types.int) === undefined ? types.long : types.int;
}

/** The value as literals hold it, or undefined where it is not one of the type. */
function valueIn(value: unknown, type: DataType): LiteralExpression['value'] | undefined {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' && !loneSurrogate.test(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return wholeIn(value, 32) === undefined ? undefined : Number(value) + 0;
    case 'long':
      return wholeIn(value, 64)?.toString();
    case 'double':
      return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;
    case 'decimal':
      return decimalIn(value, type);
    case 'date':
      return typeof value === 'string' && isDate(value) ? value : undefined;
    case 'timestamp':
      return typeof value === 'string' && isInstant(value) ? value : undefined;
    default:
      return undefined;
  }
}

/** Numbers above 2^53 have lost digits before they get here, so only a bigint is taken for them. */
function wholeIn(value: unknown, bits: number): bigint | undefined {
  if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) return undefined;
  const whole = BigInt(value as bigint | number);
  return BigInt.asIntN(bits, whole) === whole ? whole : undefined;
}

function decimalIn(value: unknown, type: types.DecimalType): string | undefined {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isFinite(value)))
    return undefined;
  const parsed = parseDecimal(String(value));
  if (!parsed || parsed.scale > type.scale) return undefined;
  return fitDecimal(parsed.value, parsed.scale, type) ?? undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isInstant(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/.exec(text);
  return match?.[1] !== undefined && isDate(match[1]);
}

function expected(type: DataType): string {
  switch (type.kind) {
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'int':
      return 'a whole number of 32 bits (int)';
    case 'long':
      return 'a whole number of 64 bits (long; a bigint beyond 2^53)';
    case 'double':
      return 'a finite number (double)';
    case 'decimal':
      return `a number that fits ${typeName(type)}`;
    case 'date':
      return "a date such as '2026-01-31'";
    case 'timestamp':
      return "a UTC timestamp such as '2026-01-31T00:00:00Z'";
    default:
      return `nothing, since ${typeName(type)} has no constants`;
  }
}
