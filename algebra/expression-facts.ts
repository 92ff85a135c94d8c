import { type EachFunction, eachFunctions, isNullOfNull } from './each-functions.ts';
import { printExpression } from './expression-printer.ts';
import {
  type CallExpression,
  type CaseExpression,
  type CastExpression,
  columnsRead,
  type EachExpression,
  type Expression,
  type FieldExpression,
  parameterColumn,
  type StructExpression,
} from './expressions.ts';
import type { Misfit, Operand } from './functions/definition.ts';
import { functionNamed } from './functions/index.ts';
import { parameterMisfit } from './functions/parameters.ts';
import { isMisfit } from './functions/rules.ts';
import { uniteLabels } from './labels.ts';
import { type Checked, problem, type RelationProblem, sound } from './problem.ts';
import { type Column, columnNames, findColumn, type Schema } from './schema.ts';
import type { Span } from './span.ts';
import { boolean, commonType, type DataType, isNumeric, sameType, typeName } from './types.ts';

/** Stands in where a part is wrong, so that one mistake is told once. */
const unknown: Operand = { type: { kind: 'string' }, nullable: true, labels: [] };

/**
 * Type, nullability and labels of an expression over rows of a schema.
 * @param span where the verb stands; an expression's own span is used where it has one.
 */
export function expressionFacts(
  expression: Expression,
  schema: Schema,
  span: Span,
): Checked<Operand> {
  switch (expression.kind) {
    case 'column': {
      const column = findColumn(schema, expression.name);
      if (column) return sound(column);
      const at = expression.span ?? span;
      const parameters = { column: expression.name, known: columnNames(schema) };
      return { value: unknown, problems: [problem('schema/unknown-column', at, parameters)] };
    }
    case 'literal':
      return sound({
        type: expression.type,
        nullable: expression.value === null,
        labels: [],
        constant: expression.value,
      });
    case 'call':
      return callFacts(expression, schema, expression.span ?? span);
    case 'cast':
      return castFacts(expression, schema, expression.span ?? span);
    case 'case':
      return caseFacts(expression, schema, expression.span ?? span);
    case 'field':
      return fieldFacts(expression, schema, expression.span ?? span);
    case 'struct':
      return structFacts(expression, schema, expression.span ?? span);
    case 'parameter': {
      const found = findColumn(schema, parameterColumn(expression.name));
      if (found) return sound(found);
      const at = expression.span ?? span;
      const parameters = { column: expression.name, known: columnNames(schema) };
      return { value: unknown, problems: [problem('schema/unknown-column', at, parameters)] };
    }
    case 'each':
      return eachFacts(expression, schema, expression.span ?? span);
  }
}

function callFacts(call: CallExpression, schema: Schema, span: Span): Checked<Operand> {
  const definition = functionNamed(call.function);
  const found = call.arguments.map((argument) => expressionFacts(argument, schema, span));
  const problems = found.flatMap((one) => one.problems);
  if (!definition) {
    const missing = problem('schema/unknown-function', span, { function: call.function });
    return { value: unknown, problems: [...problems, missing] };
  }
  if (problems.length > 0) return { value: unknown, problems };
  const operands = found.map((one) => one.value);
  const type = definition.type(operands);
  if (isMisfit(type)) {
    const parts = call.arguments.map((part, index) => [part, operands[index]] as const);
    return { value: unknown, problems: [misfitProblem(call.function, type, parts, span)] };
  }
  return sound({
    type,
    nullable: definition.nullable(operands),
    labels: definition.labels(operands),
  });
}

