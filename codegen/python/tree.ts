import type { Span } from '../../algebra/span.ts';

/** A Python expression, as far as generated scripts need Python. Build with the functions of `build.ts`. */
export type PyExpression =
  | PyName
  | PySymbol
  | PyLiteral
  | PyAttribute
  | PyCall
  | PyOperation
  | PyNegation
  | PyList
  | PyDict
  | PyLambda;

/** A variable or parameter of the script itself. */
export interface PyName {
  readonly kind: 'name';
  readonly name: string;
}

/** Something of a module; that it is printed is what makes the script import it. */
export interface PySymbol {
  readonly kind: 'symbol';
  readonly import: PyImport;
}

/** `from module import name as alias`; without `name`, `import module as alias`. */
export interface PyImport {
  readonly module: string;
  readonly name?: string;
  readonly alias?: string;
}

/** A constant. Integers are bigints and floats are numbers, as Python tells them apart too. */
export interface PyLiteral {
  readonly kind: 'literal';
  readonly value: string | bigint | number | boolean | null;
}

export interface PyAttribute {
  readonly kind: 'attribute';
  readonly value: PyExpression;
  readonly name: string;
}

export interface PyCall {
  readonly kind: 'call';
  readonly callee: PyExpression;
  readonly arguments: readonly PyExpression[];
  readonly keywords: readonly PyKeyword[];
}

export interface PyKeyword {
  readonly name: string;
  readonly value: PyExpression;
}

export type PyOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&'
  | '|'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '>>';

/** `first operator second operator third`; operations inside are parenthesised, so no precedence is relied on. */
export interface PyOperation {
  readonly kind: 'operation';
  readonly operator: PyOperator;
  readonly operands: readonly PyExpression[];
}

/** `~operand` or `-operand` */
export interface PyNegation {
  readonly kind: 'negation';
  readonly operator: '~' | '-';
  readonly operand: PyExpression;
}

export interface PyList {
  readonly kind: 'list';
  readonly items: readonly PyExpression[];
}

export interface PyDict {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: PyExpression; readonly value: PyExpression }[];
}

/** `lambda first, second: body` */
export interface PyLambda {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: PyExpression;
}

/** What a statement may carry besides what it does. */
interface Annotated {
  /** Printed above, one `#` line each, wrapped. */
  readonly comment?: string;
  /** An empty line goes before it. */
  readonly apart?: boolean;
  /** Where the author said so; ends up in the provenance, not in the script. */
  readonly span?: Span;
}

export type PyStatement = Annotated &
  (
    | { readonly kind: 'assign'; readonly target: string; readonly value: PyExpression }
    | { readonly kind: 'return'; readonly value: PyExpression }
    | { readonly kind: 'expression'; readonly value: PyExpression }
    | { readonly kind: 'import'; readonly import: PyImport }
    | {
        readonly kind: 'with';
        readonly value: PyExpression;
        readonly target: string;
        readonly body: readonly PyStatement[];
      }
    | PyFunction
  );

export interface PyFunction extends Annotated {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly PyParameter[];
  readonly returns: PyExpression;
  readonly doc?: string;
  readonly body: readonly PyStatement[];
}

export interface PyParameter {
  readonly name: string;
  readonly type?: PyExpression;
  readonly value?: PyExpression;
  /** Can only be given by name; all such parameters come last. */
  readonly keywordOnly?: boolean;
}
