import type {
  ColumnLFTag,
  LFTagPair,
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { atOnce, READS_AT_ONCE } from '../at-once.ts';
import type { Aws } from '../clients.ts';
import { canonicalJson, type JsonObject, pick } from '../json.ts';
import { pages } from '../pages.ts';
import { type Desired, type Live, stringMembers } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { listed, unlessDenied } from './many.ts';

/** LF-tags of other names are not ours. */
const OUR_TAGS = 'lakewright_';
/** Lake Formation's API reference, SearchTablesByLFTags and ListPermissions. */
const PAGE = { tables: 100, permissions: 1_000 } as const;

/** The database or table that is meant. */
export function resourceOf(desired: Desired): Resource {
  const resource: unknown = desired.definition['Resource'];
  return resource as Resource; // generated as this structure; Lake Formation validates it
}

/** Our tags and grants of one database or table. */
export async function readAccess(aws: Aws, desired: Desired): Promise<Live | undefined> {
  const tags = await assignedTags(aws, desired);
  if (tags === undefined) return undefined;
  return liveAccess(tags, ourPermissions(desired, await grantsOf(aws, desired)));
}

/** The same of many, by id, from a search for tables by tag and a list of all grants, as far as these are worth their calls. */
export async function readManyAccess(
  aws: Aws,
  desired: readonly Desired[],
): Promise<ReadonlyMap<string, Live>> {
  const [tagged, granted] = await Promise.all([asTagged(aws, desired), allGrants(aws, desired)]);
  const found = new Map<string, Live>();
  await atOnce(READS_AT_ONCE, desired, async (one) => {
    const tags = tagged.get(one.name) ?? (await assignedTags(aws, one));
    if (tags === undefined) return;
    const grants = granted === undefined ? await grantsOf(aws, one) : granted.get(one.name);
    found.set(one.id, liveAccess(tags, ourPermissions(one, grants ?? [])));
  });
  return found;
}

interface Tags extends JsonObject {
  readonly LFTags: JsonObject;
  readonly ColumnLFTags: JsonObject;
}

function liveAccess(tags: Tags, permissions: JsonObject): Live {
  return { definition: { ...tags, Permissions: permissions }, tags: {} };
}

/** Those that are assigned, not inherited. */
async function assignedTags(aws: Aws, desired: Desired): Promise<Tags | undefined> {
  const of = { Resource: resourceOf(desired), ShowAssignedLFTags: true };
  const found = await unlessAbsent(aws.lakeFormation.getResourceLFTags(of));
  if (found === undefined) return undefined;
  const assigned = of.Resource.Database ? found.LFTagOnDatabase : found.LFTagsOnTable;
  return ourTags(assigned, found.LFTagsOnColumns);
}

/**
 * By name, the tables whose tags are as they should be, by a tag that all of them should have. Whether a search shows what is
 * inherited too is not said, so that it is believed in nothing else.
 */
async function asTagged(aws: Aws, desired: readonly Desired[]): Promise<ReadonlyMap<string, Tags>> {
  const tables = new Map(
    desired.flatMap((one) => (resourceOf(one).Table ? [[one.name, one] as const] : [])),
  );
  const common = commonTag([...tables.values()]);
  if (common === undefined || tables.size < 2) return new Map();
  const search = { Expression: [common], MaxResults: PAGE.tables };
  const wanted = new Set(tables.keys());
  const { found } = await listed(wanted, tables.size, async (NextToken) => {
    const asked = aws.lakeFormation.searchTablesByLFTags({ ...search, NextToken });
    const page = await unlessDenied(unlessAbsent(asked));
    if (page === undefined) return undefined;
    const entries = (page.TableList ?? []).map(({ Table, LFTagsOnTable, LFTagsOnColumns }) => {
      return [nameOf(aws, { Table }) ?? '', ourTags(LFTagsOnTable, LFTagsOnColumns)] as const;
    });
    return [entries, page.NextToken];
  });
  return new Map(
    [...found].filter(([name, tags]) => {
      const wants = pick(tables.get(name)?.definition ?? {}, ['LFTags', 'ColumnLFTags']);
      return canonicalJson(wants) === canonicalJson(tags);
    }),
  );
}

function commonTag(tables: readonly Desired[]): LFTagPair | undefined {
  const all = tables.map(({ definition }) => stringMembers(definition['LFTags']));
  const common = Object.entries(all[0] ?? {}).find(([key, value]) =>
    all.every((tags) => tags[key] === value),
  );
  return common === undefined ? undefined : { TagKey: common[0], TagValues: [common[1]] };
}

function ourTags(
  own: readonly LFTagPair[] | undefined,
  ofColumns: readonly ColumnLFTag[] | undefined,
): Tags {
  const ours = (tags: readonly LFTagPair[] | undefined): JsonObject => {
    const known = (tags ?? []).filter(({ TagKey }) => TagKey?.startsWith(OUR_TAGS));
    return Object.fromEntries(known.map(({ TagKey, TagValues }) => [TagKey, TagValues?.[0] ?? '']));
  };
  const columns = (ofColumns ?? []).map(({ Name, LFTags }): [string, JsonObject] => [
    Name ?? '',
    ours(LFTags),
  ]);
  const tagged = columns.filter(([, tags]) => Object.keys(tags).length > 0);
  return { LFTags: ours(own), ColumnLFTags: Object.fromEntries(tagged) };
}

type Grants = readonly PrincipalResourcePermissions[];

async function grantsOf(aws: Aws, desired: Desired): Promise<Grants> {
  const entries = pages(async (NextToken) => {
    const of = { Resource: resourceOf(desired), NextToken };
    const page = await aws.lakeFormation.listPermissions(of);
    return [page.PrincipalResourcePermissions, page.NextToken];
  });
  const found: PrincipalResourcePermissions[] = [];
  for await (const one of entries) {
    if (nameOf(aws, one.Resource) === desired.name) found.push(one);
  }
  return found;
}

/** All of the account by what they are about; undefined where they are more pages than we have databases and tables. */
async function allGrants(
  aws: Aws,
  desired: readonly Desired[],
): Promise<ReadonlyMap<string, Grants> | undefined> {
  const found = new Map<string, PrincipalResourcePermissions[]>();
  let token: string | undefined;
  for (let calls = 0; calls < desired.length; calls += 1) {
    const of = { MaxResults: PAGE.permissions, NextToken: token };
    const page = await aws.lakeFormation.listPermissions(of);
    for (const one of page.PrincipalResourcePermissions ?? []) {
      const name = nameOf(aws, one.Resource);
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), one]);
    }
    token = page.NextToken || undefined;
    if (token === undefined) return found;
  }
  return undefined;
}

