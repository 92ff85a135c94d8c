import type {
  PyCall,
  PyDict,
  PyExpression,
  PyImport,
  PyLambda,
  PyList,
  PyLiteral,
  PyName,
  PyNegation,
  PyOperation,
  PyOperator,
  PySymbol,
} from './tree.ts';

export function name(text: string): PyName {
  return { kind: 'name', name: text };
}

export function symbol(needed: PyImport): PySymbol {
  return { kind: 'symbol', import: needed };
}

export function text(value: string): PyLiteral {
  return { kind: 'literal', value };
}

export function integer(value: number | bigint): PyLiteral {
  return { kind: 'literal', value: BigInt(value) };
}

export function constant(value: PyLiteral['value']): PyLiteral {
  return { kind: 'literal', value };
}

/** `callee(first, second, keyword=value)` */
export function call(
  callee: PyExpression,
  positional: readonly PyExpression[] = [],
  keywords: Readonly<Record<string, PyExpression>> = {},
): PyCall {
  const named = Object.entries(keywords).map(([key, value]) => ({ name: key, value }));
  return { kind: 'call', callee, arguments: positional, keywords: named };
}

/** `receiver.method(first, second, keyword=value)` */
export function method(
  receiver: PyExpression,
  methodName: string,
  positional: readonly PyExpression[] = [],
  keywords: Readonly<Record<string, PyExpression>> = {},
): PyCall {
  return call({ kind: 'attribute', value: receiver, name: methodName }, positional, keywords);
}

export function attribute(value: PyExpression, attributeName: string): PyExpression {
  return { kind: 'attribute', value, name: attributeName };
}

/** `first operator second ...`; one operand stays as it is. */
export function operation(
  operator: PyOperator,
  first: PyExpression,
  ...rest: readonly PyExpression[]
): PyOperation | PyExpression {
  return rest.length === 0 ? first : { kind: 'operation', operator, operands: [first, ...rest] };
}

export function not(operand: PyExpression): PyNegation {
  return { kind: 'negation', operator: '~', operand };
}

export function list(items: readonly PyExpression[]): PyList {
  return { kind: 'list', items };
}

export function dict(
  entries: readonly { readonly key: PyExpression; readonly value: PyExpression }[],
): PyDict {
  return { kind: 'dict', entries };
}

/** `lambda first, second: body` */
export function lambda(parameters: readonly string[], body: PyExpression): PyLambda {
  return { kind: 'lambda', parameters, body };
}