/** What to say of operands that do not fit a function. */
function misfitProblem(
  operation: string,
  misfit: Misfit,
  parts: readonly (readonly [Expression, Operand | undefined])[],
  span: Span,
): RelationProblem {
  const text = (index: number) => {
    const part = parts[index]?.[0];
    return part ? printExpression(part) : 'nothing';
  };
  const typeOf = (index: number) => {
    const operand = parts[index]?.[1];
    return operand ? typeName(operand.type) : 'nothing';
  };
  if (misfit.kind === 'unlike') {
    return problem('schema/unlike-types', span, {
      operation,
      left: text(misfit.left),
      leftType: typeOf(misfit.left),
      right: text(misfit.right),
      rightType: typeOf(misfit.right),
    });
  }
  const found =
    misfit.kind === 'wrong'
      ? `${text(misfit.operand)} (${typeOf(misfit.operand)})`
      : `${parts.length} arguments`;
  return problem('schema/wrong-type', span, { operation, found, expected: misfit.expected });
}

/** The lambda's labels and those of all operands: what is kept of a list tells of what chose it. */
function eachFacts(each: EachExpression, schema: Schema, span: Span): Checked<Operand> {
  const definition = eachFunctions[each.function];
  const found = each.arguments.map((argument) => expressionFacts(argument, schema, span));
  const problems = found.flatMap((one) => one.problems);
  if (problems.length > 0) return { value: unknown, problems };
  const operands = found.map((one) => one.value);
  const misfit = parameterMisfit(operands, definition.takes);
  const parts = each.arguments.map((part, index) => [part, operands[index]] as const);
  if (misfit) {
    return { value: unknown, problems: [misfitProblem(each.function, misfit, parts, span)] };
  }
  const inner = withParameters(each, schema, operands);
  const body = expressionFacts(each.body, inner, span);
  if (body.problems.length > 0) return { value: unknown, problems: body.problems };
  const type = eachType(definition, operands, body.value);
  if (isMisfit(type)) {
    const all = [...parts, [each.body, body.value] as const];
    return { value: unknown, problems: [misfitProblem(each.function, type, all, span)] };
  }
  return sound({
    type,
    nullable: definition.nullable(body.value) || isNullOfNull(definition, operands, isNullable),
    labels: uniteLabels(body.value.labels, ...operands.map((one) => one.labels)),
  });
}

function eachType(
  { makes, type }: EachFunction,
  operands: readonly Operand[],
  body: Operand,
): DataType | Misfit {
  if (makes !== 'condition' || sameType(body.type, boolean)) return type(operands, body);
  return { kind: 'wrong', operand: operands.length, expected: 'a lambda that makes a condition' };
}

const isNullable = ({ nullable }: Operand): boolean => nullable;

/**
 * The columns that a lambda's body can read: those of the row, and its parameters under names that no column has. They hide
 * namesakes of lambdas around.
 * @param operands what is known of the arguments, which fit the function
 */
export function withParameters(
  { function: name, parameters }: Pick<EachExpression, 'function' | 'parameters'>,
  schema: Schema,
  operands: readonly Operand[],
): Schema {
  const names = parameters.map(parameterColumn);
  const labels = uniteLabels(...operands.map((one) => one.labels));
  const given = eachFunctions[name].parameters(operands).flatMap((lambda, index): Column[] => {
    const column = names[index];
    return column === undefined ? [] : [{ name: column, ...lambda, labels }];
  });
  return [...schema.filter((column) => !names.includes(column.name)), ...given];
}

function castFacts(cast: CastExpression, schema: Schema, span: Span): Checked<Operand> {
  const input = expressionFacts(cast.input, schema, span);
  if (input.problems.length > 0) return input;
  const { type, labels, nullable } = input.value;
  const value = { type: cast.to, nullable: nullable || !isLossless(type, cast.to), labels };
  if (isCastable(type, cast.to)) return sound(value);
  const parameters = { column: cast.input.name, from: typeName(type), to: typeName(cast.to) };
  return { value, problems: [problem('schema/impossible-cast', span, parameters)] };
}

/** Casts whose meaning Spark 3.5 and 4.1 share under `try_cast` (ANSI). */
function isCastable(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || to.kind === 'string') return isScalar(from);
  if (from.kind === 'string') return isScalar(to);
  if (isNumeric(from)) return isNumeric(to);
  return (
    (from.kind === 'date' && to.kind === 'timestamp') ||
    (from.kind === 'timestamp' && to.kind === 'date')
  );
}

