import { conjuncts } from '../../algebra/conditions.ts';
import { printExpression } from '../../algebra/expression-printer.ts';
import { columnsRead } from '../../algebra/expressions.ts';
import { columnNames } from '../../algebra/schema.ts';
import type { Join, JoinKind } from '../../algebra/verbs/join.ts';
import { bringsColumns, pairSchema, partnerOf } from '../../algebra/verbs/join-columns.ts';
import { dict, method, operation, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { column, columnPath, isPlainName } from './columns.ts';
import type { Emitter, Step } from './emitter.ts';
import { emitExpression } from './expressions.ts';
import { all, dropColumns } from './frames.ts';
import type { Scope } from './scope.ts';
import { f } from './symbols.ts';

interface JoinWords {
  readonly spark: string;
  readonly result: string;
  readonly summary: string;
}

const kinds: { readonly [K in JoinKind]: JoinWords } = {
  inner: { spark: 'inner', result: 'joined', summary: 'join' },
  left: { spark: 'left', result: 'joined', summary: 'left join' },
  full: { spark: 'full', result: 'joined', summary: 'full join' },
  cross: { spark: 'cross', result: 'paired', summary: 'pair each row with each of' },
  semi: { spark: 'left_semi', result: 'matched', summary: 'keep rows with a partner in' },
  anti: { spark: 'left_anti', result: 'unmatched', summary: 'keep rows without a partner in' },
};

/**
 * Joins by equality of columns that have names of their own on each side, so that no name is ambiguous, not even where a table
 * meets itself; `using` would put the keys first.
 */
export const join: Emitter<Join> = {
  kind: 'join',
  result: (node) => kinds[node.how].result,
  changesRows: true,
  emit(node, { left, right }, scope) {
    const keys = rightKeys(node, left, right, scope);
    const [first, ...more] = conditions(node, keys, left, right);
    const summary = summaryOf(node, right);
    const own = hinted(node, 'left', left.frame);
    if (!first) {
      const value = method(own, 'crossJoin', [hinted(node, 'right', right.frame)]);
      return { value, summary };
    }
    const brings = bringsColumns(node.how);
    const partner = brings ? renamedKeys(right, keys) : onlyRead(node, left, right, keys);
    const how = text(kinds[node.how].spark);
    const joined = method(own, 'join', [hinted(node, 'right', partner), all(first, ...more), how]);
    const whole = node.how === 'full' ? coalescedKeys(node, joined, keys) : joined;
    const value = brings ? dropColumns(whole, [...keys.values()]) : joined;
    return { value, summary };
  },
};

/** What is true of a pair: equal columns, and what the author says besides. */
function conditions(
  node: Join,
  keys: ReadonlyMap<string, string>,
  left: Step,
  right: Step,
): readonly PyExpression[] {
  const pairs = node.on.map((pair) =>
    operation('==', column(pair.left), column(keys.get(pair.right) ?? pair.right)),
  );
  if (!node.where) return pairs;
  const schema = pairSchema(left.schema, right.schema);
  return [...pairs, ...conjuncts(node.where).map((one) => emitExpression(one, schema))];
}

function summaryOf(node: Join, right: Step): string {
  const pairs = node.on.map(({ left, right: other }) =>
    left === other ? left : `${left} = ${other}`,
  );
  const on = pairs.length > 0 ? ` on ${pairs.join(' and ')}` : '';
  const where = node.where ? ` where ${printExpression(node.where)}` : '';
  return `${kinds[node.how].summary} ${right.frame.name}${on}${where}`;
}

/** A column joined on is that of the side that has a row. */
function coalescedKeys(
  node: Join,
  joined: PyExpression,
  keys: ReadonlyMap<string, string>,
): PyExpression {
  const names = [...new Set(node.on.map(({ left }) => left))];
  const entries = names.map((name) => {
    const partner = keys.get(partnerOf(node, name) ?? '') ?? name;
    return { key: text(name), value: f('coalesce', column(name), column(partner)) };
  });
  const [first, ...more] = entries;
  if (first && more.length === 0) return method(joined, 'withColumn', [first.key, first.value]);
  return method(joined, 'withColumns', [dict(entries)]);
}

/** For each column joined on, its name on the right: its own, or another where the left has that one too. */
function rightKeys(node: Join, left: Step, right: Step, scope: Scope): ReadonlyMap<string, string> {
  const taken = new Set(columnNames(left.schema).map((name) => name.toLowerCase()));
  const names = new Map<string, string>();
  for (const { right: name } of node.on) {
    if (names.has(name)) continue;
    const isFree = isPlainName(name) && !taken.has(name.toLowerCase());
    const used = [...names.values()].map((other) => ({ name: other }));
    names.set(name, isFree ? name : scope.column(plain(name), left.schema, right.schema, used));
  }
  return names;
}

function renamedKeys(right: Step, keys: ReadonlyMap<string, string>): PyExpression {
  return [...keys]
    .filter(([name, used]) => name !== used)
    .reduce<PyExpression>(
      (frame, [name, used]) => method(frame, 'withColumnRenamed', [text(name), text(used)]),
      right.frame,
    );
}

/** The right's columns that the pairs are found by. */
function onlyRead(
  node: Join,
  left: Step,
  right: Step,
  keys: ReadonlyMap<string, string>,
): PyExpression {
  const joinedOn = [...keys].map(([name, used]) =>
    name === used ? columnPath(name) : method(column(name), 'alias', [text(used)]),
  );
  const inWhere = new Set(node.where ? columnsRead(node.where) : []);
  const visible = pairSchema(left.schema, right.schema).slice(left.schema.length);
  const read = columnNames(visible).filter((name) => inWhere.has(name) && keys.get(name) !== name);
  return method(right.frame, 'select', [...joinedOn, ...read.map(columnPath)]);
}

/** Spark can broadcast either side of an inner join, no side of a full one, and the right of others. */
function hinted(node: Join, side: 'left' | 'right', frame: PyExpression): PyExpression {
  const isInner = node.how === 'inner' || node.how === 'cross';
  const possible = isInner || (side === 'right' && node.how !== 'full');
  return node.broadcast === side && possible ? f('broadcast', frame) : frame;
}

function plain(name: string): string {
  return isPlainName(name) ? name : 'key';
}
