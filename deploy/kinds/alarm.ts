import type {
  PutRuleCommandInput,
  PutTargetsCommandOutput,
  RemoveTargetsCommandOutput,
  Target,
} from '@aws-sdk/client-eventbridge';
import type { Aws } from '../clients.ts';
import { asObject, isJsonObject, type Json, type JsonObject, toJsonObject } from '../json.ts';
import { allOf } from '../pages.ts';
import type { Desired, KindRules, Live } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { definitionDiffers, tagList, tagsDiffer, tagsIn } from './tags.ts';

/**
 * A rule of EventBridge with its targets. A rule of ours has only the targets that we declare: another one there is taken off, since
 * it would tell somebody else.
 */
export const alarm: KindRules = {
  fields: { names: ['Description', 'EventPattern', 'State', 'Targets'] },
  owned: true,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.events.describeRule({ Name: desired.name }));
    if (found === undefined) return undefined;
    const { Arn: ResourceARN, Description = '', State = '' } = found;
    const { Tags: tags } = await aws.events.listTagsForResource({ ResourceARN });
    const pattern: Json = JSON.parse(found.EventPattern ?? '{}');
    const targets = await targetsOf(aws, desired.name);
    return {
      definition: { Description, EventPattern: pattern, State, Targets: targets },
      tags: tagsIn(tags),
    };
  },
  async create(aws, desired) {
    await putRule(aws, desired, { Tags: tagList(desired) });
    await putTargets(aws, desired);
  },
  async update(aws, desired, live, differences) {
    const changed = (name: string): boolean => differences.some(({ path }) => isOf(path, name));
    if (definitionDiffers(differences)) {
      // Of a rule that exists, PutRule ignores tags.
      await putRule(aws, desired, {});
      if (changed('Targets')) await setTargets(aws, desired, live);
    }
    if (tagsDiffer(differences)) await tag(aws, desired);
  },
  adopt: tag,
  async delete(aws, desired, live) {
    await removeTargets(aws, desired, idsOf(live.definition));
    await unlessAbsent(aws.events.deleteRule({ Name: desired.name }));
  },
};

/** The rule and its targets, of a generated file. */
export function readAlarm(input: JsonObject): { name: string; definition: JsonObject } | undefined {
  const rule = asObject(input['Rule']);
  const { Name: name } = rule;
  if (typeof name !== 'string') return undefined;
  return { name, definition: { ...rule, Targets: input['Targets'] ?? [] } };
}

function isOf(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}[`);
}

async function targetsOf({ events }: Aws, Rule: string): Promise<readonly JsonObject[]> {
  const found = await allOf(async (NextToken) => {
    const page = await events.listTargetsByRule({ Rule, NextToken });
    return [page.Targets, page.NextToken];
  });
  return found
    .map(toJsonObject)
    .sort((one, other) => (String(one['Id']) < String(other['Id']) ? -1 : 1));
}

async function putRule(
  { events }: Aws,
  { name, definition }: Desired,
  more: Pick<PutRuleCommandInput, 'Tags'>,
): Promise<void> {
  const { Description: description, State: state, EventPattern: pattern } = definition;
  const input = { Name: name, Description: description, State: state };
  await events.putRule({
    ...(input as PutRuleCommandInput), // generated as this structure; EventBridge validates it
    EventPattern: JSON.stringify(pattern),
    ...more,
  });
}

async function setTargets(aws: Aws, desired: Desired, live: Live): Promise<void> {
  const wanted = idsOf(desired.definition);
  const spare = idsOf(live.definition).filter((id) => !wanted.includes(id));
  await putTargets(aws, desired);
  await removeTargets(aws, desired, spare);
}

async function putTargets({ events }: Aws, { name, definition }: Desired): Promise<void> {
  const targets = definition['Targets'] as unknown as Target[]; // likewise
  refuseFailures(await events.putTargets({ Rule: name, Targets: targets }));
}

async function removeTargets(
  { events }: Aws,
  { name }: Desired,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const answer = await unlessAbsent(events.removeTargets({ Rule: name, Ids: [...ids] }));
  if (answer !== undefined) refuseFailures(answer);
}

/** These calls succeed and name in their answer what they did not do. */
function refuseFailures({
  FailedEntries: failed = [],
}: PutTargetsCommandOutput | RemoveTargetsCommandOutput): void {
  const [first] = failed;
  if (first === undefined) return;
  const error = new Error(`EventBridge: ${first.ErrorMessage ?? 'a target was not set'}`);
  error.name = first.ErrorCode ?? 'EventBridgeFailure';
  throw error;
}

async function tag(aws: Aws, desired: Desired): Promise<void> {
  const { region, account, partition } = aws;
  const ResourceARN = `arn:${partition}:events:${region}:${account}:rule/${desired.name}`;
  await aws.events.tagResource({ ResourceARN, Tags: tagList(desired) });
}

function idsOf(definition: JsonObject): readonly string[] {
  const targets = definition['Targets'];
  return (Array.isArray(targets) ? targets.filter(isJsonObject) : []).map(({ Id: id }) =>
    String(id),
  );
}
