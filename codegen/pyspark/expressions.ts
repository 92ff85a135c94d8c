import { eachFunctions } from '../../algebra/each-functions.ts';
import { lambdaSchema, operandOf } from '../../algebra/evaluate.ts';
import type {
  CallExpression,
  CaseExpression,
  CastExpression,
  EachExpression,
  Expression,
  LiteralExpression,
  MadeField,
} from '../../algebra/expressions.ts';
import type { PySparkCall, PySparkTerm } from '../../algebra/functions/definition.ts';
import { functionNamed } from '../../algebra/functions/index.ts';
import type { Schema } from '../../algebra/schema.ts';
import type { DataType } from '../../algebra/types.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { constant, lambda, method, name, operation, text } from '../python/build.ts';
import type { PyExpression, PyOperator } from '../python/tree.ts';
import { column, quoteSql } from './columns.ts';
import { literalColumn, plainConstant } from './literals.ts';
import { f, lakewright } from './symbols.ts';
import { sqlType } from './types.ts';

/**
 * An expression over rows of a schema, as a Spark column.
 * @param expression without `pseudonym`: that takes a step of its own (see `pseudonyms.ts`)
 */
export function emitExpression(expression: Expression, schema: Schema): PyExpression {
  switch (expression.kind) {
    case 'column':
      return column(expression.name);
    case 'literal':
      return literalColumn(expression, []);
    case 'call':
      return emitCall(expression, schema);
    case 'cast':
      return emitCast(expression, schema);
    case 'case':
      return emitCase(expression, schema);
    case 'field':
      return method(emitExpression(expression.input, schema), 'getField', [text(expression.field)]);
    case 'struct':
      return f('struct', ...expression.fields.map((field) => emitField(field, schema)));
    case 'parameter':
      return name(expression.name);
    case 'each':
      return emitEach(expression, schema);
  }
}

/** `F.transform(F.col("tags"), lambda item: F.upper(item))` */
function emitEach(each: EachExpression, schema: Schema): PyExpression {
  const operands = each.arguments.map((argument) => emitExpression(argument, schema));
  const body = emitExpression(each.body, lambdaSchema(each, schema));
  const made = lambda(each.parameters.map(lambdaName), body);
  return f(eachFunctions[each.function].spark, ...operands, made);
}

function emitField({ name: field, value }: MadeField, schema: Schema): PyExpression {
  return method(emitExpression(value, schema), 'alias', [text(field)]);
}

/** The language gives such names itself; another could hide what the body calls. */
function lambdaName(parameter: string): string {
  if (/^(item|other|place|key|value|total)(_[1-9]\d*)?$/.test(parameter)) return parameter;
  throw new InternalError(`no lambda has a parameter ${parameter}`);
}

/**
 * Texts that begin with a year of four digits. Spark's cast also takes a bare clock time (`12:30`), puts it on the day of the
 * run, and so gives other rows tomorrow.
 */
const BEGINS_WITH_YEAR = '^[^0-9-]*[0-9]{4}([^0-9]|$)';

function emitCast({ input, to }: CastExpression, schema: Schema): PyExpression {
  // PySpark 3.5 has no method for try_cast, which a plain cast would not be under ANSI.
  const cast = f('expr', text(`try_cast(${quoteSql(input.name)} AS ${sqlType(to)})`));
  if (to.kind !== 'timestamp' || operandOf(input, schema).type.kind !== 'string') return cast;
  return f('when', method(column(input.name), 'rlike', [text(BEGINS_WITH_YEAR)]), cast);
}

/** An operand in the ways it can be printed. */
export interface Argument {
  readonly column: PyExpression;
  /** As a Python value, where Spark takes it for the same. */
  readonly plain: PyExpression | undefined;
}

function emitCall(call: CallExpression, schema: Schema): PyExpression {
  const definition = functionNamed(call.function);
  if (!definition) throw new InternalError(`there is no function ${call.function}`);
  const meets = variableTypes(call.arguments, schema);
  const operands = operandsOf(call.arguments, schema);
  const form = definition.pyspark(call.arguments.map((argument) => operandOf(argument, schema)));
  if (form.form === 'nested') return emitTerm(form.term, operands);
  const positions = new Set(definition.constants);
  const parts = operands.map(({ column: asColumn, plain }, index): PyExpression => {
    if (!plain) return asColumn;
    if (positions.has(index)) return plain;
    return isBare(form, index, call.arguments[index], meets) ? plain : asColumn;
  });
  return emitForm(form, parts);
}

