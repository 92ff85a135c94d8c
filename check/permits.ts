import { inOrder } from '../algebra/fold.ts';
import { dayNumber } from '../algebra/instants.ts';
import type { Library } from '../algebra/library.ts';
import { LONGEST_PERMIT } from '../algebra/permit.ts';
import { describeRelation } from '../algebra/printer.ts';
import type { RelationOf } from '../algebra/relation.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import type { Pass } from './knowledge.ts';

/** Exceptions that people allowed: each with a reason, a reviewer, and an end that is not over and not too far. */
export const permits: Pass = {
  name: 'permits',
  run: ({ library, now }) => ({
    diagnostics: declassifications(library).flatMap((node) => permitProblems(node, now)),
    learnt: {},
  }),
};

/** Every declassification of a library, each once, in the order of the jobs and their steps. */
export function declassifications(library: Library): readonly RelationOf<'declassify'>[] {
  const nodes = new Set(library.jobs.flatMap(({ rows }) => inOrder(rows)));
  return [...nodes].flatMap((node) => (node.kind === 'declassify' ? [node] : []));
}

const DAY = 86_400_000;

function permitProblems(node: RelationOf<'declassify'>, now: Date): readonly Diagnostic[] {
  const { span } = node;
  const { reason, reviewer, expires } = node.permit;
  const step = describeRelation(node);
  const missing = Object.entries({ reason, reviewer })
    .filter(([, text]) => text.trim() === '')
    .map(([name]) => name);
  const unreviewed =
    missing.length > 0
      ? [diagnostic('privacy/declassify-unreviewed', { step, missing }, { span })]
      : [];
  const lastDay = dayNumber(expires);
  if (lastDay === undefined || lastDay * DAY > now.getTime() + LONGEST_PERMIT * DAY) {
    const parameters = { step, expires };
    return [...unreviewed, diagnostic('privacy/declassify-expires', parameters, { span })];
  }
  // The whole last day counts.
  if ((lastDay + 1) * DAY > now.getTime()) return unreviewed;
  const parameters = { step, expires, reviewer };
  return [...unreviewed, diagnostic('privacy/declassify-expired', parameters, { span })];
}
