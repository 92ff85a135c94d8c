import type { LiteralExpression } from '../../algebra/expressions.ts';
import { type DataType, sameType } from '../../algebra/types.ts';
import { constantType, methods } from '../../dsl/expression-methods.ts';
import { isConstant, literalOf } from '../../dsl/literal.ts';
import { text } from './text.ts';
import { Unsayable } from './unsayable.ts';

const byFunction = new Map(
  Object.entries(methods).map(([name, method]) => [method.function, { name, ...method }] as const),
);

/** The method by which authors call a function of the algebra. */
export function methodOf(name: string): string {
  const method = byFunction.get(name);
  if (!method) throw new Unsayable(`the language has no method for ${name}`);
  return method.name;
}

/** What the types take no constant for. */
const takingNone = ['and', 'or', 'elapsedSince'];

/** Whether a function called on a value of a type takes a constant for one of the constant's own type. */
export function takesConstant(
  name: string,
  receiver: DataType | undefined,
  literal: LiteralExpression,
): boolean {
  if (takingNone.includes(name)) return false;
  const method = byFunction.get(name);
  const written = writtenConstant(literal.type, literal.value);
  const type = method && constantType(method, written, () => receiver);
  return type ? sameType(type, literal.type) : isPlain(literal);
}

/** Whether a constant alone has its type. */
export function isPlain({ type, value }: LiteralExpression): boolean {
  if (type.kind === 'double') return typeof value === 'number' && !Number.isInteger(value);
  return type.kind === 'string' || type.kind === 'boolean' || type.kind === 'int';
}

/** A constant as an author writes it where its type is known. */
export function constantText({ type, value }: LiteralExpression): string {
  const written = writtenConstant(type, value);
  const read = isConstant(written) ? literalOf(written, type, nowhere).value : undefined;
  if (read !== value) throw new Unsayable(`no constant is read as ${String(value)}`);
  if (typeof written === 'bigint') return `${written}n`;
  return typeof written === 'string' ? text(written) : String(written);
}

function writtenConstant(type: DataType, value: LiteralExpression['value']) {
  if (type.kind === 'decimal') return Number(value);
  if (type.kind !== 'long') return value;
  const whole = BigInt(value ?? 0);
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
}

const nowhere = { file: '', line: 1, column: 1 };
