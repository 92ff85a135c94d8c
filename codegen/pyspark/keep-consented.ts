import type { Consent } from '../../algebra/library.ts';
import { findColumn, type Schema } from '../../algebra/schema.ts';
import { isOrderable } from '../../algebra/types.ts';
import type { KeepConsented } from '../../algebra/verbs/keep-consented.ts';
import { integer, method, operation } from '../python/build.ts';
import type { PyExpression, PyStatement } from '../python/tree.ts';
import { column } from './columns.ts';
import type { Emitter, Step } from './emitter.ts';
import {
  all,
  distinctCount,
  dropColumns,
  isKnown,
  orderBy,
  over,
  partitionBy,
  withColumn,
} from './frames.ts';
import type { Scope } from './scope.ts';
import { f } from './symbols.ts';

/** The consent rule (`algebra/consent.ts`), written out so that a reviewer of the script can read it there. */
export const keepConsented: Emitter<KeepConsented> = {
  kind: 'keepConsented',
  result: () => 'consented',
  changesRows: true,
  emit(node, { input }, scope) {
    const { consents } = node;
    const newest = newestVersions(node, input, scope);
    const same = scope.variable('equally_new');
    const one = scope.variable('first_of_them');
    const answers = scope.column('answers', input.schema);
    const row = scope.column('row', input.schema);
    const times = consents.flatMap(({ grantedAt, withdrawnAt }) =>
      withdrawnAt === undefined ? [grantedAt] : [grantedAt, withdrawnAt],
    );
    let frame = withColumn(newest.frame, answers, distinctCount([...new Set(times)], same));
    frame = withColumn(frame, row, over(f('row_number'), one));
    frame = method(frame, 'where', [
      all(
        operation('==', column(answers), integer(1)),
        operation('==', column(row), integer(1)),
        isKnown(consents[0].version),
        ...consents.flatMap((one) => given(one, input.schema, scope.consentAsOf())),
      ),
    ]);
    const windows: readonly PyStatement[] = [
      {
        kind: 'assign',
        target: same.name,
        value: partitionBy([node.subject]),
        comment: 'Equally new versions have to agree, or there is no consent; the first is kept.',
      },
      {
        kind: 'assign',
        target: one.name,
        value: orderBy(same, everyColumn(node, scope.schema(node.from.input))),
      },
    ];
    return {
      before: [...newest.before, ...windows],
      value: dropColumns(frame, [newest.age, answers, row]),
    };
  },
};

/** A version without a date ranks as the newest, and is refused below. */
function newestVersions(node: KeepConsented, input: Step, scope: Scope) {
  const order = scope.variable('newest_first');
  const frame = scope.variable(`${input.table}_newest`);
  const age = scope.column('age', input.schema);
  const [{ version }] = node.consents;
  const newestFirst = [{ column: version, direction: 'desc', nulls: 'first' } as const];
  const named = method(input.frame, 'where', [isKnown(node.subject)]);
  const ranked = withColumn(named, age, over(f('rank'), order));
  const before: readonly PyStatement[] = [
    {
      kind: 'assign',
      target: order.name,
      value: orderBy(partitionBy([node.subject]), newestFirst),
    },
    {
      kind: 'assign',
      target: frame.name,
      value: method(ranked, 'where', [operation('==', column(age), integer(1))]),
    },
  ];
  return { frame, age, before };
}

/** Conditions under which a row says that consent was given and holds. */
function given(consent: Consent, schema: Schema, asOf: PyExpression): readonly PyExpression[] {
  const granted = column(consent.grantedAt);
  const isTimestamp = findColumn(schema, consent.grantedAt)?.type.kind === 'timestamp';
  const instant = isTimestamp ? f('timestamp_millis', f('lit', asOf)) : asOf;
  const known = [isKnown(consent.grantedAt), operation('<=', granted, instant)];
  if (consent.withdrawnAt === undefined) return known;
  const withdrawn = column(consent.withdrawnAt);
  const before = operation('<', withdrawn, granted);
  return [...known, operation('|', method(withdrawn, 'isNull'), before)];
}

/** What the subject's rows can differ in, in an order that does not depend on how they lie. */
function everyColumn(node: KeepConsented, schema: Schema) {
  const names = schema.filter(({ type }) => isOrderable(type)).map(({ name }) => name);
  const [{ version }] = node.consents;
  const others = names.filter((name) => name !== node.subject && name !== version);
  return (others.length > 0 ? others : names).map(
    (name) => ({ column: name, direction: 'asc', nulls: 'last' }) as const,
  );
}