function isScalar(type: DataType): boolean {
  return type.kind !== 'array' && type.kind !== 'struct' && type.kind !== 'map';
}

function isLossless(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || to.kind === 'string') return true;
  if (from.kind === 'date' || from.kind === 'timestamp') return true;
  return from.kind === 'int' && (to.kind === 'long' || to.kind === 'double');
}

function caseFacts(expression: CaseExpression, schema: Schema, span: Span): Checked<Operand> {
  const problems: RelationProblem[] = [];
  const read = (part: Expression): Operand => {
    const found = expressionFacts(part, schema, span);
    problems.push(...found.problems);
    return found.value;
  };
  const conditions = expression.branches.map((branch) => read(branch.when));
  const parts = [
    ...expression.branches.map((branch) => branch.then),
    ...(expression.otherwise ? [expression.otherwise] : []),
  ];
  const results = parts.map(read);
  for (const condition of conditions) {
    if (problems.length === 0 && !sameType(condition.type, boolean)) {
      const parameters = {
        operation: 'when',
        found: typeName(condition.type),
        expected: 'boolean',
      };
      problems.push(problem('schema/wrong-type', span, parameters));
    }
  }
  const labels = uniteLabels(
    ...conditions.map((one) => one.labels),
    ...results.map((one) => one.labels),
  );
  const nullable = !expression.otherwise || results.some((one) => one.nullable);
  const first = results[0] ?? unknown;
  let type = first.type;
  for (const [index, result] of results.entries()) {
    const common = commonType(type, result.type);
    if (!common && problems.length === 0) {
      const parameters = {
        operation: 'when',
        left: printExpression(parts[0] ?? expression),
        leftType: typeName(type),
        right: printExpression(parts[index] ?? expression),
        rightType: typeName(result.type),
      };
      problems.push(problem('schema/unlike-types', span, parameters));
    }
    type = common ?? type;
  }
  return { value: { type, nullable, labels }, problems };
}

function fieldFacts(expression: FieldExpression, schema: Schema, span: Span): Checked<Operand> {
  const input = expressionFacts(expression.input, schema, span);
  if (input.problems.length > 0) return input;
  const { type, nullable, labels } = input.value;
  const fields = type.kind === 'struct' ? type.fields : [];
  const field = fields.find((one) => one.name === expression.field);
  if (field) return sound({ type: field.type, nullable: nullable || field.nullable, labels });
  const parameters = { field: expression.field, known: fields.map((one) => one.name) };
  return { value: unknown, problems: [problem('schema/unknown-field', span, parameters)] };
}

/** A struct has the labels of all its fields. */
function structFacts({ fields }: StructExpression, schema: Schema, span: Span): Checked<Operand> {
  const found = fields.map(({ value }) => expressionFacts(value, schema, span));
  const names = fields.map(({ name }) => name.toLowerCase());
  const double = fields.find(({ name }, index) => names.indexOf(name.toLowerCase()) < index);
  const hint = 'give each field a name of its own; Spark does not tell upper from lower case';
  const problems = [
    ...found.flatMap((one) => one.problems),
    ...(double ? [problem('schema/duplicate-column', span, { column: double.name, hint })] : []),
  ];
  const type: DataType = {
    kind: 'struct',
    fields: fields.map(({ name }, index) => {
      const { type: of, nullable } = found[index]?.value ?? unknown;
      return { name, type: of, nullable };
    }),
  };
  const labels = uniteLabels(...found.map(({ value }) => value.labels));
  return { value: { type, nullable: false, labels }, problems };
}

/** The columns of a schema that an expression reads. */
export function columnsReadIn(expression: Expression, schema: Schema): readonly Column[] {
  return columnsRead(expression).flatMap((name) => findColumn(schema, name) ?? []);
}
