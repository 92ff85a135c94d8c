import type { JsonObject } from '../deploy/json.ts';
import { type Arrangement, arrange } from './arrangement.ts';
import { type Flow, type FlowJob, flowsOf } from './flows.ts';
import { labelsOf } from './labels.ts';
import type { Library } from './library.ts';

/** Step Functions: "State names ... length must be 80 characters or fewer". */
const LONGEST_STATE_NAME = 80;
const FAILED = 'A job failed'; // no job's state has spaces
/** A run's start and its shutdown are not part of what Glue's own timeout counts. */
const SECONDS_AROUND_RUN = 900;

/**
 * Waits for a run that is still going (each job has one at a time), and for Glue where it is asked too often or is disturbed; a
 * run that failed is not started again. Names of errors: AWS Knowledge Center, "Glue throttling rate exceeded", for
 * `Glue.AWSGlueException`; Glue's API reference, StartJobRun, for the rest.
 */
const RETRY: readonly JsonObject[] = [
  {
    ErrorEquals: ['Glue.ConcurrentRunsExceededException'],
    IntervalSeconds: 60,
    BackoffRate: 1.5,
    MaxAttempts: 10,
    MaxDelaySeconds: 600,
  },
  {
    ErrorEquals: [
      'Glue.AWSGlueException',
      'Glue.InternalServiceException',
      'Glue.OperationTimeoutException',
      'Glue.ResourceNumberLimitExceededException',
    ],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxAttempts: 6,
    JitterStrategy: 'FULL',
  },
];

/**
 * A state machine for each flow of a library, in the Amazon States Language, and what its role must be allowed. Text by path.
 *
 * Jobs run in the order of their data. The first run that fails ends the execution, and Step Functions stops the runs beside it;
 * jobs publish their tables whole or not at all.
 */
export function stepFunctions(library: Library): ReadonlyMap<string, string> {
  const flows = flowsOf(library);
  const names = labelsOf(
    flows.map(({ name }) => name),
    { join: (words) => words.join('_'), longest: LONGEST_STATE_NAME },
  );
  return new Map(
    flows.flatMap((flow) => {
      const file = names.get(flow.name) ?? flow.name;
      return [
        [`${file}.asl.json`, jsonText(stateMachine(flow))] as const,
        [`${file}.policy.json`, jsonText(rolePolicy(flow))] as const,
      ];
    }),
  );
}

function stateMachine(flow: Flow): JsonObject {
  const schedule = flow.schedule === undefined ? [] : [`Starts by ${flow.schedule}.`];
  const states = new States(flow);
  const chain = states.chain(arrange(flow.jobs), { ErrorEquals: ['States.ALL'], Next: FAILED });
  return {
    Comment: [...(flow.description === undefined ? [] : [flow.description]), ...schedule].join(' '),
    ...chain,
    States: {
      ...chain.States,
      // Not the error itself, as no Fail state may name one that begins with `States.`.
      [FAILED]: { Type: 'Fail', Error: 'JobFailed', CausePath: '$.failure.Cause' },
    },
  };
}

interface Chain {
  readonly StartAt: string;
  readonly States: JsonObject;
}

/** Names are unique in the whole state machine, inside of branches too. */
class States {
  readonly #names: ReadonlyMap<string, string>;
  #branchings = 0;

  constructor({ jobs }: Flow) {
    this.#names = labelsOf(
      jobs.map(({ id }) => id),
      { join: (words) => words.join('_'), longest: LONGEST_STATE_NAME },
    );
  }

  /** @param failure what each state does with an error; inside of a branch it is the branching state that catches it */
  chain(arrangement: Arrangement, failure?: JsonObject): Chain {
    const steps = arrangement.kind === 'series' ? arrangement.of : [arrangement];
    const named = steps.map((step): [string, Arrangement] => [this.#nameOf(step), step]);
    const states = named.map(([name, step], place): [string, JsonObject] => {
      const next = named[place + 1]?.[0];
      return [
        name,
        {
          ...this.#state(step),
          // What a state answers is of no use to the next one, and large.
          ResultPath: null,
          ...(failure === undefined ? {} : { Catch: [{ ...failure, ResultPath: '$.failure' }] }),
          ...(next === undefined ? { End: true } : { Next: next }),
        },
      ];
    });
    return { StartAt: named[0]?.[0] ?? FAILED, States: Object.fromEntries(states) };
  }

  #nameOf(step: Arrangement): string {
    if (step.kind === 'job') return this.#names.get(step.job.id) ?? step.job.id;
    this.#branchings += 1;
    return `Side by side ${this.#branchings}`; // no job's state has spaces
  }

  #state(step: Arrangement): JsonObject {
    if (step.kind === 'job') return task(step.job);
    const branches = step.of.map((branch): JsonObject => ({ ...this.chain(branch) }));
    return { Type: 'Parallel', Branches: branches };
  }
}

function task({ name, description, timeout }: FlowJob): JsonObject {
  return {
    Type: 'Task',
    ...(description === undefined ? {} : { Comment: description }),
    // `.sync`: the state lasts as long as the run (Step Functions, "Start an AWS Glue job with Step Functions").
    Resource: 'arn:aws:states:::glue:startJobRun.sync',
    Parameters: { JobName: name },
    ...(timeout === undefined ? {} : { TimeoutSeconds: timeout * 60 + SECONDS_AROUND_RUN }),
    Retry: RETRY,
  };
}

/** Step Functions, "IAM policies for calling AWS Glue": what it takes to start, follow and stop a job's run. */
function rolePolicy({ jobs }: Flow): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'RunJobs',
        Effect: 'Allow',
        Action: ['glue:BatchStopJobRun', 'glue:GetJobRun', 'glue:GetJobRuns', 'glue:StartJobRun'],
        Resource: jobs.map(({ name }) => `arn:aws:glue:*:*:job/${escapedArn(name)}`),
      },
    ],
  };
}

/** IAM, "Policy variables": `${*}`, `${?}` and `${$}` stand for the characters themselves. */
function escapedArn(name: string): string {
  return name.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}

function jsonText(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
