import { asObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { withSids } from '../../deploy/policy.ts';
import { ofKind, type Resource } from '../library.ts';
import { withKeys } from '../policy-keys.ts';
import { type Block, type Blocks, type Configuration, tagsArgument } from './configuration.ts';
import { reference } from './expressions.ts';

const VERSION = '2012-10-17';

/** A role with its inline policies; others that somebody adds are taken off, as lakewright's deployer does. */
export function role(configuration: Configuration, resource: Resource): Blocks {
  const { id, name, definition } = resource;
  const { expressions } = configuration;
  const label = configuration.label(id);
  const policies = Object.entries(asObject(definition['Policies']));
  const trust = `role_trust_${label}`;
  const locals: Record<string, Json> = {
    [trust]: expressions.value(definition['AssumeRolePolicyDocument'] ?? {}),
  };
  const own = { role: reference(`aws_iam_role.${label}.name`) };
  const blocks: Block[] = [
    {
      type: 'aws_iam_role',
      label,
      body: {
        name: expressions.text(name),
        ...(typeof definition['Path'] === 'string' ? { path: definition['Path'] } : {}),
        assume_role_policy: encoded(trust),
        ...tagsArgument(resource),
      },
    },
  ];
  for (const [place, [policy, document]] of policies.entries()) {
    const suffix = place === 0 ? '' : `-${place + 1}`;
    locals[`role_policy_${label}${suffix}`] = expressions.value(document);
    const body = {
      name: expressions.text(policy),
      ...own,
      policy: encoded(`role_policy_${label}${suffix}`),
    };
    blocks.push({ type: 'aws_iam_role_policy', label: `${label}${suffix}`, body });
  }
  const names = blocks.slice(1).map((one) => reference(`aws_iam_role_policy.${one.label}.name`));
  blocks.push({
    type: 'aws_iam_role_policies_exclusive',
    label,
    body: { role_name: own.role, policy_names: names },
  });
  return { blocks, locals };
}

/** A zone's key and its alias. Data under a key that is gone is gone too, so Terraform may not destroy it. */
export function key(configuration: Configuration, resource: Resource): Blocks {
  const { id, name, definition } = resource;
  const { expressions } = configuration;
  const label = configuration.label(id);
  const { KeyPolicy: policy, ...rest } = definition;
  const local = `key_policy_${label}`;
  return {
    locals: { [local]: document(expressions.value(withSids(asObject(policy)))) },
    blocks: [
      {
        type: 'aws_kms_key',
        label,
        body: {
          ...expressions.arguments(rest),
          policy: encoded(local),
          ...tagsArgument(resource),
          lifecycle: { prevent_destroy: true },
        },
      },
      {
        type: 'aws_kms_alias',
        label,
        body: {
          name: expressions.text(name),
          target_key_id: reference(`aws_kms_key.${label}.key_id`),
        },
      },
    ],
  };
}

/**
 * The bucket's policy, with the statements of others that `var.other_bucket_policies` holds: Terraform knows a bucket's policy as a
 * whole only.
 */
export function bucketPolicy(configuration: Configuration, { id, definition }: Resource): Blocks {
  const { expressions, library } = configuration;
  const label = configuration.label(id);
  const local = `bucket_policy_${label}`;
  const keys = new Map(
    ofKind(library, 'key').map((one): [string, string] => [
      expressions.text(aliasArn(configuration, one.name)),
      reference(`aws_kms_key.${configuration.label(one.id)}.arn`),
    ]),
  );
  const statements = expressions.value(withSids(asObject(definition['Statement'])));
  return {
    locals: { [local]: document(withKeys(statements, keys)) },
    blocks: [
      {
        type: 'aws_s3_bucket_policy',
        label,
        body: {
          bucket: reference('var.bucket'),
          policy: reference('data.aws_iam_policy_document.bucket.json'),
        },
      },
    ],
  };
}

/** The data source that joins the statements of all who share the bucket. */
export function bucketPolicyDocument(configuration: Configuration): JsonObject {
  const own = ofKind(configuration.library, 'bucket-policy').map(
    ({ id }) => `jsonencode(local.bucket_policy_${configuration.label(id)})`,
  );
  if (own.length === 0) return {};
  const all = reference(`concat([${own.join(', ')}], var.other_bucket_policies)`);
  return { aws_iam_policy_document: { bucket: { source_policy_documents: all } } };
}

function aliasArn({ library: { open } }: Configuration, alias: string): string {
  return `arn:aws:kms:${open.placeholder('region')}:${open.placeholder('account')}:${alias}`;
}

function document(statements: Json): JsonObject {
  return { Version: VERSION, Statement: statements };
}

function encoded(local: string): string {
  return reference(`jsonencode(local.${local})`);
}
