import { columnNames } from '../../algebra/schema.ts';
import type { Unpivot } from '../../algebra/verbs/unpivot.ts';
import { list, method, text } from '../python/build.ts';
import { columnPath } from './columns.ts';
import type { Emitter } from './emitter.ts';

/** `frame.unpivot(["id"], ["x", "y"], "name", "value")` */
export const unpivot: Emitter<Unpivot> = {
  kind: 'unpivot',
  result: () => 'unpivoted',
  changesRows: true,
  emit(node, { input }) {
    const kept = columnNames(input.schema).filter((name) => !node.columns.includes(name));
    const columns = [kept, node.columns].map((names) => list(names.map(columnPath)));
    return {
      value: method(input.frame, 'unpivot', [...columns, text(node.name), text(node.value)]),
      order: [...kept, node.name, node.value],
    };
  },
};
