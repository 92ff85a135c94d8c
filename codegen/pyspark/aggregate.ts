import { type Aggregate, measuredColumns } from '../../algebra/verbs/aggregate.ts';
import { integer, method, operation, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import { emitAggregate } from './aggregates.ts';
import { column, columnPath } from './columns.ts';
import type { Emitter, Step } from './emitter.ts';
import { all, dropColumns, isKnown, selectColumns } from './frames.ts';
import { withPseudonyms } from './pseudonyms.ts';
import type { Scope } from './scope.ts';
import { f } from './symbols.ts';

/** `frame.groupBy("a").agg(F.count(...).alias("n"))` */
export const aggregate: Emitter<Aggregate> = {
  kind: 'aggregate',
  result: () => 'summed',
  changesRows: true,
  countsInput: ({ atLeast }) => atLeast !== undefined,
  emit(node, { input }, scope) {
    const order = [...node.by, ...node.measures.map(({ name }) => name)];
    const summary =
      node.by.length > 0
        ? `make one row for each ${node.by.join(', ')}`
        : 'make one row of all rows';
    if (node.atLeast) return ofEnough(node, node.atLeast, input, scope, { order, summary });
    if (node.measures.length === 0) {
      return { value: method(selectColumns(input.frame, node.by), 'distinct'), order, summary };
    }
    const values = node.measures.flatMap(({ call }) => call.arguments);
    const ready = withPseudonyms(input.frame, input.schema, values, scope);
    const measures = node.measures.map(({ name, call }) => {
      const rewritten = { ...call, arguments: call.arguments.map(ready.rewrite) };
      return method(emitAggregate(rewritten, ready.schema), 'alias', [text(name)]);
    });
    if (node.by.length === 0)
      return { value: method(ready.frame, 'agg', measures), order, summary };
    const groups = method(ready.frame, 'groupBy', node.by.map(columnPath));
    return { value: method(groups, 'agg', measures), order, summary };
  },
};

/** The subjects of each group, and those who have a value to measure, counted beside the measures; then groups of fewer go. */
function ofEnough(
  node: Aggregate,
  { subjects, key }: NonNullable<Aggregate['atLeast']>,
  input: Step,
  scope: Scope,
  { order, summary }: { readonly order: readonly string[]; readonly summary: string },
) {
  const measures = node.measures.map(({ name, call }) =>
    method(emitAggregate(call, input.schema), 'alias', [text(name)]),
  );
  const counted = [
    column(key),
    ...measuredColumns(node)
      .filter((name) => name !== key)
      .map((name) => f('when', isKnown(name), column(key))),
  ];
  const passing: string[] = [];
  const counts = counted.map((one) => {
    const taken = [
      ...input.schema,
      ...order.map((name) => ({ name })),
      ...passing.map((name) => ({ name })),
    ];
    const name = scope.column('subjects', taken);
    passing.push(name);
    return method(f('count_distinct', one), 'alias', [text(name)]);
  });
  const grouped =
    node.by.length === 0 ? input.frame : method(input.frame, 'groupBy', node.by.map(columnPath));
  const enough = passing.map((name) => operation('>=', column(name), integer(subjects)));
  const [first, ...more] = enough as [PyExpression, ...PyExpression[]];
  const rows = method(method(grouped, 'agg', [...measures, ...counts]), 'where', [
    all(first, ...more),
  ]);
  return {
    value: dropColumns(rows, passing),
    order,
    summary: `${summary} of at least ${subjects} ${key}`,
  };
}
