import type {
  AggregateCall,
  AggregateName,
  CallExpression,
  CaseBranch,
  ColumnExpression,
  EachExpression,
  EachName,
  Expression,
  LiteralExpression,
  Ordering,
  ParameterExpression,
  WindowCall,
  WindowName,
} from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { DataType } from '../../algebra/types.ts';
import type { Aggregate } from '../../algebra/verbs/aggregate.ts';
import type { Declassify } from '../../algebra/verbs/declassify.ts';
import type { Dedupe } from '../../algebra/verbs/dedupe.ts';
import type { Expect, OnUnmet } from '../../algebra/verbs/expect.ts';
import type { Explode } from '../../algebra/verbs/explode.ts';
import type { Filter } from '../../algebra/verbs/filter.ts';
import type { Join, JoinKind } from '../../algebra/verbs/join.ts';
import type { KeepConsented } from '../../algebra/verbs/keep-consented.ts';
import type { Project } from '../../algebra/verbs/project.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import type { SoleOwner } from '../../algebra/verbs/sole-owner.ts';
import type { Source } from '../../algebra/verbs/source.ts';
import type { Union } from '../../algebra/verbs/union.ts';
import type { Unpivot } from '../../algebra/verbs/unpivot.ts';
import type { Window } from '../../algebra/verbs/window.ts';

/** Short ways to write the algebra down in tests. */
export const nowhere = { file: 'case.ts', line: 1, column: 1 };

export function column(name: string): ColumnExpression {
  return { kind: 'column', name };
}

export function literal(
  kind: 'string' | 'int' | 'long' | 'double' | 'boolean' | 'date' | 'timestamp',
  value: LiteralExpression['value'],
): LiteralExpression {
  return { kind: 'literal', type: { kind }, value };
}

/** A call; texts stand for columns. */
export function call(name: string, ...operands: readonly (Expression | string)[]): CallExpression {
  return { kind: 'call', function: name, arguments: operands.map(expressionOf) };
}

/** A branch of a case; a text stands for a column. */
export function branch(when: Expression, result: Expression | string): CaseBranch {
  // biome-ignore lint/suspicious/noThenProperty: the node's own name for it; nobody awaits a node
  return { when, then: expressionOf(result) };
}

export function cast(name: string, to: DataType): Expression {
  return { kind: 'cast', to, input: column(name) };
}

function expressionOf(operand: Expression | string): Expression {
  return typeof operand === 'string' ? column(operand) : operand;
}

/** What a lambda around is given. */
export function parameter(name: string): ParameterExpression {
  return { kind: 'parameter', name };
}

/** A function of a list or map with its lambda; texts stand for columns. */
export function each(
  name: EachName,
  operands: readonly (Expression | string)[],
  parameters: readonly string[],
  body: Expression,
): EachExpression {
  const parts = operands.map(expressionOf);
  return { kind: 'each', function: name, arguments: parts, parameters, body };
}

/** A struct of named values. */
export function struct(fields: Readonly<Record<string, Expression>>): Expression {
  const made = Object.entries(fields).map(([name, value]) => ({ name, value }));
  return { kind: 'struct', fields: made };
}

/** A field of a struct. */
export function field(input: Expression, name: string): Expression {
  return { kind: 'field', input, field: name };
}

export function source(table: string): Source {
  return { kind: 'source', span: nowhere, table: `landing.${table}`, from: {} };
}

export function filter(input: Relation, where: Expression): Filter {
  return { kind: 'filter', span: nowhere, where, from: { input } };
}

/** Conditions by their names. */
export function expectRows(
  input: Relation,
  onUnmet: OnUnmet,
  conditions: Readonly<Record<string, Expression>>,
): Expect {
  const expectations = Object.entries(conditions).map(([name, where]) => ({ name, where }));
  return { kind: 'expect', span: nowhere, expectations, onUnmet, from: { input } };
}

/** Texts stand for columns. */
export function project(
  input: Relation,
  columns: Readonly<Record<string, Expression | string>>,
  sugar: Project['sugar'] = 'select',
): Project {
  const projected = Object.entries(columns).map(([name, expression]) => ({
    name,
    expression: expressionOf(expression),
  }));
  return { kind: 'project', span: nowhere, sugar, columns: projected, from: { input } };
}

