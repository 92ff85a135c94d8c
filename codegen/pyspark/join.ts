import { columnNames } from '../../algebra/schema.ts';
import type { Join, JoinKind } from '../../algebra/verbs/join.ts';
import { method, operation, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { column, columnPath, isPlainName } from './columns.ts';
import type { Emitter, Step } from './emitter.ts';
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
    const brings = node.how === 'inner' || node.how === 'left';
    const pairs = node.on.map((pair) =>
      operation('==', column(pair.left), column(keys.get(pair.right) ?? pair.right)),
    );
    const [first, ...more] = pairs;
    if (!first) return { value: left.frame };
    const partner = brings ? renamedKeys(right, keys) : onlyKeys(right, keys);
    const how = text(kinds[node.how].spark);
    const joined = method(hinted(node, 'left', left.frame), 'join', [
      hinted(node, 'right', partner),
      all(first, ...more),
      how,
    ]);
    const value = brings ? dropColumns(joined, [...keys.values()]) : joined;
    return { value, summary: summaryOf(node, right) };
  },
};

function summaryOf(node: Join, right: Step): string {
  const pairs = node.on.map(({ left, right: other }) =>
    left === other ? left : `${left} = ${other}`,
  );
  return `${kinds[node.how].summary} ${right.frame.name} on ${pairs.join(' and ')}`;
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

function onlyKeys(right: Step, keys: ReadonlyMap<string, string>): PyExpression {
  const columns = [...keys].map(([name, used]) =>
    name === used ? columnPath(name) : method(column(name), 'alias', [text(used)]),
  );
  return method(right.frame, 'select', columns);
}

/** Spark can only broadcast the right side of joins other than inner ones. */
function hinted(node: Join, side: 'left' | 'right', frame: PyExpression): PyExpression {
  const possible = side === 'right' || node.how === 'inner';
  return node.broadcast === side && possible ? f('broadcast', frame) : frame;
}

function plain(name: string): string {
  return isPlainName(name) ? name : 'key';
}
