import { eachFunctions } from '../algebra/each-functions.ts';
import type { CallExpression, EachName, Expression } from '../algebra/expressions.ts';
import { functions } from '../algebra/functions/index.ts';
import type { Span } from '../algebra/span.ts';
import { type DataType, double, int, string, typeName } from '../algebra/types.ts';
import { callSite } from './call-site.ts';
import { declarationOf } from './declarations/column.ts';
import { eachTerm } from './lambda.ts';
import { decimalOf } from './literal.ts';
import { refuse } from './refusal.ts';
import { operandOf, register, type Term, termIn, termOf, typeOfTerm } from './term.ts';

/**
 * How a method becomes a call: the function's name, and the type that constants take (`same`: the receiver's or its elements';
 * `digits`: that too, but beside a decimal as many digits as they have).
 */
interface Method {
  readonly function: string;
  readonly constants?: 'same' | 'digits' | DataType;
  /** Arguments where the author gave none. */
  readonly absent?: readonly number[];
  /** What is given is a type, which the call has by its name. */
  readonly takesType?: true;
}

const same = 'same';

/** Methods whose name for authors is not the function's, or whose constants take a type of their own. */
const declared: Readonly<Record<string, Method>> = {
  isNull: { function: 'isNull' },
  isNotNull: { function: 'isNotNull' },
  eq: { function: 'eq', constants: same },
  ne: { function: 'ne', constants: same },
  eqNullSafe: { function: 'eqNullSafe', constants: same },
  gt: { function: 'gt', constants: same },
  gte: { function: 'gte', constants: same },
  lt: { function: 'lt', constants: same },
  lte: { function: 'lte', constants: same },
  isIn: { function: 'isIn', constants: same },
  orElse: { function: 'coalesce', constants: same },
  and: { function: 'and', constants: same },
  or: { function: 'or', constants: same },
  not: { function: 'not' },
  plus: { function: 'add', constants: 'digits' },
  minus: { function: 'subtract', constants: 'digits' },
  times: { function: 'multiply', constants: 'digits' },
  dividedBy: { function: 'divide', constants: 'digits' },
  modulo: { function: 'modulo', constants: same },
  negate: { function: 'negate' },
  abs: { function: 'abs' },
  sqrt: { function: 'sqrt' },
  power: { function: 'power', constants: double },
  floor: { function: 'floor' },
  ceil: { function: 'ceil' },
  round: { function: 'round', constants: int, absent: [0] },
  bround: { function: 'bround', constants: int, absent: [0] },
  pmod: { function: 'pmod', constants: same },
  greatest: { function: 'greatest', constants: same },
  least: { function: 'least', constants: same },
  nullIf: { function: 'nullIf', constants: same },
  nanvl: { function: 'nanvl', constants: double },
  bitAnd: { function: 'bitAnd', constants: same },
  bitOr: { function: 'bitOr', constants: same },
  bitXor: { function: 'bitXor', constants: same },
  monthsBetween: { function: 'monthsBetween', constants: same },
  dateDiff: { function: 'dateDiff', constants: same },
  includes: { function: 'includes', constants: same },
  get: { function: 'get', constants: same },
  hasKey: { function: 'hasKey', constants: same },
  elapsedSince: { function: 'elapsedSince', constants: same },
  bucket: { function: 'bucket', constants: same },
  band: { function: 'band', constants: same },
  lower: { function: 'lower' },
  upper: { function: 'upper' },
  trim: { function: 'trim' },
  length: { function: 'length' },
  concat: { function: 'concat', constants: same },
  substring: { function: 'substring', constants: int },
  startsWith: { function: 'startsWith', constants: same },
  endsWith: { function: 'endsWith', constants: same },
  contains: { function: 'contains', constants: same },
  fromJson: { function: 'fromJson', takesType: true },
};

/** Functions that no method says: they are verbs or functions, or have methods of another name. */
const unsaid = new Set([
  'pseudonym',
  'listOf',
  'mapOf',
  'sha256',
  ...Object.values(declared).map((one) => one.function),
]);

/** Every expression method: its name for authors, and the algebra's function. All other functions are said by their own name. */
export const methods: Readonly<Record<string, Method>> = {
  ...declared,
  ...Object.fromEntries(
    functions
      .filter(({ name }) => !unsaid.has(name))
      .map(({ name }) => [name, { function: name }] as const),
  ),
};

