import type { Label } from '../algebra/labels.ts';
import type { Job } from '../algebra/library.ts';
import { describeRelation } from '../algebra/printer.ts';
import { pseudonymUses } from '../algebra/pseudonyms.ts';
import type { Schema } from '../algebra/schema.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';

/**
 * Each purpose has a key of its own, so that the pseudonyms of two purposes cannot be joined. A job that had both keys, or a
 * table with pseudonyms of both, would join them after all.
 */
export function pseudonymProblems(job: Job, output: Schema): readonly Diagnostic[] {
  const made = pseudonymUses(job.rows).map(({ purpose, relation, span }) => {
    const text = `"${describeRelation(relation)}" makes a pseudonym for ${purpose}`;
    return { purpose, reason: { text, span } };
  });
  const held = output.flatMap(({ name, labels }) =>
    labels.flatMap((label) => {
      const purpose = pseudonymPurpose(label);
      const text = `${name} is a pseudonym for ${purpose}`;
      return purpose === undefined ? [] : [{ purpose, reason: { text } }];
    }),
  );
  const firsts = [
    ...new Map([...made, ...held].toReversed().map((one) => [one.purpose, one] as const)).values(),
  ].toReversed();
  if (firsts.length < 2) return [];
  const parameters = { job: job.name, purposes: firsts.map(({ purpose }) => purpose).sort() };
  const span = made.at(-1)?.reason.span ?? job.sink.span;
  const because = firsts.map(({ reason }) => reason);
  return [diagnostic('privacy/pseudonyms-of-two-purposes', parameters, { span, because })];
}

/** The purpose that a label says a column is a pseudonym for. */
export function pseudonymPurpose(label: Label): string | undefined {
  const prefix = 'pseudonym:';
  return label.startsWith(prefix) ? label.slice(prefix.length) : undefined;
}