/** `on` as `{ leftColumn: 'rightColumn' }`. */
export function join(
  how: JoinKind,
  left: Relation,
  right: Relation,
  on: Readonly<Record<string, string>>,
  options: Pick<Join, 'crossSubject' | 'broadcast' | 'where'> = {},
): Join {
  const pairs = Object.entries(on).map(([first, second]) => ({ left: first, right: second }));
  return { kind: 'join', span: nowhere, how, on: pairs, ...options, from: { left, right } };
}

export function aggregate(
  input: Relation,
  by: readonly string[],
  measures: Readonly<Record<string, AggregateCall>>,
  atLeast?: Aggregate['atLeast'],
): Aggregate {
  const named = Object.entries(measures).map(([name, measure]) => ({ name, call: measure }));
  const enough = atLeast ? { atLeast } : {};
  return { kind: 'aggregate', span: nowhere, by, measures: named, ...enough, from: { input } };
}

/** An aggregate call; texts stand for columns. */
export function over(
  name: AggregateName,
  ...operands: readonly (Expression | string)[]
): AggregateCall {
  return { kind: 'aggregate', function: name, arguments: operands.map(expressionOf) };
}

export function dedupe(
  input: Relation,
  by: readonly string[],
  order: readonly Ordering[],
  sugar: Dedupe['sugar'] = 'dedupe',
): Dedupe {
  return { kind: 'dedupe', span: nowhere, sugar, by, order, from: { input } };
}

/** A window's columns by name; texts stand for columns, and what `over` and `across` make are calls. */
export function window(
  input: Relation,
  rows: Pick<Window, 'by' | 'order' | 'frame'>,
  columns: Readonly<Record<string, AggregateCall | WindowCall>>,
): Window {
  const named = Object.entries(columns).map(([name, made]) => ({ name, call: made }));
  return {
    kind: 'window',
    span: nowhere,
    sugar: 'window',
    ...rows,
    columns: named,
    from: { input },
  };
}

/** A call of a function that only windows have; texts stand for columns. */
export function across(
  name: WindowName,
  ...operands: readonly (Expression | string)[]
): WindowCall {
  return { kind: 'window', function: name, arguments: operands.map(expressionOf) };
}

export function top(
  first: number,
  input: Relation,
  by: readonly string[],
  order: readonly Ordering[],
): Dedupe {
  return { ...dedupe(input, by, order, 'top'), first };
}

/** Allowed for as long as calendars go. */
export function declassify(input: Relation, lowers: Declassify['lowers']): Declassify {
  const permit = { reason: 'a reason', reviewer: 'a reviewer', expires: '9999-12-31' };
  return { kind: 'declassify', span: nowhere, lowers, permit, from: { input } };
}

export function asc(name: string, nulls: Ordering['nulls'] = 'last'): Ordering {
  return { column: name, direction: 'asc', nulls };
}

export function desc(name: string, nulls: Ordering['nulls'] = 'last'): Ordering {
  return { column: name, direction: 'desc', nulls };
}

export function explode(
  input: Relation,
  list: string,
  as: string,
  options: Partial<Pick<Explode, 'position' | 'outer'>> = {},
): Explode {
  const given = { column: list, as, outer: false, ...options };
  return { kind: 'explode', span: nowhere, ...given, from: { input } };
}

export function setOperation(
  operation: SetOperation['operation'],
  left: Relation,
  right: Relation,
): SetOperation {
  return { kind: 'setOperation', span: nowhere, operation, from: { left, right } };
}

export function unpivot(
  input: Relation,
  columns: readonly string[],
  name: string,
  value: string,
): Unpivot {
  return { kind: 'unpivot', span: nowhere, columns, name, value, from: { input } };
}

export function union(left: Relation, right: Relation): Union {
  return { kind: 'union', span: nowhere, from: { left, right } };
}

export function keepConsented(
  input: Relation,
  subject: string,
  ...consents: KeepConsented['consents']
): KeepConsented {
  return { kind: 'keepConsented', span: nowhere, subject, consents, from: { input } };
}

export function soleOwner(input: Relation, alias: string, subject: string): SoleOwner {
  return { kind: 'soleOwner', span: nowhere, alias, subject, from: { input } };
}
