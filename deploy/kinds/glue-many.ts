import { atOnce, READS_AT_ONCE } from '../at-once.ts';
import type { Aws } from '../clients.ts';
import { differences, type ManagedFields } from '../compare.ts';
import { type JsonObject, own, toJsonObject } from '../json.ts';
import type { Desired, Live } from '../resource.ts';
import { chunks, listed, unlessDenied } from './many.ts';
import { glueArn, glueTags, type Tagged, tagsIn } from './tags.ts';

/** Names in one batch. Glue says its limit of workflows only (API reference, BatchGetWorkflows), so it is kept of all. */
const BATCH = 25;
/** Resource Groups Tagging API reference, GetResources. */
const ARNS = 100;

/** How Glue is asked about many of a kind. */
export interface GlueMany {
  readonly kind: Tagged;
  readonly fields: ManagedFields;
  /** A page of all that the account has, and the token of the next. */
  list(
    token: string | undefined,
  ): Promise<readonly [items: readonly Named[] | undefined, next: string | undefined]>;
  /** Those that are there of up to {@link BATCH} names. */
  batch(names: string[]): Promise<readonly Named[] | undefined>;
}

interface Named {
  readonly Name?: string | undefined;
}

/**
 * What Glue holds of many of a kind, by id: definitions from lists or batches, tags from the index that AWS keeps of all tags.
 *
 * The index hears of a change a little later. So it is only believed where it says, and the definition too, that all is as it
 * should be; whoever finds anything else, and may have to write, asks Glue itself.
 */
export async function readMany(
  aws: Aws,
  desired: readonly Desired[],
  how: GlueMany,
): Promise<ReadonlyMap<string, Live>> {
  const definitions = await definitionsOf(desired, how);
  return await withTags(aws, desired, how, definitions);
}

/** The same with definitions, by name, that were read otherwise. */
export async function withTags(
  aws: Aws,
  desired: readonly Desired[],
  { kind, fields }: Pick<GlueMany, 'kind' | 'fields'>,
  definitions: ReadonlyMap<string, JsonObject>,
): Promise<ReadonlyMap<string, Live>> {
  const present = desired.flatMap((one): (readonly [Desired, JsonObject, string])[] => {
    const definition = definitions.get(one.name);
    return definition === undefined ? [] : [[one, definition, glueArn(aws, kind, one.name)]];
  });
  const indexed = await indexedTags(
    aws,
    present.map(([, , arn]) => arn),
  );
  const found = new Map<string, Live>();
  await atOnce(READS_AT_ONCE, present, async ([one, definition, arn]) => {
    const live = { definition, tags: indexed.get(arn) ?? {} };
    const same = isAsDesired(one, live, fields);
    found.set(one.id, same ? live : { definition, tags: await glueTags(aws, arn) });
  });
  return found;
}

async function definitionsOf(
  desired: readonly Desired[],
  { list, batch }: GlueMany,
): Promise<ReadonlyMap<string, JsonObject>> {
  const names = desired.map(({ name }) => name);
  const batches = Math.ceil(names.length / BATCH);
  // A list is worth it from two batches on.
  const all = await listed(new Set(names), batches > 1 ? batches : 0, async (token) => {
    const [items, next] = await list(token);
    return [(items ?? []).map(entry), next];
  });
  const found = new Map(all.found);
  if (all.whole) return found;
  const rest = names.filter((name) => !found.has(name));
  await atOnce(READS_AT_ONCE, chunks(BATCH, rest), async (some) => {
    for (const one of (await batch([...some])) ?? []) found.set(...entry(one));
  });
  return found;
}

function entry(item: Named): [string, JsonObject] {
  return [item.Name ?? '', toJsonObject(item)];
}

/** By ARN, as far as the index knows them and the caller may ask it. */
async function indexedTags(
  aws: Aws,
  arns: readonly string[],
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  if (arns.length < 2) return found;
  await atOnce(READS_AT_ONCE, chunks(ARNS, arns), async (some) => {
    const answer = await unlessDenied(aws.tagging.getResources({ ResourceARNList: [...some] }));
    for (const { ResourceARN: arn = '', Tags: tags } of answer?.ResourceTagMappingList ?? []) {
      found.set(arn, tagsIn(tags));
    }
  });
  return found;
}

function isAsDesired(desired: Desired, live: Live, fields: ManagedFields): boolean {
  return (
    Object.entries(desired.tags).every(([name, value]) => own(live.tags, name) === value) &&
    differences(desired.definition, live.definition, fields).length === 0
  );
}
