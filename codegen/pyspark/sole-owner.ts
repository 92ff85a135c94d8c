import type { SoleOwner } from '../../algebra/verbs/sole-owner.ts';
import { integer, method, operation } from '../python/build.ts';
import { column } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { all, distinctCount, dropColumns, isKnown, partitionBy, withColumn } from './frames.ts';

/** Counts the owners of each device; an owner without a name counts as one more. */
export const soleOwner: Emitter<SoleOwner> = {
  kind: 'soleOwner',
  result: () => 'owned',
  changesRows: true,
  emit(node, { input }, scope) {
    const device = scope.variable('same_device');
    const owners = scope.column('owners', input.schema);
    const known = method(input.frame, 'where', [isKnown(node.alias)]);
    const counted = withColumn(known, owners, distinctCount([node.subject], device));
    const one = operation('==', column(owners), integer(1));
    const owned = method(counted, 'where', [all(one, isKnown(node.subject))]);
    return {
      before: [{ kind: 'assign', target: device.name, value: partitionBy([node.alias]) }],
      value: dropColumns(owned, [owners]),
    };
  },
};
