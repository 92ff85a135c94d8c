import type { Span } from '../../algebra/span.ts';
import type { ColumnDeclaration } from '../declarations/column.ts';
import type { State } from '../state/state.ts';
import type { Step } from '../step.ts';
import type { ScalarType } from '../values/value.ts';
import { type Queried, queried, requireText } from './sql.ts';

declare module '../dataset.ts' {
  interface Dataset<in out R, in out S extends State> {
    /**
     * What a function of PySpark makes of these rows: for what no other verb says. As with `sql`, its rows are of everybody and no
     * zone takes them but by `declassify`, each column has the labels of all columns that went in, and every value may be null.
     *
     * The text is one `def` of one frame: names given to values, and a `return`. It knows its frame, `F` (`pyspark.sql.functions`),
     * `Window` and what they build; imports, attributes, loops, functions of one's own, `udf`, and whatever runs, shows, reads or writes
     * are not on its list, nor is the time (`current_date`). The verifier and each run refuse a text that says anything else, and a run stops where the function gives
     * other columns than declared or not the same whenever it is run. The reference interpreter cannot run it.
     *
     * @param text the function
     * @param columns what it gives: names and plain types
     * @example
     * ```ts
     * const counted = readings.pyspark('def counted(rows):\\n    return rows.groupBy("user").agg(F.count("x").alias("n"))', {
     *   user: string(),
     *   n: long(),
     * });
     * ```
     */
    pyspark<const C extends { readonly [name: string]: ColumnDeclaration<ScalarType, 'null'> }>(
      text: string,
      columns: C,
    ): Queried<R, S, C>;
  }
}

export function pyspark(step: Step, span: Span, text: string, columns: unknown): Step {
  const query = requireText(text, 'text', 'a function of PySpark', span);
  return queried(step, span, { query, language: 'pyspark' }, columns);
}
