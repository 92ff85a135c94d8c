import type { Role, RoleDetail } from '@aws-sdk/client-iam';
import type { Aws } from '../clients.ts';
import { asObject, type Json, type JsonObject } from '../json.ts';
import type { Desired, KindRules, Live } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { listed, readEach, unlessDenied } from './many.ts';
import { tagList, tagsDiffer, tagsIn } from './tags.ts';

/**
 * The IAM role of one job with its inline policies. A role of ours carries only the inline policies we
 * declare: another one there is taken off, since it would give the job more than it needs.
 */
export const role: KindRules = {
  fields: { names: ['AssumeRolePolicyDocument', 'Path', 'Policies'], defaults: { Path: ['/'] } },
  owned: true,
  fixed: ['Path'],
  read: readRole,
  async readAll(aws, desired) {
    const wanted = new Set(desired.map(({ name }) => name));
    // By name, each takes three calls at least.
    const { found, whole } = await listed(wanted, desired.length, async (Marker) => {
      const page = await unlessDenied(
        aws.iam.getAccountAuthorizationDetails({ Filter: ['Role'], MaxItems: 1_000, Marker }),
      );
      if (page === undefined) return undefined;
      const roles = (page.RoleDetailList ?? []).map((role) => {
        const policies = (role.RolePolicyList ?? []).map(({ PolicyName, PolicyDocument }) => [
          PolicyName,
          policyDocument(PolicyDocument),
        ]);
        return [role.RoleName ?? '', liveRole(role, Object.fromEntries(policies))] as const;
      });
      return [roles, page.IsTruncated === true ? page.Marker : undefined];
    });
    const rest = whole ? [] : desired.filter(({ name }) => !found.has(name));
    const listedRoles = desired.flatMap(({ id, name }): [string, Live][] => {
      const live = found.get(name);
      return live === undefined ? [] : [[id, live]];
    });
    return new Map([...listedRoles, ...(await readEach(aws, rest, readRole))]);
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

async function readRole(aws: Aws, { name }: Desired): Promise<Live | undefined> {
  const found = await unlessAbsent(aws.iam.getRole({ RoleName: name }));
  if (found?.Role === undefined) return undefined;
  return liveRole(found.Role, await inlinePolicies(aws, name));
}

function liveRole(role: RoleDetail | Role, inline: JsonObject): Live {
  return {
    definition: {
      AssumeRolePolicyDocument: policyDocument(role.AssumeRolePolicyDocument),
      Path: role.Path ?? '/',
      Policies: inline,
    },
    tags: tagsIn(role.Tags),
  };
}

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
