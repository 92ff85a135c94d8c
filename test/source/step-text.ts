import {
  type AggregateCall,
  columnsRead,
  type Expression,
  type Ordering,
  type WindowCall,
} from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import { columnNames, findColumn, type Schema } from '../../algebra/schema.ts';
import type { Aggregate } from '../../algebra/verbs/aggregate.ts';
import type { Declassify } from '../../algebra/verbs/declassify.ts';
import type { Dedupe } from '../../algebra/verbs/dedupe.ts';
import type { Expect } from '../../algebra/verbs/expect.ts';
import type { Explode } from '../../algebra/verbs/explode.ts';
import type { Join } from '../../algebra/verbs/join.ts';
import { pairSchema } from '../../algebra/verbs/join-columns.ts';
import type { Project } from '../../algebra/verbs/project.ts';
import type { Sql } from '../../algebra/verbs/sql.ts';
import type { Unpivot } from '../../algebra/verbs/unpivot.ts';
import type { Window } from '../../algebra/verbs/window.ts';
import { typeText } from './declaration-text.ts';
import { expressionText } from './expression-text.ts';
import { object, property, text } from './text.ts';
import { Unsayable } from './unsayable.ts';

/** What a step is said with. */
export interface Said {
  /** The columns of the step's rows, as far as it has inputs, of its first. */
  readonly schema: Schema;
  /** The name of what stands for its second input. */
  readonly other: string;
  /** The columns of that. */
  readonly otherSchema: Schema;
}

/** How an author says a step of its first input, as a method's call; of a table there is none. */
export function stepText(node: Exclude<Relation, { kind: 'source' }>, said: Said): string {
  switch (node.kind) {
    case 'filter':
      return `.filter(${callback([node.where])} => ${expressionText(node.where, said.schema)})`;
    case 'project':
      return projectText(node, said.schema);
    case 'join':
      return joinText(node, said);
    case 'aggregate':
      return aggregateText(node, said.schema);
    case 'dedupe':
      return dedupeText(node);
    case 'window':
      return windowText(node, said.schema);
    case 'union':
      return `.union(${said.other})`;
    case 'setOperation':
      return `.${node.operation}(${said.other})`;
    case 'keepConsented':
      return `.keepConsented(${texts(node.consents.map(({ purpose }) => purpose))})`;
    case 'soleOwner':
      return `.soleOwner(${text(node.alias)})`;
    case 'expect':
      return expectText(node, said.schema);
    case 'declassify':
      return declassifyText(node);
    case 'unpivot':
      return unpivotText(node);
    case 'explode':
      return explodeText(node);
    case 'sql':
      return sqlText(node);
  }
}

function sqlText({ query, columns, language }: Sql): string {
  const types = columns.map(({ name, type }) => [name, typeText(type)] as const);
  return `.${language ?? 'sql'}(${text(query)}, ${object(types)})`;
}

function expectText({ expectations, onUnmet }: Expect, schema: Schema): string {
  const entries = expectations.map(
    ({ name, where }) => [name, expressionText(where, schema)] as const,
  );
  const read = callback(expectations.map(({ where }) => where));
  return `.expect(${read} => (${object(entries)}), ${object([['onFail', text(onUnmet)]])})`;
}

function projectText({ sugar, columns }: Project, schema: Schema): string {
  const own = columnNames(schema);
  const names = columns.map(({ name }) => name);
  const changed = columns.filter(
    ({ name, expression }) => !(expression.kind === 'column' && expression.name === name),
  );
  switch (sugar) {
    case 'select':
      return `.select(${texts(names)})`;
    case 'drop':
      return `.drop(${texts(own.filter((name) => !names.includes(name)))})`;
    case 'rename':
      return `.rename(${object(changed.map(({ name, expression }) => [columnOf(expression), text(name)]))})`;
    case 'cast':
      return `.cast(${object(changed.map(({ name, expression }) => [name, castText(expression)]))})`;
    case 'pseudonymize':
      return changed.map(pseudonymText).join('');
    case 'derive': {
      const verb = columns.length > own.length ? 'derive' : 'replace';
      // `replace` may be said of a copy of the column's own.
      const computed = verb === 'derive' ? columns.slice(own.length) : changed;
      const entries = computed.map(
        ({ name, expression }) => [name, expressionText(expression, schema)] as const,
      );
      const read = callback(computed.map(({ expression }) => expression));
      return `.${verb}(${read} => (${object(entries)}))`;
    }
  }
}

/** The parameter of a callback, if what it makes reads a column. */
function callback(made: readonly Expression[]): string {
  return made.some((one) => columnsRead(one).length > 0) ? '(c)' : '()';
}

function columnOf(expression: Expression): string {
  if (expression.kind === 'column') return expression.name;
  throw new Unsayable('a new name of no column');
}

function castText(expression: Expression): string {
  if (expression.kind === 'cast') return typeText(expression.to);
  throw new Unsayable('a cast of no column');
}

function pseudonymText({ name, expression }: Project['columns'][number]): string {
  const [of, purpose] = expression.kind === 'call' ? expression.arguments : [];
  if (of?.kind !== 'column' || purpose?.kind !== 'literal')
    throw new Unsayable('a pseudonym of no column');
  const spec = object([
    ['as', text(name)],
    ['purpose', text(String(purpose.value))],
  ]);
  return `.pseudonymize(${text(of.name)}, ${spec})`;
}