const prototype: Record<string | symbol, unknown> = {
  [Symbol.toPrimitive](hint: string): never {
    const operation = hint === 'string' ? 'made into text' : 'an operator such as + or >';
    return refuse('dsl/expression-as-value', callSite(), { operation });
  },
  toJSON(): never {
    return refuse('dsl/expression-as-value', callSite(), { operation: 'made into JSON' });
  },
};
for (const [name, method] of Object.entries(methods)) {
  prototype[name] = function call(this: unknown, ...values: readonly unknown[]): object {
    return expressionOf(called(name, method, receiver(this, name), values, callSite()));
  };
}
for (const name of Object.keys(eachFunctions) as EachName[]) {
  prototype[name] = function each(this: unknown, ...values: readonly unknown[]): object {
    const given = { values, span: callSite(), shown: expressionOf };
    return expressionOf(eachTerm(name, receiver(this, name), given));
  };
}
Object.freeze(prototype);

function receiver(value: unknown, name: string): Term {
  const where = `.${name}(...)`;
  return (
    termOf(value) ??
    refuse('dsl/not-an-expression', callSite(), { where, found: 'a method without its column' })
  );
}

function called(
  name: string,
  method: Method,
  self: Term,
  values: readonly unknown[],
  span: Span,
): Term {
  const given = values.length > 0 ? values : (method.absent ?? []);
  const others = given.map((value) => {
    if (method.takesType) return typeTerm(value, `.${name}(...)`, span);
    const beside = constantType(method, value, () => typeOfTerm(self, span));
    return operandOf(value, beside, `.${name}(...)`, span);
  });
  const parts = [self, ...others];
  const expression: CallExpression = {
    kind: 'call',
    function: method.function,
    arguments: parts.map((part) => part.expression),
    span,
  };
  return termIn(expression, parts, span);
}

/** The name of a type; what labels there are come from the receiver. */
function typeTerm(value: unknown, where: string, span: Span): Term {
  const { type, labels } = declarationOf(value, where, span);
  if (labels.length > 0) {
    const expected = 'a type without labels: the result has those of the text';
    return refuse('dsl/bad-option', span, { option: where, found: labels.join(', '), expected });
  }
  return { expression: { kind: 'literal', type: string, value: typeName(type) } };
}

/** The type that a constant takes as an operand of a method, where its receiver tells. */
export function constantType(
  { constants }: Method,
  value: unknown,
  receiver: () => DataType | undefined,
): DataType | undefined {
  if (constants !== 'same' && constants !== 'digits') return constants;
  const type = scalarOf(receiver());
  return constants === 'digits' && type?.kind === 'decimal' ? (decimalOf(value) ?? type) : type;
}

/** The type itself; of a list that of its elements, of a map that of its keys. */
function scalarOf(type: DataType | undefined): DataType | undefined {
  if (type?.kind === 'array') return type.element;
  return type?.kind === 'map' ? type.key : type;
}

/** What authors hold: an object with the expression methods, and for structs the fields. */
export function expressionOf(term: Term): object {
  const type = typeOfTerm(term, unplaced);
  const value = register(Object.freeze(Object.create(prototype) as object), term);
  return type?.kind === 'struct' ? structOf(value, term) : value;
}

const unplaced: Span = { file: '', line: 1, column: 1 };

/** Methods that structs have: a field of such a name is said by `field`. */
const ofStructs = new Set(['isNull', 'isNotNull', 'toJSON', 'toJson']);

function structOf(value: object, term: Term): object {
  const struct = new Proxy(value, {
    get(target, name) {
      if (name === 'field') return (field: string) => fieldOf(term, field, callSite());
      if (typeof name === 'symbol' || ofStructs.has(name)) return Reflect.get(target, name);
      return fieldOf(term, name, callSite());
    },
  });
  return register(struct, term);
}

function fieldOf(term: Term, field: string, span: Span): object {
  const type = typeOfTerm(term, span);
  const known = type?.kind === 'struct' ? type.fields.map((one) => one.name) : [];
  if (!known.includes(field)) return refuse('schema/unknown-field', span, { field, known });
  const expression: Expression = { kind: 'field', input: term.expression, field, span };
  return expressionOf(termIn(expression, [term], span));
}
