import type { CallExpression, StructExpression } from '../algebra/expressions.ts';
import { isColumnName } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { string } from '../algebra/types.ts';
import { callSite } from './call-site.ts';
import { expressionOf } from './expression-methods.ts';
import { literalOf } from './literal.ts';
import { refuse } from './refusal.ts';
import { operandOf, type Term, termIn, termOf, typeOfTerm } from './term.ts';
import type { ListValue, MapValue, StructValue } from './values/nested.ts';
import type { StringValue } from './values/string.ts';
import type {
  AnyValue,
  Constant,
  FactsOf,
  Like,
  ScalarType,
  TypeOf,
  ValueOf,
} from './values/value.ts';

type Made = AnyValue | string | number | boolean;
type Labels<V> = Exclude<FactsOf<V>, 'null'>;
/** One of several values that are of one type. */
type OneOf<V> = ValueOf<TypeOf<V>, FactsOf<V>>;

/** A value of the type of another, or a constant of it; a sentence where it is none. */
type Same<A, O> = O extends AnyValue
  ? TypeOf<O> extends TypeOf<A>
    ? O
    : 'values of a list are of one type: cast one of them first'
  : TypeOf<A> extends infer T extends ScalarType
    ? Like<T, O>
    : 'a constant is no nested value';

/**
 * A struct of named values, which has the labels of them all; fields are read as `c.point.x`.
 *
 * @example
 * ```ts
 * const points = readings.derive((c) => ({ point: structOf({ x: c.x, y: c.y }) }));
 * ```
 */
export function structOf<const V extends { readonly [field: string]: Made }>(
  fields: V,
): StructValue<{ readonly [K in keyof V]: Constant<V[K]> }, Labels<V[keyof V]>> {
  const span = callSite();
  const parts = Object.entries(fields).map(([name, value]) => {
    if (!isColumnName(name))
      refuse('names/bad-column', span, { column: name, where: 'structOf(...)' });
    return { name, term: operandOf(value, undefined, `field ${name}`, span) };
  });
  if (parts.length === 0) return refuse('dsl/bad-option', span, nothing);
  const expression: StructExpression = {
    kind: 'struct',
    fields: parts.map(({ name, term }) => ({ name, value: term.expression })),
    span,
  };
  // The type exists for the editor only, here and below.
  return expressionOf(
    termIn(
      expression,
      parts.map(({ term }) => term),
      span,
    ),
  ) as never;
}

/**
 * The list of some values of one type, of which the first is no constant.
 *
 * @example
 * ```ts
 * const peaks = readings.derive((c) => ({ peak: listOf(c.x, c.y, c.z).arrayMax() }));
 * ```
 */
export function listOf<A extends AnyValue, const B extends readonly unknown[]>(
  first: A,
  ...more: { readonly [K in keyof B]: Same<A, B[K]> }
): ListValue<OneOf<A | Extract<B[number], AnyValue>>, Labels<A | B[number]>> {
  const span = callSite();
  return madeOf('listOf', valuesOf('listOf', [first, ...more], span), span) as never;
}

/**
 * The map of names to some values of one type, of which the first is no constant.
 *
 * @example
 * ```ts
 * const maps = readings.derive((c) => ({ axes: mapOf({ x: c.x, y: c.y, z: c.z }) }));
 * ```
 */
export function mapOf<const V extends { readonly [key: string]: AnyValue }>(
  values: V,
): MapValue<StringValue<never>, OneOf<V[keyof V]>, Labels<V[keyof V]>> {
  const span = callSite();
  const terms = valuesOf('mapOf', Object.values(values), span);
  const parts = Object.keys(values).flatMap((key, index) => {
    const value = terms[index];
    return value ? [{ expression: literalOf(key, string, span) }, value] : [];
  });
  return madeOf('mapOf', parts, span) as never;
}

const nothing = { option: 'structOf', found: 'an object without fields', expected: 'a field' };

/** Values of one type: constants take that of the first expression. */
function valuesOf(name: string, values: readonly unknown[], span: Span): readonly Term[] {
  const first = values.map(termOf).find((one) => one !== undefined);
  const type = first && typeOfTerm(first, span);
  return values.map((value) => operandOf(value, type, `${name}(...)`, span));
}

function madeOf(name: string, parts: readonly Term[], span: Span): object {
  const operands = parts.map((part) => part.expression);
  const call: CallExpression = { kind: 'call', function: name, arguments: operands, span };
  return expressionOf(termIn(call, parts, span));
}
