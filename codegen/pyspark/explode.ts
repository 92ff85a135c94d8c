import { columnNames } from '../../algebra/schema.ts';
import { addedNames, type Explode } from '../../algebra/verbs/explode.ts';
import { method, text } from '../python/build.ts';
import { columnPath } from './columns.ts';
import type { Emitter } from './emitter.ts';
import { f } from './symbols.ts';

/** `frame.select("a", F.explode("items").alias("item"))` */
export const explode: Emitter<Explode> = {
  kind: 'explode',
  result: () => 'exploded',
  changesRows: true,
  emit(node, { input }) {
    const kept = columnNames(input.schema).filter((name) => name !== node.column);
    const added = addedNames(node);
    const generator = `${node.position === undefined ? '' : 'pos'}explode${node.outer ? '_outer' : ''}`;
    const elements = method(f(generator, columnPath(node.column)), 'alias', added.map(text));
    return {
      value: method(input.frame, 'select', [...kept.map(columnPath), elements]),
      order: [...kept, ...added],
    };
  },
};
