import type { Trigger } from '@aws-sdk/client-glue';

/** One job that a trigger starts, with the arguments the trigger adds. */
export interface StartedJob {
  readonly job: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/**
 * The jobs that triggers start, in an order in which Glue could start them if each job succeeds: those
 * of on-demand and scheduled triggers, then those whose conditions have come true. A job started by
 * several triggers runs once.
 *
 * Conditions that never come true (they watch for a failure, or a job that nothing starts) start nothing.
 */
export function workflowOrder(triggers: readonly Trigger[]): readonly StartedJob[] {
  const order: StartedJob[] = [];
  const succeeded = new Set<string>();
  let waiting = triggers;
  for (;;) {
    const firing = waiting.filter((trigger) => fires(trigger, succeeded));
    if (firing.length === 0) return order;
    waiting = waiting.filter((trigger) => !firing.includes(trigger));
    for (const action of firing.flatMap((trigger) => trigger.Actions ?? [])) {
      const job = action.JobName;
      if (job === undefined || succeeded.has(job)) continue;
      order.push({ job, arguments: action.Arguments ?? {} });
      succeeded.add(job);
    }
  }
}

function fires(trigger: Trigger, succeeded: ReadonlySet<string>): boolean {
  if (trigger.Type !== 'CONDITIONAL') return true;
  const conditions = trigger.Predicate?.Conditions ?? [];
  const holds = conditions.map(
    ({ JobName, State }) =>
      State === 'SUCCEEDED' && JobName !== undefined && succeeded.has(JobName),
  );
  if (holds.length === 0) return false;
  return trigger.Predicate?.Logical === 'ANY' ? holds.includes(true) : !holds.includes(false);
}
