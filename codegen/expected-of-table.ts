import type { Job } from '../algebra/library.ts';
import { describeExpectation, type Stated } from '../algebra/table-expectations.ts';
import { lakewright } from './pyspark/symbols.ts';
import { constant, integer, method, name, text } from './python/build.ts';
import type { PyExpression, PyStatement } from './python/tree.ts';
import { tableArgument } from './resources/job.ts';

const COMMENT = 'What is expected of the table as a whole; one query answers all of it.';

/**
 * `run.expect("unique by a", lakewright.unique("a"), on_unmet="fail")` for each expectation of a job's table: statements for between
 * `result = transform(...)` and `run.publish(...)`.
 */
export function expectedOfTable({ expectations = [] }: Job): readonly PyStatement[] {
  return expectations.map((one, index): PyStatement => {
    const said = [text(describeExpectation(one)), ofTable(one)];
    const value = method(name('run'), 'expect', said, { on_unmet: text(one.onUnmet) });
    const { span } = one;
    return { kind: 'expression', value, span, ...(index === 0 ? { comment: COMMENT } : {}) };
  });
}

function ofTable(one: Stated): PyExpression {
  switch (one.kind) {
    case 'unique':
      return method(lakewright, 'unique', one.columns.map(text));
    case 'rowCount':
      return method(lakewright, 'row_count', [], bounds(one, integer));
    case 'complete': {
      const share = one.share === 1 ? {} : { share: constant(one.share) };
      return method(lakewright, 'complete', [text(one.column)], share);
    }
    case 'mean':
      return method(lakewright, 'mean', [text(one.column)], bounds(one, constant));
    case 'fresh':
      return method(lakewright, 'fresh', [text(one.column)], { hours: integer(one.hours) });
    case 'references': {
      const place = [one.column, tableArgument(one.table), one.of];
      return method(lakewright, 'references', place.map(text));
    }
  }
}

function bounds(
  { least, most }: { readonly least?: number; readonly most?: number },
  printed: (bound: number) => PyExpression,
): Readonly<Record<string, PyExpression>> {
  return {
    ...(least === undefined ? {} : { least: printed(least) }),
    ...(most === undefined ? {} : { most: printed(most) }),
  };
}