function declassifyText({ lowers, permit }: Declassify): string {
  const list = (of: readonly string[]) => `[${texts(of)}]`;
  const what =
    lowers.of === 'rows'
      ? [['from', text('mixed')] as const, ['to', list(lowers.purposes)] as const]
      : [
          ['column', text(lowers.column)] as const,
          ['from', list(lowers.was)] as const,
          ['to', lowers.is.length > 0 ? list(lowers.is) : text('none')] as const,
        ];
  const allowed = Object.entries(permit).map(([name, said]) => [name, text(said)] as const);
  return `.declassify(${object([...what, ...allowed])})`;
}

function unpivotText({ columns, name, value }: Unpivot): string {
  const spec = object([
    ['columns', `[${texts(columns)}]`],
    ['name', text(name)],
    ['value', text(value)],
  ]);
  return `.unpivot(${spec})`;
}

function explodeText({ column, as, position, outer }: Explode): string {
  const options = object([
    ['as', text(as)],
    ...(position === undefined ? [] : [['position', text(position)] as const]),
    ...(outer ? [['outer', 'true'] as const] : []),
  ]);
  return `.explode(${text(column)}, ${options})`;
}

const joins = {
  inner: 'join',
  left: 'leftJoin',
  full: 'fullJoin',
  cross: 'crossJoin',
  semi: 'semiJoin',
  anti: 'antiJoin',
} as const;

function joinText(
  { how, on, crossSubject, broadcast, where }: Join,
  { schema, other, otherSchema }: Said,
): string {
  const same = on.every(({ left, right }) => left === right);
  const [first, ...more] = on;
  const names = on.map(({ left }) => left);
  const keys =
    same && first && more.length === 0
      ? text(first.left)
      : same
        ? `[${texts(names)}]`
        : object(on.map(({ left, right }) => [left, text(right)]));
  const options = [
    ...(broadcast === undefined ? [] : [['broadcast', text(broadcast)] as const]),
    ...(where ? [['where', pairText(where, schema, otherSchema)] as const] : []),
    ...(crossSubject === undefined ? [] : [['crossSubject', text(crossSubject)] as const]),
  ];
  const joinedOn = how === 'cross' ? [] : [keys];
  return `.${joins[how]}(${[other, ...joinedOn, ...(options.length > 0 ? [object(options)] : [])].join(', ')})`;
}

/** The condition of a pair, as a callback of both sides' columns; a side that it does not read is not named. */
function pairText(where: Expression, left: Schema, right: Schema): string {
  const sideOf = (column: string) => (findColumn(left, column) ? 'l' : 'r');
  const sides = columnsRead(where).map(sideOf);
  const own = sides.includes('l') ? 'l' : '_l';
  const rows = sides.includes('r') ? [own, 'r'] : sides.slice(0, 1);
  const read = (column: string) => property(sideOf(column), column);
  return `(${rows.join(', ')}) => ${expressionText(where, pairSchema(left, right), read)}`;
}

function aggregateText({ by, measures, atLeast }: Aggregate, schema: Schema): string {
  const entries = measures.map(({ name, call }) => [name, measureText(call, schema)] as const);
  const read = callback(measures.flatMap(({ call }) => call.arguments));
  // Which key people are counted by is told by whose rows they are.
  const options = atLeast ? `, ${object([['atLeastSubjects', String(atLeast.subjects)]])}` : '';
  const make = `.aggregate(${read} => (${object(entries)})${options})`;
  return by.length > 0 ? `.groupBy(${texts(by)})${make}` : make;
}

function measureText(
  { function: name, arguments: operands }: AggregateCall | WindowCall,
  schema: Schema,
): string {
  return `${name}(${operands.map((one) => expressionText(one, schema)).join(', ')})`;
}

function dedupeText({ sugar, by, order, first }: Dedupe): string {
  if (sugar === 'distinct') return '.distinct()';
  const [sorted] = order;
  if (sugar === 'latestBy' && sorted)
    return `.latestBy(${by.length === 1 ? texts(by) : `[${texts(by)}]`}, ${text(sorted.column)})`;
  const spec = object([
    ...(by.length > 0 || sugar !== 'top' ? [['by', `[${texts(by)}]`] as const] : []),
    ['order', orderText(order)],
  ]);
  return first === undefined ? `.dedupe(${spec})` : `.top(${first}, ${spec})`;
}

function orderText(order: readonly Ordering[]): string {
  const orders = order.map(({ column, direction, nulls }) => {
    const options = nulls === 'first' ? `, ${object([['nulls', text(nulls)]])}` : '';
    return `${direction}(${text(column)}${options})`;
  });
  return `[${orders.join(', ')}]`;
}

function windowText({ by, order, frame, columns }: Window, schema: Schema): string {
  const bound = (at: number | null) => (at === null ? text('unbounded') : String(at));
  const spec = object([
    ['by', `[${texts(by)}]`],
    ...(order.length > 0 ? [['order', orderText(order)] as const] : []),
    ...(frame ? [[frame.unit, `[${bound(frame.from)}, ${bound(frame.to)}]`] as const] : []),
  ]);
  const entries = columns.map(({ name, call }) => [name, measureText(call, schema)] as const);
  const read = callback(columns.flatMap(({ call }) => call.arguments));
  return `.window(${spec}, ${read} => (${object(entries)}))`;
}

function texts(values: readonly string[]): string {
  return values.map(text).join(', ');
}
