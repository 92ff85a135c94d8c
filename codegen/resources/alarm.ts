import type { CheckedLibrary } from '../../check/index.ts';
import { eventRuleArn, topicArn } from './arns.ts';
import { alarmName, deployedName, jobName, LONGEST_SUFFIX, ownerTags } from './names.ts';
import { suffix } from './parameters.ts';
import { type JsonObject, jsonText } from './text.ts';

/** One alarm, by its name without an environment's suffix: inputs of PutRule and PutTargets. */
export interface AlarmResource {
  readonly name: string;
  readonly input: JsonObject;
}

/** EventBridge user guide, "Amazon EventBridge quotas": characters of an event pattern. */
const LONGEST_PATTERN = 2048;

/** What is told of, and in which words. */
interface Alarm {
  readonly name: string;
  readonly description: string;
  /** Of the event, besides the job's name. */
  readonly detail: JsonObject;
  /** Template of the message, in which `<job>` and the like are filled in. */
  readonly says: string;
}

/**
 * Runs that are over and did not succeed. One that was refused for privacy is among both: where Glue left out why it failed,
 * somebody is still told that it did.
 *
 * States: developer guide, "Automating AWS Glue with EventBridge" and "AWS Glue job run statuses".
 */
const ALARMS: readonly Alarm[] = [
  {
    name: 'failed',
    description: 'Tells of each run that failed.',
    detail: { state: ['FAILED', 'TIMEOUT', 'ERROR'] },
    says: '<job> ended as <state>, run <run>. Readers keep the last good version of its table.',
  },
  {
    name: 'refused',
    description: 'Tells of each table that the privacy gate refused to publish.',
    // What scripts call their own refusals (`codegen/support/lakewright_failures.py`).
    detail: {
      state: ['FAILED'],
      message: [{ wildcard: '*ProofFailed: *' }, { wildcard: '*PermitExpired: *' }],
    },
    says: 'The privacy gate refused the table of <job>, run <run>. Readers keep its last good version.',
  },
];

/**
 * Rules of EventBridge that tell a topic of each run that failed, and of each that the privacy gate refused; none where the library
 * names no topic. Jobs are named one by one, since another library's or environment's may begin alike; where they are too many for
 * a pattern, there are several rules.
 */
export function alarmResources({ library, jobs }: CheckedLibrary): readonly AlarmResource[] {
  const { alarms } = library;
  if (alarms === undefined) return [];
  const deployed = deployedName(library.name);
  const names = jobs.map(({ job }) => jobName(deployed, job.name));
  return ALARMS.flatMap((alarm) =>
    divided(names, (some) => patternOf(alarm, some)).map((EventPattern, at): AlarmResource => {
      const name = at === 0 ? alarm.name : `${alarm.name}-${at + 1}`;
      const Rule = {
        Name: alarmName(deployed, name),
        Description: alarm.description,
        EventPattern,
        State: 'ENABLED',
      };
      const input = { Rule, Targets: [target(alarms.topic, alarm)], Tags: ownerTags(deployed) };
      return { name, input };
    }),
  );
}

function patternOf({ detail }: Alarm, jobs: readonly string[]): JsonObject {
  return {
    source: ['aws.glue'],
    'detail-type': ['Glue Job State Change'],
    detail: { jobName: jobs, ...detail },
  };
}

/** The message does not say why a run failed: who listens to a topic may be anybody. */
function target(topic: string, { says }: Alarm): JsonObject {
  const paths = { job: 'jobName', run: 'jobRunId', state: 'state' };
  const used = Object.entries(paths).filter(([name]) => says.includes(`<${name}>`));
  return {
    Id: 'topic',
    Arn: topicArn(topic),
    InputTransformer: {
      InputPathsMap: Object.fromEntries(used.map(([name, path]) => [name, `$.detail.${path}`])),
      InputTemplate: JSON.stringify(says),
    },
  };
}

/**
 * `policies/alarm-topic.json`: the statement by which the topic's policy lets the alarms in. The topic is not the library's, so its
 * owners add it.
 */
export function alarmTopicPolicyJson({ library }: CheckedLibrary): string | undefined {
  if (library.alarms === undefined) return undefined;
  return jsonText({
    Sid: 'Alarms',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topicArn(library.alarms.topic),
    Condition: {
      ArnLike: { 'aws:SourceArn': eventRuleArn(alarmName(deployedName(library.name), '*')) },
    },
  });
}

/** As many names in each pattern as it may hold, in any environment. */
function divided(
  names: readonly string[],
  pattern: (some: readonly string[]) => JsonObject,
): readonly JsonObject[] {
  const parts: string[][] = [];
  for (const name of names) {
    const last = parts.at(-1);
    if (last === undefined || lengthOf(pattern([...last, name])) > LONGEST_PATTERN) {
      parts.push([name]);
    } else last.push(name);
  }
  return parts.map(pattern);
}

function lengthOf(pattern: JsonObject): number {
  return JSON.stringify(pattern).replaceAll(suffix, 'x'.repeat(LONGEST_SUFFIX)).length;
}
