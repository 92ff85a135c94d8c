import type { Expression } from '../../algebra/expressions.ts';

/** Expressions that a verb writes by itself, over columns by name. */
export function read(name: string): Expression {
  return { kind: 'column', name };
}

/** A call of a function; a text stands for a column. */
export function call(name: string, ...operands: readonly (Expression | string)[]): Expression {
  const made = operands.map((one) => (typeof one === 'string' ? read(one) : one));
  return { kind: 'call', function: name, arguments: made };
}

/** A name that no column has, case aside. */
export function free(wanted: string, names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  let found = wanted;
  for (let number = 2; taken.has(found.toLowerCase()); number += 1) found = `${wanted}_${number}`;
  return found;
}

/** Values of a row as one text that no other values have: nulls, and what stands between them, are told apart. */
export function keyText(parts: readonly Expression[]): Expression {
  const fields = parts.map((value, index) => ({ name: `_${index + 1}`, value }));
  return call('toJson', { kind: 'struct', fields });
}