/** The operands of a call, over rows of a schema. */
export function operandsOf(parts: readonly Expression[], schema: Schema): readonly Argument[] {
  const meets = variableTypes(parts, schema);
  return parts.map((part): Argument => {
    if (part.kind !== 'literal') return { column: emitExpression(part, schema), plain: undefined };
    return { column: literalColumn(part, meets), plain: plainConstant(part) };
  });
}

/** Whether a constant reads best as a bare Python value: right of an operator or in a method, where it gives the same type. */
function isBare(
  form: PySparkCall,
  index: number,
  argument: Expression | undefined,
  meets: readonly DataType[],
): boolean {
  if (index === 0 || argument?.kind !== 'literal') return false;
  if (form.form !== 'operator' && form.form !== 'method') return false;
  // `== True` would read as a mistake to every linter.
  if (argument.type.kind === 'boolean') return false;
  return argument.type.kind !== 'long' || meets.some((type) => type.kind === 'long');
}

function emitForm(form: PySparkCall, parts: readonly PyExpression[]): PyExpression {
  const [first, ...rest] = parts;
  switch (form.form) {
    case 'function':
      return f(form.name, ...parts);
    case 'support':
      return method(lakewright, form.name, parts);
    case 'step':
      throw new InternalError('a function that takes a step of its own is no expression');
    case 'method':
      if (!first) throw new InternalError(`${form.name} has no operand`);
      return method(first, form.name, rest);
    case 'operator':
      if (!first) throw new InternalError(`${form.symbol} has no operand`);
      if (rest.length > 0) return operation(binaryOperator(form.symbol), first, ...rest);
      return { kind: 'negation', operator: form.symbol === '~' ? '~' : '-', operand: first };
  }
}

const binaryOperators: ReadonlySet<string> = new Set<PyOperator>([
  ...(['==', '!=', '<', '<=', '>', '>='] as const),
  ...(['&', '|', '+', '-', '*', '/', '%'] as const),
]);

function binaryOperator(symbol: string): PyOperator {
  if (!binaryOperators.has(symbol)) throw new InternalError(`there is no operator ${symbol}`);
  return symbol as PyOperator;
}

/** A nested form, with the operands of its call. */
export function emitTerm(term: PySparkTerm, operands: readonly Argument[]): PyExpression {
  if ('operand' in term) {
    const found = operands[term.operand];
    if (!found) throw new InternalError(`a function form names operand ${term.operand}`);
    return found.column;
  }
  if ('literal' in term) {
    const { literal, type } = term;
    return f('lit', constant(type === 'double' ? Number(literal) : BigInt(literal)));
  }
  if ('plain' in term) {
    const isWhole = typeof term.plain === 'number' && Number.isInteger(term.plain);
    return constant(isWhole ? BigInt(term.plain) : term.plain);
  }
  return emitForm(
    term.call,
    term.arguments.map((part) => emitTerm(part, operands)),
  );
}

function emitCase(expression: CaseExpression, schema: Schema): PyExpression {
  const { branches, otherwise } = expression;
  const results = [...branches.map(({ then }) => then), ...(otherwise ? [otherwise] : [])];
  const meets = variableTypes(results, schema);
  const result = (part: Expression) =>
    part.kind === 'literal' ? literalColumn(part, meets) : emitExpression(part, schema);
  const chain = branches.reduce<PyExpression | undefined>((before, { when, then }) => {
    const parts = [emitExpression(when, schema), result(then)] as const;
    return before ? method(before, 'when', parts) : f('when', ...parts);
  }, undefined);
  if (!chain) throw new InternalError('a case without branches');
  return otherwise ? method(chain, 'otherwise', [result(otherwise)]) : chain;
}

function variableTypes(parts: readonly Expression[], schema: Schema): readonly DataType[] {
  return parts
    .filter((part): part is Exclude<Expression, LiteralExpression> => part.kind !== 'literal')
    .map((part) => operandOf(part, schema).type);
}
