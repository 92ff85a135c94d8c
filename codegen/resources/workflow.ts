import type { CheckedJob, CheckedLibrary } from '../../check/index.ts';
import { deployedName, jobName, ownerTags, startTriggerName, triggerName } from './names.ts';
import { describe, type JsonObject, LONGEST_DESCRIPTION } from './text.ts';

/** One trigger: its CreateTrigger input, and the jobs that must exist before it. */
export interface TriggerResource {
  readonly input: JsonObject;
  /** Without an environment's suffix. */
  readonly name: string;
  /** Jobs it starts or watches, by the library's names. */
  readonly jobs: readonly string[];
  readonly inWorkflow: boolean;
}

/** The workflow of a library: CreateWorkflow input and triggers, in an order in which they can be created. */
export interface WorkflowResource {
  readonly name: string;
  readonly input: JsonObject;
  readonly triggers: readonly TriggerResource[];
}

/**
 * The workflow that runs a library's jobs in the order of their data: one starting trigger (Glue allows no more) starts the
 * jobs that read no other job's table; every other job starts when all jobs that it reads from have succeeded.
 *
 * The workflow runs on the schedule of its first scheduled starting job, or on demand. A job with a schedule of its own leaves
 * the workflow and starts then; jobs that only read from it follow it, and nobody else waits for it.
 */
export function workflowResource(checked: CheckedLibrary): WorkflowResource {
  const { library } = checked;
  const name = deployedName(library.name);
  const chains = chainsOf(checked.jobs);
  const doc = library.doc ?? `Runs the jobs of ${library.name} in the order of their data.`;
  return {
    name: library.name,
    input: {
      Name: name,
      Description: describe(doc, LONGEST_DESCRIPTION),
      MaxConcurrentRuns: 1,
      Tags: ownerTags(name),
    },
    triggers: [
      ...startTrigger(library.name, checked.jobs, chains),
      ...checked.jobs.flatMap((job) => jobTrigger(library.name, job, chains)),
    ],
  };
}

/** What starts a job: the workflow, or the schedule of the job that its chain begins with. */
type Chain = 'workflow' | { readonly beginsWith: string };

function chainsOf(jobs: readonly CheckedJob[]): ReadonlyMap<string, Chain> {
  const schedule = workflowSchedule(jobs);
  const chains = new Map<string, Chain>();
  for (const { job, after } of jobs) {
    const upstream = after.flatMap((name) => chains.get(name) ?? []);
    const startsWorkflow =
      after.length === 0 && (job.schedule === undefined || job.schedule === schedule);
    if (startsWorkflow) chains.set(job.name, 'workflow');
    else if (job.schedule !== undefined) chains.set(job.name, { beginsWith: job.name });
    else
      chains.set(job.name, upstream.find((one) => one === 'workflow') ?? upstream[0] ?? 'workflow');
  }
  return chains;
}

function workflowSchedule(jobs: readonly CheckedJob[]): string | undefined {
  return jobs.find(({ job, after }) => after.length === 0 && job.schedule !== undefined)?.job
    .schedule;
}

function startTrigger(
  library: string,
  jobs: readonly CheckedJob[],
  chains: ReadonlyMap<string, Chain>,
): readonly TriggerResource[] {
  const started = jobs
    .filter(({ job, after }) => after.length === 0 && chains.get(job.name) === 'workflow')
    .map(({ job }) => job.name);
  if (started.length === 0) return [];
  const deployed = deployedName(library);
  const schedule = workflowSchedule(jobs);
  const input = {
    Name: startTriggerName(deployed),
    WorkflowName: deployed,
    ...(schedule === undefined
      ? { Type: 'ON_DEMAND' }
      : { Type: 'SCHEDULED', Schedule: schedule, StartOnCreation: true }),
    Actions: started.map((job) => ({ JobName: jobName(deployed, job) })),
    Tags: ownerTags(library),
  };
  return [{ input, name: startTriggerName(library), jobs: started, inWorkflow: true }];
}

function jobTrigger(
  library: string,
  { job, after }: CheckedJob,
  chains: ReadonlyMap<string, Chain>,
): readonly TriggerResource[] {
  const chain = chains.get(job.name);
  const begins = typeof chain === 'object' && chain.beginsWith === job.name;
  const watched = begins ? [] : after.filter((name) => sameChain(chains.get(name), chain));
  if (!begins && watched.length === 0) return [];
  const deployed = deployedName(library);
  const inWorkflow = chain === 'workflow';
  const input = {
    Name: triggerName(deployed, job.name),
    ...(inWorkflow ? { WorkflowName: deployed } : {}),
    ...(begins ? { Type: 'SCHEDULED', Schedule: job.schedule } : whenSucceeded(deployed, watched)),
    StartOnCreation: true,
    Actions: [{ JobName: jobName(deployed, job.name) }],
    Tags: ownerTags(library),
  };
  return [
    { input, name: triggerName(library, job.name), jobs: [...watched, job.name], inWorkflow },
  ];
}

function sameChain(left: Chain | undefined, right: Chain | undefined): boolean {
  if (typeof left === 'object' && typeof right === 'object') {
    return left.beginsWith === right.beginsWith;
  }
  return left === right;
}

function whenSucceeded(library: string, jobs: readonly string[]): JsonObject {
  return {
    Type: 'CONDITIONAL',
    Predicate: {
      Logical: 'AND',
      Conditions: jobs.map((job) => ({
        LogicalOperator: 'EQUALS',
        JobName: jobName(library, job),
        State: 'SUCCEEDED',
      })),
    },
  };
}
