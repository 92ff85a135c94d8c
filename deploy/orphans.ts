import type { Aws } from './clients.ts';
import { type Destination, deployedName, keyPrefix } from './desired-state.ts';
import { canonicalJson, toJsonObject } from './json.ts';
import { unlessAbsent } from './kinds/absent.ts';
import { KINDS } from './kinds/index.ts';
import { readEach } from './kinds/many.ts';
import { securityDigest } from './kinds/security-configuration.ts';
import { allOf } from './pages.ts';
import type { Action } from './plan.ts';
import { type Desired, ENVIRONMENT_TAG, type Kind, LIBRARY_TAG, type Live } from './resource.ts';

/** What Glue takes as a page of these lists, at most ("GetConnections", "ListJobs", "ListTriggers", "ListDataQualityRulesets"). */
const PAGE = { connections: 1_000, jobs: 1_000, triggers: 200, rulesets: 1_000 } as const;

/** Whose orphans, and what is none of them. */
export interface OrphanScope {
  readonly library: string;
  readonly destination: Destination;
  /** All that the library declares. */
  readonly desired: readonly Desired[];
  /** Whether to look for tables in databases of former zones, which takes rights to them. */
  readonly intoFormer: boolean;
}

type NamesOf = (aws: Aws, scope: OrphanScope) => Promise<readonly string[]>;

/** Names of what may be the library's, by kind, in an order in which it can be deleted. */
const NAMED: readonly (readonly [kind: Kind, names: NamesOf])[] = [
  ['trigger', triggersOf],
  ['job', jobsOf],
  ['connection', connectionsOf],
  ['ruleset', rulesetsOf],
  ['role', rolesOf],
  ['alarm', alarmsOf],
];

/**
 * What a library owns and declares no more, as deletions in an order in which they can be done: former jobs, triggers, rulesets,
 * roles, catalog entries, and scripts and support modules of earlier deployments. It is the library's by its tags, which have to
 * name the very environment. Reads only: a list for each kind, and one by one only what is not declared.
 */
export async function findOrphans(aws: Aws, scope: OrphanScope): Promise<readonly Action[]> {
  const found: Action[] = [];
  for (const [kind, namesOf] of NAMED) {
    found.push(...(await owned(aws, scope, kind, await namesOf(aws, scope))));
  }
  const databases = await databasesOf(aws, scope);
  const former = databases.filter(({ name }) => !isDeclared(scope, 'database', name));
  const declared = scope.desired.filter(({ kind }) => kind === 'database');
  const asked = [...declared, ...(scope.intoFormer ? former : [])].map(({ name }) => name);
  const tables = (await Promise.all(asked.map((name) => tablesIn(aws, scope, name)))).flat();
  return [
    ...found,
    ...tables.map(({ name, live }) => deletion('table', name, live)),
    ...former.map(({ name, live }) => deletion('database', name, live)),
    ...(await formerSecurity(aws, scope)),
    ...(await formerObjects(aws, scope)),
  ];
}

/** Whether deleting it would take the catalog's entry of data away. The data itself is never deleted. */
export function isOfData({ desired }: Action): boolean {
  return desired.kind === 'table' || desired.kind === 'database';
}

/** Ids are of their own, since a name in AWS may be the id of something else that is declared. */
function deletion(kind: Kind, name: string, live: Live): Action {
  const desired = { id: `orphan/${kind}/${name}`, kind, name, definition: {}, tags: {} };
  return { kind: 'delete', desired, live, differences: [] };
}

function isDeclared({ desired }: OrphanScope, kind: Kind, name: string): boolean {
  return desired.some((one) => one.kind === kind && one.name === name);
}

function ownTags({ library, destination }: OrphanScope): Record<string, string> {
  const { environment } = destination;
  return {
    [LIBRARY_TAG]: library,
    ...(environment === undefined ? {} : { [ENVIRONMENT_TAG]: environment.name }),
  };
}

/** Of no other library or environment, and not of one where there is none. */
function isOwned({ library, destination }: OrphanScope, { tags }: Live): boolean {
  return tags[LIBRARY_TAG] === library && tags[ENVIRONMENT_TAG] === destination.environment?.name;
}

async function owned(
  aws: Aws,
  scope: OrphanScope,
  kind: Kind,
  names: readonly string[],
): Promise<readonly Action[]> {
  const declared = new Set(scope.desired.flatMap((one) => (one.kind === kind ? [one.name] : [])));
  const others = names
    .filter((name) => !declared.has(name))
    .sort()
    .map((name) => deletion(kind, name, { definition: {}, tags: {} }).desired);
  const found = new Map(await readEach(aws, others, KINDS[kind].read));
  return others.flatMap(({ id, name }) => {
    const live = found.get(id);
    if (live === undefined || !isOwned(scope, live)) return [];
    return kind === 'role' && !isOfRegion(aws, live) ? [] : [deletion(kind, name, live)];
  });
}

/** Roles are of all regions; a job of another one may still have it. */
function isOfRegion({ region, account }: Aws, { definition }: Live): boolean {
  const trust = canonicalJson(definition['AssumeRolePolicyDocument'] ?? null);
  return trust.includes(`:glue:${region}:${account}:job/`);
}

async function jobsOf({ glue }: Aws, scope: OrphanScope): Promise<readonly string[]> {
  const Tags = ownTags(scope);
  return await allOf(async (NextToken) => {
    const page = await glue.listJobs({ Tags, MaxResults: PAGE.jobs, NextToken });
    return [page.JobNames, page.NextToken];
  });
}

