import { printExpression } from '../../algebra/expression-printer.ts';
import type { Expression, LiteralExpression } from '../../algebra/expressions.ts';
import { parseTimestamp } from '../../algebra/instants.ts';
import type { Label } from '../../algebra/labels.ts';
import type { Value } from '../../algebra/row.ts';
import type { DataType } from '../../algebra/types.ts';
import type { TypeText } from '../verbs/given.ts';
import { call, column } from '../verbs/nodes.ts';

/** A function over operands of some types: what it gives, and for which values what. */
export interface Signature {
  readonly name: string;
  /** Types of the operands in order; a literal where one is constant. */
  readonly of: readonly (TypeText | DataType | LiteralExpression)[];
  /** Labels of the operands that are no constants; absent: none. */
  readonly labels?: readonly (readonly Label[])[];
  /** Widths of the bands in which the operands that are no constants may be shown; absent: none. */
  readonly bands?: readonly number[];
  /** The result's type, nullability and labels: `long?`, `string [identifier]`. */
  readonly gives?: string;
  /** Values of the operands that are no constants, and of the result. */
  readonly rows?: readonly (readonly Value[])[];
  /** The code of what is wrong, instead. */
  readonly problem?: string;
  /** The expression over columns `a`, `b`, ...; absent: a call of the function. */
  readonly write?: Expression;
}

/** Columns that stand for the operands that are no constants. */
export const operandNames = ['a', 'b', 'c', 'd'];

/** The expression of a signature. */
export function expressionOf(signature: Signature): Expression {
  if (signature.write) return signature.write;
  const names = operandNames.values();
  const operands = signature.of.map((one) =>
    isLiteral(one) ? one : column(names.next().value ?? ''),
  );
  return call(signature.name, ...operands);
}

/** The operands that are no constants. */
export function variablesOf({ of }: Signature): readonly (TypeText | DataType)[] {
  return of.filter((one) => !isLiteral(one)) as (TypeText | DataType)[];
}

export function isLiteral(one: TypeText | DataType | LiteralExpression): one is LiteralExpression {
  return typeof one === 'object' && one.kind === 'literal';
}

/** How a signature is told apart: `add(int?, 7)`. */
export function signatureText({ name, of, labels, bands, write }: Signature): string {
  const operands = of.map((one) => {
    if (typeof one === 'string') return one;
    return one.kind === 'literal' ? JSON.stringify(one.value) : one.kind;
  });
  const labelled = labels ? ` [${labels.map((one) => one.join(' ')).join(', ')}]` : '';
  const banded = bands ? ` in bands of ${bands.join(', ')}` : '';
  const lambda = write?.kind === 'each' ? ` as ${printExpression(write)}` : '';
  return `${name}(${operands.join(', ')})${labelled}${banded}${lambda}`;
}

/** The same values under several functions: name to result, by place. */
export function results(
  operands: readonly (readonly Value[])[],
  values: readonly Value[],
): readonly (readonly Value[])[] {
  return operands.map((row, index) => [...row, values[index] ?? null]);
}

/** Microseconds since 1970 at a time of UTC: `2020-02-29 13:04:05`. */
export function at(text: string): bigint {
  const found = parseTimestamp(text);
  if (found === undefined) throw new TypeError(`${text} is no instant`);
  return found;
}
