import { decimalText, rescale, unscaled } from '../decimals.ts';
import { type Label, uniteLabels } from '../labels.ts';
import type { Value } from '../row.ts';
import { commonType, type DataType, isNumeric, isOrderable } from '../types.ts';
import type {
  FunctionDefinition,
  Misfit,
  Operand,
  PySparkCall,
  PySparkTerm,
} from './definition.ts';

/** A definition whose null and label rules are the usual ones: null in, null out; all labels stay. */
export function strict(
  definition: Omit<FunctionDefinition, 'nullable' | 'labels'> &
    Partial<Pick<FunctionDefinition, 'nullable'>>,
): FunctionDefinition {
  const { evaluate } = definition;
  return {
    nullable: anyNullable,
    ...definition,
    labels: allLabels,
    evaluate: (values, operands, secrets) =>
      values.includes(null) ? null : evaluate(values, operands, secrets),
  };
}

export function anyNullable(operands: readonly Operand[]): boolean {
  return operands.some((operand) => operand.nullable);
}

export function allLabels(operands: readonly Operand[]): readonly Label[] {
  return uniteLabels(...operands.map((operand) => operand.labels));
}

export const always = (): boolean => true;

/** Whether the operand is a constant other than null and zero, which can neither make null nor divide by zero. */
export function isNonZero({ constant }: Operand): boolean {
  return constant !== undefined && constant !== null && Number(constant) !== 0;
}

export function isMisfit(answer: DataType | Misfit): answer is Misfit {
  return answer.kind === 'unlike' || answer.kind === 'wrong' || answer.kind === 'count';
}

/** The count of operands is as wanted, or the misfit. */
export function countMisfit(
  operands: readonly Operand[],
  least: number,
  most: number,
): Misfit | undefined {
  if (operands.length >= least && operands.length <= most) return undefined;
  const expected =
    least === most
      ? `${least} arguments`
      : `${least} ${most === Infinity ? 'or more' : `to ${most}`} arguments`;
  return { kind: 'count', expected };
}

/** The misfit of the first operand that a test refuses. */
export function wrongOperand(
  operands: readonly Operand[],
  fits: (operand: Operand) => boolean,
  expected: string,
): Misfit | undefined {
  const operand = operands.findIndex((one) => !fits(one));
  return operand < 0 ? undefined : { kind: 'wrong', operand, expected };
}

/** The type that all operands meet in; the first operand that does not meet those before it is told. */
export function meet(operands: readonly Operand[]): DataType | Misfit {
  let type: DataType | undefined;
  for (const [right, operand] of operands.entries()) {
    const common = type === undefined ? operand.type : commonType(type, operand.type);
    if (!common) return { kind: 'unlike', left: 0, right };
    type = common;
  }
  return type ?? { kind: 'count', expected: '1 or more arguments' };
}

/** The type that two operands of an order meet in, or the misfit. */
export function meetOrderable(operands: readonly Operand[]): DataType | Misfit {
  const orderable = (operand: Operand) => isOrderable(operand.type);
  return (
    wrongOperand(operands, orderable, 'values that have an order (no array, struct or map)') ??
    meet(operands)
  );
}

/** The type that two numbers meet in, or the misfit. */
export function meetNumeric(operands: readonly Operand[]): DataType | Misfit {
  return wrongOperand(operands, (one) => isNumeric(one.type), 'a number') ?? meet(operands);
}

export function operator(symbol: string): () => PySparkCall {
  return () => ({ form: 'operator', symbol });
}

export function method(name: string): () => PySparkCall {
  return () => ({ form: 'method', name });
}

export function sparkFunction(name: string): () => PySparkCall {
  return () => ({ form: 'function', name });
}

/** A call inside a nested form. */
export function nested(call: PySparkCall, ...parts: readonly PySparkTerm[]): PySparkTerm {
  return { call, arguments: parts };
}

/** A call of one of Spark's functions inside a nested form. */
export function sparkCall(name: string, ...parts: readonly PySparkTerm[]): PySparkTerm {
  return nested({ form: 'function', name }, ...parts);
}

/** The operands of a call inside its nested form. */
export const first: PySparkTerm = { operand: 0 };
export const second: PySparkTerm = { operand: 1 };

/** Narrowing by type: the interpreter's rows hold what their schema says, so anything else is our bug. */
export function asString(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw new TypeError('expected a string value');
}

export function asBigint(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value);
  throw new TypeError('expected a whole number');
}

export function asNumber(value: Value | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new TypeError('expected a number');
}

/**
 * A number in the type it meets others in: an `int` becomes a bigint where it meets a `long`; a decimal gets all digits, and
 * so does a whole number that meets one.
 */
export function widen(value: Value, to: DataType): Value {
  if (to.kind === 'decimal' && value !== null) {
    const text = String(value);
    const scale = text.split('.')[1]?.length ?? 0;
    return decimalText(rescale(unscaled(text), scale, to.scale), to.scale);
  }
  return to.kind === 'long' && typeof value === 'number' ? BigInt(value) : value;
}