/** Glue lists no connections by their tags. */
async function connectionsOf(
  { glue }: Aws,
  { library, destination }: OrphanScope,
): Promise<readonly string[]> {
  const found = await allOf(async (NextToken) => {
    const page = await glue.getConnections({
      HidePassword: true,
      MaxResults: PAGE.connections,
      NextToken,
    });
    return [page.ConnectionList?.map(({ Name = '' }) => Name), page.NextToken];
  });
  return found.filter((name) => name.startsWith(`${deployedName(library, destination)}_`));
}

async function triggersOf({ glue }: Aws, scope: OrphanScope): Promise<readonly string[]> {
  const Tags = ownTags(scope);
  return await allOf(async (NextToken) => {
    const page = await glue.listTriggers({ Tags, MaxResults: PAGE.triggers, NextToken });
    return [page.TriggerNames, page.NextToken];
  });
}

async function rulesetsOf({ glue }: Aws, scope: OrphanScope): Promise<readonly string[]> {
  const Tags = ownTags(scope);
  return await allOf(async (NextToken) => {
    const page = await glue.listDataQualityRulesets({
      Tags,
      MaxResults: PAGE.rulesets,
      NextToken,
    });
    return [page.Rulesets?.map(({ Name = '' }) => Name), page.NextToken];
  });
}

/** All roles of a library's jobs lie below one path. */
async function rolesOf(
  { iam }: Aws,
  { library, destination }: OrphanScope,
): Promise<readonly string[]> {
  const PathPrefix = `/${keyPrefix(library, destination)}/`;
  return await allOf(async (Marker) => {
    const page = await iam.listRoles({ PathPrefix, Marker });
    const names = page.Roles?.map(({ RoleName = '' }) => RoleName);
    return [names, page.IsTruncated === true ? page.Marker : undefined];
  });
}

/** EventBridge lists no rules by their tags, and a library's name may be cut in them. */
async function alarmsOf({ events }: Aws): Promise<readonly string[]> {
  return await allOf(async (NextToken) => {
    const page = await events.listRules({ NamePrefix: 'lakewright-', NextToken });
    return [page.Rules?.map(({ Name = '' }) => Name), page.NextToken];
  });
}

interface Entry {
  readonly name: string;
  readonly live: Live;
}

async function databasesOf({ glue }: Aws, scope: OrphanScope): Promise<readonly Entry[]> {
  const found = await allOf(async (NextToken) => {
    const page = await glue.getDatabases({ MaxResults: 100, NextToken });
    return [page.DatabaseList, page.NextToken];
  });
  return found
    .map(({ Name = '', Parameters }) => entry(Name, Parameters))
    .filter(({ live }) => isOwned(scope, live));
}

async function tablesIn(
  { glue }: Aws,
  scope: OrphanScope,
  DatabaseName: string,
): Promise<readonly Entry[]> {
  const found = await allOf(async (NextToken) => {
    const page = await unlessAbsent(glue.getTables({ DatabaseName, MaxResults: 100, NextToken }));
    return [page?.TableList, page?.NextToken];
  });
  return found
    .map(({ Name = '', Parameters, StorageDescriptor }) => {
      const { tags } = entry('', Parameters).live;
      const location = StorageDescriptor?.Location;
      const storage = location === undefined ? {} : { Location: location };
      const definition = { StorageDescriptor: storage };
      return { name: `${DatabaseName}.${Name}`, live: { definition, tags } };
    })
    .filter(({ name, live }) => isOwned(scope, live) && !isDeclared(scope, 'table', name));
}

function entry(name: string, parameters: Record<string, string> = {}): Entry {
  return { name, live: { definition: {}, tags: parameters } };
}

/** Security configurations have no tags: what proves one the library's is the hash in its name, of whose it is and what it says. */
async function formerSecurity(aws: Aws, scope: OrphanScope): Promise<readonly Action[]> {
  const { library, destination } = scope;
  const found = await allOf(async (NextToken) => {
    const page = await aws.glue.getSecurityConfigurations({ NextToken });
    return [page.SecurityConfigurations?.map(toJsonObject), page.NextToken];
  });
  const owner = { library, environment: destination.environment?.name };
  return found.flatMap((definition) => {
    const digest = securityDigest(owner, definition['EncryptionConfiguration']);
    const name = `lakewright-${deployedName(library, destination)}-${digest}`;
    if (definition['Name'] !== name) return [];
    if (isDeclared(scope, 'security-configuration', name)) return [];
    return [deletion('security-configuration', name, { definition, tags: {} })];
  });
}

/** Scripts and support modules of earlier deployments, whose keys hold other hashes. */
async function formerObjects(
  { s3 }: Aws,
  { library, destination, desired }: OrphanScope,
): Promise<readonly Action[]> {
  const { bucket: Bucket } = destination;
  // Nothing lies in a bucket that is to be made, and asking for it is an error.
  if (desired.some(({ kind }) => kind === 'bucket')) return [];
  const known = new Set(desired.map(({ name }) => name));
  const found: Action[] = [];
  for (const [folder, kind] of [
    ['scripts', 'script'],
    ['support', 'support'],
  ] as const) {
    const Prefix = `${keyPrefix(library, destination)}/${folder}/`;
    const objects = await allOf(async (ContinuationToken) => {
      const page = await s3.listObjectsV2({ Bucket, Prefix, ContinuationToken });
      return [page.Contents, page.NextContinuationToken];
    });
    for (const { Key: key = '' } of objects) {
      const name = `s3://${Bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
      if (!known.has(name)) found.push(deletion(kind, name, { definition: {}, tags: {} }));
    }
  }
  return found;
}
