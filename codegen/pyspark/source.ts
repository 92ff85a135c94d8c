import type { Source } from '../../algebra/verbs/source.ts';
import { InternalError } from '../../diagnostics/index.ts';
import type { Emitter } from './emitter.ts';

/** The frame that the script was given; `transform.ts` reads none but those. */
export const source: Emitter<Source> = {
  kind: 'source',
  result: () => 'selected',
  changesRows: false,
  emit(node) {
    throw new InternalError(`the rows of ${node.table} are an argument, not a step`);
  },
};