/** By role: those of the library's jobs, of former jobs too. */
function ourPermissions({ definition }: Desired, grants: Grants): JsonObject {
  const path = `:role/lakewright/${String(definition['Library'])}/`;
  const found = new Map<string, Set<string>>();
  for (const { Principal, Permissions } of grants) {
    const role = Principal?.DataLakePrincipalIdentifier ?? '';
    if (!role.includes(path)) continue;
    found.set(role, new Set([...(found.get(role) ?? []), ...(Permissions ?? [])]));
  }
  return Object.fromEntries([...found].map(([role, all]) => [role, [...all].sort()]));
}

/**
 * As a plan names a database or table of this account's catalog; undefined for anything else, and for some columns only. Lake
 * Formation lists SELECT on a table as SELECT on all of its columns.
 */
function nameOf({ account }: Aws, listedResource: Resource | undefined): string | undefined {
  const { Database, Table, TableWithColumns } = listedResource ?? {};
  const place = Database ?? Table ?? TableWithColumns;
  if (place === undefined || (place.CatalogId ?? account) !== account) return undefined;
  if (Database) return Database.Name;
  if (TableWithColumns) {
    const { ColumnWildcard: all } = TableWithColumns;
    if (all === undefined || (all.ExcludedColumnNames ?? []).length > 0) return undefined;
  }
  const { DatabaseName, Name } = Table ?? TableWithColumns ?? {};
  return Name === undefined ? undefined : `${DatabaseName}.${Name}`;
}
