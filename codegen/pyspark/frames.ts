import type { Ordering } from '../../algebra/expressions.ts';
import { method, operation, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { column, columnPath } from './columns.ts';
import { f, window } from './symbols.ts';

/** `frame.drop("a", "b")` of columns with plain names, or the frame where there is nothing to drop. */
export function dropColumns(frame: PyExpression, names: readonly string[]): PyExpression {
  return names.length === 0 ? frame : method(frame, 'drop', names.map(text));
}

/** `frame.select("a", "b")` */
export function selectColumns(frame: PyExpression, names: readonly string[]): PyExpression {
  return method(frame, 'select', names.map(columnPath));
}

/** `frame.withColumn("name", value)` */
export function withColumn(frame: PyExpression, name: string, value: PyExpression): PyExpression {
  return method(frame, 'withColumn', [text(name), value]);
}

/** `Window.partitionBy("a", "b")` */
export function partitionBy(names: readonly string[]): PyExpression {
  return method(window, 'partitionBy', names.map(columnPath));
}

/** `rows.orderBy(F.col("a").desc_nulls_last(), ...)` of a window's partition or of a frame. */
export function orderBy(rows: PyExpression, order: readonly Ordering[]): PyExpression {
  return method(rows, 'orderBy', order.map(ordering));
}

function ordering({ column: name, direction, nulls }: Ordering): PyExpression {
  return method(column(name), `${direction}_nulls_${nulls}`);
}

/** `F.name(...).over(partition)` */
export function over(value: PyExpression, partition: PyExpression): PyExpression {
  return method(value, 'over', [partition]);
}

/** `first & second & ...` */
export function all(first: PyExpression, ...rest: readonly PyExpression[]): PyExpression {
  return operation('&', first, ...rest);
}

/** `F.col("name").isNotNull()` */
export function isKnown(name: string): PyExpression {
  return method(column(name), 'isNotNull');
}

/** The number of distinct combinations of values, null being a value: `F.size(F.collect_set(F.struct("a", "b")))`. */
export function distinctCount(names: readonly string[], partition: PyExpression): PyExpression {
  const values = f('collect_set', f('struct', ...names.map(columnPath)));
  return f('size', over(values, partition));
}
