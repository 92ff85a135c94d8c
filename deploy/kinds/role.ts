import type { Aws } from '../clients.ts';
import { asObject, type Json, type JsonObject } from '../json.ts';
import type { Desired, KindRules, Live } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { tagsDiffer } from './tags.ts';

/**
 * The IAM role of one job with its inline policies. A role of ours carries only the inline policies we
 * declare: another one there is taken off, since it would give the job more than it needs.
 */
export const role: KindRules = {
  fields: { names: ['AssumeRolePolicyDocument', 'Path', 'Policies'], defaults: { Path: ['/'] } },
  owned: true,
  fixed: ['Path'],
  async read(aws, desired) {
    const found = await unlessAbsent(aws.iam.getRole({ RoleName: desired.name }));
    if (found === undefined) return undefined;
    const trust = policyDocument(found.Role?.AssumeRolePolicyDocument);
    const tags = (found.Role?.Tags ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']);
    return {
      definition: {
        AssumeRolePolicyDocument: trust,
        Path: found.Role?.Path ?? '/',
        Policies: await inlinePolicies(aws, desired.name),
      },
      tags: Object.fromEntries(tags),
    };
  },
  async create(aws, desired) {
    const path = desired.definition['Path'];
    await aws.iam.createRole({
      RoleName: desired.name,
      ...(typeof path === 'string' ? { Path: path } : {}),
      AssumeRolePolicyDocument: JSON.stringify(desired.definition['AssumeRolePolicyDocument']),
      Tags: tagList(desired),
    });
    await putPolicies(aws, desired, Object.keys(policies(desired)));
  },
  async update(aws, desired, live, differences) {
    const changed = (path: string): boolean =>
      differences.some((one) => one.path === path || one.path.startsWith(`${path}.`));
    if (changed('AssumeRolePolicyDocument')) {
      const document = JSON.stringify(desired.definition['AssumeRolePolicyDocument']);
      await aws.iam.updateAssumeRolePolicy({ RoleName: desired.name, PolicyDocument: document });
    }
    const wanted = policies(desired);
    await putPolicies(
      aws,
      desired,
      Object.keys(wanted).filter((name) => changed('Policies') && changed(`Policies.${name}`)),
    );
    for (const name of Object.keys(live.definition['Policies'] ?? {})) {
      if (Object.hasOwn(wanted, name)) continue;
      await aws.iam.deleteRolePolicy({ RoleName: desired.name, PolicyName: name });
    }
    if (tagsDiffer(differences)) {
      await aws.iam.tagRole({ RoleName: desired.name, Tags: tagList(desired) });
    }
  },
  async adopt(aws, desired) {
    await aws.iam.tagRole({ RoleName: desired.name, Tags: tagList(desired) });
  },
  async replace(aws, desired, live) {
    await deleteRole(aws, desired, live);
    await role.create(aws, desired);
  },
  delete: deleteRole,
};

async function deleteRole(aws: Aws, { name: RoleName }: Desired, live: Live): Promise<void> {
  for (const PolicyName of Object.keys(live.definition['Policies'] ?? {})) {
    await unlessAbsent(aws.iam.deleteRolePolicy({ RoleName, PolicyName }));
  }
  await unlessAbsent(aws.iam.deleteRole({ RoleName }));
}

/** A policy document as JSON; IAM answers with URL-encoded text, a generated file may hold either form. */
export function policyDocument(document: Json | undefined): Json {
  if (typeof document !== 'string') return document ?? {};
  const text = document.trimStart().startsWith('%') ? decodeURIComponent(document) : document;
  const parsed: Json = JSON.parse(text);
  return parsed;
}

async function inlinePolicies(aws: Aws, roleName: string): Promise<JsonObject> {
  const found: [string, Json][] = [];
  let marker: string | undefined;
  do {
    const page = await aws.iam.listRolePolicies({
      RoleName: roleName,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    for (const name of page.PolicyNames ?? []) {
      const policy = await aws.iam.getRolePolicy({ RoleName: roleName, PolicyName: name });
      found.push([name, policyDocument(policy.PolicyDocument)]);
    }
    marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (marker !== undefined);
  return Object.fromEntries(found);
}

async function putPolicies(aws: Aws, desired: Desired, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await aws.iam.putRolePolicy({
      RoleName: desired.name,
      PolicyName: name,
      PolicyDocument: JSON.stringify(policies(desired)[name]),
    });
  }
}

function policies(desired: Desired): JsonObject {
  return asObject(desired.definition['Policies']);
}

function tagList(desired: Desired): { Key: string; Value: string }[] {
  return Object.entries(desired.tags).map(([Key, Value]) => ({ Key, Value }));
}
