import type { Union } from '../../algebra/verbs/union.ts';
import { method } from '../python/build.ts';
import type { Emitter } from './emitter.ts';

/** `left.unionByName(right)`: a plain union would put columns together by their places. */
export const union: Emitter<Union> = {
  kind: 'union',
  result: () => 'united',
  changesRows: true,
  emit: (_node, { left, right }) => ({ value: method(left.frame, 'unionByName', [right.frame]) }),
};
