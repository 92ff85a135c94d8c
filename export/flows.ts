import { isJsonObject, type Json, type JsonObject } from '../deploy/json.ts';
import { type Library, localName, ofKind, type Resource } from './library.ts';

/** One job of a flow. */
export interface FlowJob {
  /** Of the library: `customer_trusted`. */
  readonly id: string;
  /** In Glue. */
  readonly name: string;
  readonly description?: string;
  /** Minutes after which Glue stops a run. */
  readonly timeout?: number;
  /** Ids of jobs of the same flow that must have succeeded. */
  readonly after: readonly string[];
}

/** Jobs that one start sets going: the workflow, or what follows a job with a schedule of its own. */
export interface Flow {
  readonly name: string;
  readonly description?: string;
  /** AWS's six fields, `cron(0 3 * * ? *)`; absent where somebody has to start it. */
  readonly schedule?: string;
  /** Each after those that it waits for. */
  readonly jobs: readonly FlowJob[];
}

/**
 * The flows of a library, as its triggers say: first the workflow's, then one for each job with a schedule of its own, with the
 * jobs that only wait for it.
 */
export function flowsOf(library: Library): readonly Flow[] {
  const triggers = ofKind(library, 'trigger').map(triggerOf);
  const workflows = ofKind(library, 'workflow').map((workflow): Flow => {
    const own = triggers.filter((one) => one.workflow === workflow.name);
    return {
      name: workflow.name,
      ...described(workflow),
      ...scheduled(own),
      jobs: jobsOf(library, own),
    };
  });
  const outside = triggers.filter((one) => one.workflow === undefined);
  const begun = outside
    .filter((one) => one.waitsFor.length === 0)
    .map((first): Flow => {
      const own = followers(first, outside);
      return { name: first.name, ...scheduled([first]), jobs: jobsOf(library, own) };
    });
  return [...workflows, ...begun].filter((flow) => flow.jobs.length > 0);
}

interface Trigger {
  readonly name: string;
  readonly workflow?: string;
  readonly schedule?: string;
  /** Glue's names of jobs. */
  readonly starts: readonly string[];
  readonly waitsFor: readonly string[];
}

function triggerOf({ name, definition }: Resource): Trigger {
  const { WorkflowName: workflow, Schedule: schedule, Predicate: predicate } = definition;
  const conditions = isJsonObject(predicate) ? predicate['Conditions'] : undefined;
  return {
    name,
    ...(typeof workflow === 'string' ? { workflow } : {}),
    ...(typeof schedule === 'string' ? { schedule } : {}),
    starts: jobNames(definition['Actions']),
    waitsFor: jobNames(conditions),
  };
}

function jobNames(list: Json | undefined): readonly string[] {
  const items: readonly Json[] = Array.isArray(list) ? list : [];
  return items.flatMap((item) => textOf(item, 'JobName'));
}

function textOf(item: Json, member: string): readonly string[] {
  const found = isJsonObject(item) ? item[member] : undefined;
  return typeof found === 'string' ? [found] : [];
}

/** A trigger, and all that wait for what it starts, directly or not. */
function followers(first: Trigger, all: readonly Trigger[]): readonly Trigger[] {
  const found = new Set([first]);
  const started = new Set(first.starts);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const one of all) {
      if (found.has(one) || !one.waitsFor.some((name) => started.has(name))) continue;
      found.add(one);
      for (const name of one.starts) started.add(name);
    }
  }
  return [...found];
}

/** Jobs that the triggers start, in the order of the library, which is that of its data. */
function jobsOf(library: Library, triggers: readonly Trigger[]): readonly FlowJob[] {
  const jobs = ofKind(library, 'job');
  const ids = new Map(jobs.map((job) => [job.name, localName(job.id)]));
  const waits = new Map(triggers.flatMap((one) => one.starts.map((name) => [name, one.waitsFor])));
  return jobs
    .filter((job) => waits.has(job.name))
    .map((job) => ({
      id: localName(job.id),
      name: job.name,
      ...described(job),
      ...timeoutOf(job.definition),
      after: (waits.get(job.name) ?? [])
        .filter((name) => waits.has(name))
        .flatMap((name) => ids.get(name) ?? []),
    }));
}

function described({ definition }: Resource): { readonly description?: string } {
  const description = definition['Description'];
  return typeof description === 'string' ? { description } : {};
}

function timeoutOf(definition: JsonObject): { readonly timeout?: number } {
  const timeout = definition['Timeout'];
  return typeof timeout === 'number' ? { timeout } : {};
}

function scheduled(triggers: readonly Trigger[]): { readonly schedule?: string } {
  const schedule = triggers.find((one) => one.schedule !== undefined)?.schedule;
  return schedule === undefined ? {} : { schedule };
}
