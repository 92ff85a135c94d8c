import type { LFTagError, LFTagPair, Permission, Resource } from '@aws-sdk/client-lakeformation';
import type { Aws } from '../clients.ts';
import { asObject, canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Desired, type KindRules, type Live, stringMembers } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { readAccess, readManyAccess, resourceOf } from './data-access-read.ts';
import { onceKnown } from './once-known.ts';

/**
 * What Lake Formation knows of one database or table: our LF-tags on it and on its columns, and what the library's jobs may do
 * with it. Tags and grants of others are left alone.
 */
export const dataAccess: KindRules = {
  fields: { names: ['LFTags', 'ColumnLFTags', 'Permissions'] },
  owned: false,
  read: readAccess,
  readAll: readManyAccess,
  async create(aws, desired) {
    const found = await readAccess(aws, desired);
    await reconcile(aws, desired, found ?? { definition: {}, tags: {} });
  },
  update: reconcile,
  async delete(aws, desired, live) {
    const nothing = { LFTags: {}, ColumnLFTags: {}, Permissions: {} };
    const definition = { ...desired.definition, ...nothing };
    await unlessAbsent(reconcile(aws, { ...desired, definition }, live));
  },
};

/** The database or table and what is wanted of it, of a generated file. */
export function readDataAccess(
  input: JsonObject,
): { name: string; definition: JsonObject } | undefined {
  const { Library: library, Resource: resource, Permissions: permissions } = input;
  if (typeof library !== 'string' || !isJsonObject(resource)) return undefined;
  const table = asObject(resource['Table']);
  const database = asObject(resource['Database']);
  const name = resource['Table'] ? `${table['DatabaseName']}.${table['Name']}` : database['Name'];
  if (typeof name !== 'string') return undefined;
  const granted = Array.isArray(permissions) ? permissions.filter(isJsonObject) : [];
  const definition = {
    Library: library,
    Resource: resource,
    LFTags: asObject(input['LFTags']),
    ColumnLFTags: asObject(input['ColumnLFTags']),
    Permissions: Object.fromEntries(
      granted.map((one) => [String(one['Principal']), one['Permissions'] ?? []]),
    ),
  };
  return { name, definition };
}

async function reconcile(aws: Aws, desired: Desired, live: Live): Promise<void> {
  const resource = resourceOf(desired);
  await setTags(aws, resource, member(desired, 'LFTags'), member(live, 'LFTags'));
  const wanted = byTags(member(desired, 'ColumnLFTags'), member(live, 'ColumnLFTags'));
  for (const { columns, to, from } of wanted) {
    const { DatabaseName, Name } = resource.Table ?? {};
    const some = { TableWithColumns: { DatabaseName, Name, ColumnNames: columns } };
    await setTags(aws, some, to, from);
  }
  const have = member(live, 'Permissions');
  const want = member(desired, 'Permissions');
  for (const role of new Set([...Object.keys(want), ...Object.keys(have)])) {
    await setPermissions(aws, resource, role, permissions(want[role]), permissions(have[role]));
  }
}

async function setTags(
  aws: Aws,
  resource: Resource,
  to: JsonObject,
  from: JsonObject,
): Promise<void> {
  const missing = Object.entries(stringMembers(to)).filter(([key, value]) => from[key] !== value);
  const spare = Object.entries(stringMembers(from)).filter(([key]) => to[key] === undefined);
  if (missing.length > 0) {
    const LFTags = missing.map(tagPair);
    const answer = await aws.lakeFormation.addLFTagsToResource({ Resource: resource, LFTags });
    refuseFailures(answer.Failures);
  }
  if (spare.length > 0) {
    const LFTags = spare.map(tagPair);
    const answer = await aws.lakeFormation.removeLFTagsFromResource({ Resource: resource, LFTags });
    refuseFailures(answer.Failures);
  }
}

/** These calls succeed and name in their answer what they did not do. */
function refuseFailures(failures: readonly LFTagError[] | undefined): void {
  const [first] = failures ?? [];
  if (first === undefined) return;
  const error = new Error(`Lake Formation: ${first.Error?.ErrorMessage ?? 'a tag was not set'}`);
  error.name = first.Error?.ErrorCode ?? 'LakeFormationFailure';
  throw error;
}

async function setPermissions(
  aws: Aws,
  resource: Resource,
  role: string,
  want: readonly Permission[],
  have: readonly Permission[],
): Promise<void> {
  const Principal = { DataLakePrincipalIdentifier: role };
  const missing = want.filter((one) => !have.includes(one));
  const spare = have.filter((one) => !want.includes(one));
  if (missing.length > 0) {
    const grant = { Principal, Resource: resource, Permissions: missing };
    await onceKnown(isAboutPrincipal, () => aws.lakeFormation.grantPermissions(grant));
  }
  if (spare.length > 0) {
    const revoked = { Principal, Resource: resource, Permissions: spare };
    await aws.lakeFormation.revokePermissions(revoked);
  }
}

/** Lake Formation refuses a role that is new until it has heard of it. */
function isAboutPrincipal(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === 'InvalidInputException' &&
    /invalid principal/i.test(error.message)
  );
}

interface Change {
  readonly columns: string[];
  readonly to: JsonObject;
  readonly from: JsonObject;
}

/** Columns that change alike, together: one call is for any number of columns. */
function byTags(to: JsonObject, from: JsonObject): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const column of new Set([...Object.keys(to), ...Object.keys(from)])) {
    const change = { to: asObject(to[column]), from: asObject(from[column]) };
    if (canonicalJson(change.to) === canonicalJson(change.from)) continue;
    const alike = changes.get(canonicalJson(change));
    if (alike === undefined) changes.set(canonicalJson(change), { ...change, columns: [column] });
    else alike.columns.push(column);
  }
  return [...changes.values()];
}

function tagPair([TagKey, value]: [string, string]): LFTagPair {
  return { TagKey, TagValues: [value] };
}

function permissions(value: Json | undefined): readonly Permission[] {
  return (Array.isArray(value) ? value : []) as readonly Permission[]; // generated as such; Lake Formation validates it
}

function member(of: Desired | Live, name: string): JsonObject {
  return asObject(of.definition[name]);
}
