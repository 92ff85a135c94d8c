import type { Declassify } from '../../algebra/verbs/declassify.ts';
import { call, list, text } from '../python/build.ts';
import type { PyExpression } from '../python/tree.ts';
import type { Emitter } from './emitter.ts';
import { lakewright } from './symbols.ts';

/**
 * `lakewright.declassified(frame, "column", labels=[...], kept=[...], until="...")`: the same rows, and an error once the
 * permit has expired. The script says it, so that whoever reads the script or verifies it sees what was allowed.
 */
export const declassify: Emitter<Declassify> = {
  kind: 'declassify',
  result: () => 'declassified',
  changesRows: false,
  emit({ lowers, permit }, { input }) {
    const until = text(permit.expires);
    const texts = (of: readonly string[]): PyExpression => list(of.map(text));
    if (lowers.of === 'rows') {
      const callee = { kind: 'attribute', value: lakewright, name: 'declassified_rows' } as const;
      return { value: call(callee, [input.frame], { purposes: texts(lowers.purposes), until }) };
    }
    const callee = { kind: 'attribute', value: lakewright, name: 'declassified' } as const;
    const keywords = { labels: texts(lowers.was), kept: texts(lowers.is), until };
    return { value: call(callee, [input.frame, text(lowers.column)], keywords) };
  },
};
