import type { Value } from '../row.ts';
import { type DataType, isIntegral, isNumeric, isOrderable } from '../types.ts';
import type { FunctionDefinition, Misfit, Operand, PySparkForm } from './definition.ts';
import { strict } from './rules.ts';

/** What one operand of a function must be. */
export interface Parameter {
  /** In words, for the message: `a string`. */
  readonly expected: string;
  fits(operand: Operand): boolean;
  /** It is a constant, which PySpark takes as a plain Python value. */
  readonly constant?: true;
}

export const text: Parameter = ofKind('a string', 'string');
export const wholeNumber: Parameter = {
  expected: 'a whole number (int or long)',
  fits: ({ type }) => isIntegral(type),
};
export const longNumber: Parameter = ofKind('a long', 'long');
export const intNumber: Parameter = ofKind('an int', 'int');
export const doubleNumber: Parameter = ofKind('a double', 'double');
export const doubleOrDecimal: Parameter = ofKind('a double or decimal', 'double', 'decimal');
export const realNumber: Parameter = {
  expected: 'a double, int or long',
  fits: ({ type }) => type.kind === 'double' || isIntegral(type),
};
export const anyNumber: Parameter = {
  expected: 'a number',
  fits: ({ type }) => isNumeric(type),
};
export const day: Parameter = ofKind('a date', 'date');
export const instant: Parameter = ofKind('a timestamp', 'timestamp');
export const anyValue: Parameter = { expected: 'any value', fits: () => true };
export const orderable: Parameter = {
  expected: 'a value that has an order',
  fits: ({ type }) => isOrderable(type),
};
export const someText: Parameter = constantText(
  'a constant text that is not empty',
  (value) => value !== '',
);
export const dayOrInstant: Parameter = ofKind('a date or timestamp', 'date', 'timestamp');

export const place: Parameter = constantWhere(
  'a whole constant other than 0',
  (value) => typeof value === 'number' && Number.isInteger(value) && value !== 0,
);

/** An operand of one of the kinds of types. */
export function ofKind(expected: string, ...kinds: readonly DataType['kind'][]): Parameter {
  return { expected, fits: ({ type }) => kinds.includes(type.kind) };
}

/** A whole-number constant of a range. */
export function count(least: number, most = Number.MAX_SAFE_INTEGER): Parameter {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  return constantWhere(
    `a whole constant ${range}`,
    (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
  );
}

/** A constant text, of those that a test takes. */
export function constantText(
  expected: string,
  fits: (value: string) => boolean = () => true,
): Parameter {
  return constantWhere(expected, (value) => typeof value === 'string' && fits(value));
}

/** A constant that a test takes. */
export function constantWhere(
  expected: string,
  fits: (value: NonNullable<Operand['constant']>) => boolean,
): Parameter {
  return {
    expected,
    constant: true,
    fits: ({ constant }) => constant !== undefined && constant !== null && fits(constant),
  };
}

/** A function that is told by its parameters: null of null, and all labels stay. */
export interface Plain {
  readonly name: string;
  readonly family: FunctionDefinition['family'];
  readonly doc: string;
  readonly takes: readonly Parameter[];
  /** Any number of operands more. */
  readonly more?: Parameter;
  /** The result's type, which may follow from operands that fit the parameters. */
  readonly gives: DataType | ((operands: readonly Operand[]) => DataType | Misfit);
  /** Null operands are given to `evaluate` too; absent: of any null it is null. */
  readonly takesNull?: true;
  /** Whether it can be null where no operand is. */
  readonly nullable?: FunctionDefinition['nullable'];
  /** Name of the function in `pyspark.sql.functions`, or how else PySpark says it. */
  readonly spark: string | ((operands: readonly Operand[]) => PySparkForm);
  evaluate(values: readonly Value[], operands: readonly Operand[]): Value;
}

/** The definition of a plain function: the shortest way to add one. */
export function plain({
  takes,
  more,
  gives,
  spark,
  takesNull,
  ...rest
}: Plain): FunctionDefinition {
  const constants = takes.flatMap(({ constant }, index) => (constant ? [index] : []));
  const definition = strict({
    ...rest,
    type: (operands) =>
      parameterMisfit(operands, takes, more) ??
      (typeof gives === 'function' ? gives(operands) : gives),
    ...(constants.length > 0 ? { constants } : {}),
    pyspark: typeof spark === 'string' ? () => ({ form: 'function', name: spark }) : spark,
  });
  return takesNull ? { ...definition, evaluate: rest.evaluate } : definition;
}

/** Why operands do not fit parameters, of which there may be any number `more`. */
export function parameterMisfit(
  operands: readonly Operand[],
  takes: readonly Parameter[],
  more?: Parameter,
): Misfit | undefined {
  if (operands.length < takes.length || (!more && operands.length > takes.length)) {
    return { kind: 'count', expected: `${takes.length} ${more ? 'or more ' : ''}arguments` };
  }
  for (const [index, operand] of operands.entries()) {
    const parameter = takes[index] ?? more;
    if (parameter && !parameter.fits(operand)) {
      return { kind: 'wrong', operand: index, expected: parameter.expected };
    }
  }
  return undefined;
}
