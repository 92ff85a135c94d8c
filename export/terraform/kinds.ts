import { asObject, isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { type ResourceKind, sha256 } from '../../deploy/manifest.ts';
import type { Resource } from '../library.ts';
import { objectPath } from '../objects.ts';
import { type Blocks, type Configuration, tagsArgument } from './configuration.ts';
import { dataAccess, dataTag } from './data-access.ts';
import { reference } from './expressions.ts';
import { bucketPolicy, key, role } from './policies.ts';

/** Writes one resource of a library. */
export type Writer = (configuration: Configuration, resource: Resource) => Blocks;

/**
 * What each kind becomes in Terraform (hashicorp/aws 5.68 and later, 6.x). Arguments have the names of AWS's own API in
 * snake case, so that a kind that differs in nothing else needs no words here.
 */
export const WRITERS: { readonly [K in ResourceKind]: Writer } = {
  script: object,
  support: object,
  role,
  database: (configuration, resource) =>
    plain('aws_glue_catalog_database', configuration, resource),
  table,
  job,
  workflow: (configuration, resource) => plain('aws_glue_workflow', configuration, resource),
  trigger,
  key,
  'bucket-policy': bucketPolicy,
  'bucket-lifecycle': bucketLifecycle,
  'data-tag': dataTag,
  'data-access': dataAccess,
  ruleset: (configuration, resource) =>
    plain('aws_glue_data_quality_ruleset', configuration, resource),
  alarm,
  // Another key is another name: jobs are told of it before the former goes.
  'security-configuration': (configuration, resource) =>
    plain('aws_glue_security_configuration', configuration, resource, {
      lifecycle: { create_before_destroy: true },
    }),
  connection: (configuration, resource) => plain('aws_glue_connection', configuration, resource),
};

function plain(
  type: string,
  configuration: Configuration,
  resource: Resource,
  more: JsonObject = {},
): Blocks {
  const body = {
    ...configuration.expressions.arguments(resource.definition),
    ...tagsArgument(resource),
    ...more,
  };
  return { blocks: [{ type, label: configuration.label(resource.id), body }] };
}

/** A new script is there before its job is told of it, and the old one goes last. */
function object(configuration: Configuration, resource: Resource): Blocks {
  const { key: name, file } = objectPath(configuration.library, resource);
  const body = {
    bucket: reference('var.bucket'),
    key: configuration.expressions.text(name),
    source: `${reference('path.module')}/${configuration.expressions.text(file)}`,
    source_hash: sha256(resource.body ?? ''),
    content_type: 'text/x-python; charset=utf-8',
    lifecycle: { create_before_destroy: true },
  };
  return { blocks: [{ type: 'aws_s3_object', label: configuration.label(resource.id), body }] };
}

/** Terraform knows a bucket's lifecycle as a whole only, so that rules of others would go: it is asked for. */
function bucketLifecycle(configuration: Configuration, resource: Resource): Blocks {
  const { expressions } = configuration;
  const rule = Object.entries(asObject(resource.definition['Rules'])).map(([id, one]) => {
    const { Expiration, NoncurrentVersionExpiration, Filter, ...rest } = asObject(one);
    return {
      id: expressions.text(id),
      ...expressions.arguments({ Filter: Filter ?? {}, Expiration: Expiration ?? {}, ...rest }),
      noncurrent_version_expiration: {
        noncurrent_days: asObject(NoncurrentVersionExpiration)['NoncurrentDays'] ?? 1,
      },
    };
  });
  const body = {
    count: reference('var.bucket_lifecycle ? 1 : 0'),
    bucket: reference('var.bucket'),
    rule,
  };
  const label = configuration.label(resource.id);
  return { blocks: [{ type: 'aws_s3_bucket_lifecycle_configuration', label, body }] };
}

function job(configuration: Configuration, resource: Resource): Blocks {
  const {
    Role: role,
    Connections: connections,
    SecurityConfiguration: security,
    ...definition
  } = resource.definition;
  const { expressions } = configuration;
  const names = isJsonObject(connections) ? connections['Connections'] : undefined;
  return plain(
    'aws_glue_job',
    configuration,
    { ...resource, definition },
    {
      role_arn: expressions.value(role ?? ''),
      ...(Array.isArray(names)
        ? { connections: names.map((name) => configuration.named('connection', String(name))) }
        : {}),
      ...(typeof security === 'string'
        ? { security_configuration: configuration.named('security-configuration', security) }
        : {}),
    },
  );
}

/**
 * Where a table's data lies is for its jobs to say: every run repoints the location, and an Iceberg table's metadata. Changes of
 * these are none of Terraform's.
 */
function table(configuration: Configuration, resource: Resource): Blocks {
  const database = resource.name.slice(0, resource.name.indexOf('.'));
  return plain('aws_glue_catalog_table', configuration, resource, {
    database_name: configuration.named('database', database),
    lifecycle: {
      ignore_changes: [
        'storage_descriptor[0].location',
        'parameters["metadata_location"]',
        'parameters["previous_metadata_location"]',
        'parameters["table_type"]',
      ],
    },
  });
}

/** A trigger that somebody paused stays paused. */
function trigger(configuration: Configuration, resource: Resource): Blocks {
  const { WorkflowName: workflow } = resource.definition;
  const found = plain('aws_glue_trigger', configuration, resource, {
    ...(typeof workflow === 'string'
      ? { workflow_name: configuration.named('workflow', workflow) }
      : {}),
    lifecycle: { ignore_changes: ['enabled'] },
  });
  const jobs = new Map(
    configuration.library.resources
      .filter(({ kind }) => kind === 'job')
      .map(({ name }) => [configuration.expressions.text(name), configuration.named('job', name)]),
  );
  const blocks = found.blocks.map((block) => ({ ...block, body: withJobs(block.body, jobs) }));
  return { blocks };
}

/** A rule and what it tells. */
function alarm(configuration: Configuration, resource: Resource): Blocks {
  const { expressions } = configuration;
  const { EventPattern: pattern, Targets: targets, ...definition } = resource.definition;
  const label = configuration.label(resource.id);
  const local = `event_pattern_${label}`;
  const rule = plain(
    'aws_cloudwatch_event_rule',
    configuration,
    { ...resource, definition },
    { event_pattern: reference(`jsonencode(local.${local})`) },
  );
  const told = (Array.isArray(targets) ? targets.filter(isJsonObject) : []).map((target, at) => {
    const { Id: id, Arn: arn, InputTransformer: input } = target;
    const { InputPathsMap: paths = {}, InputTemplate: template = '' } = asObject(input);
    const body = {
      rule: reference(`aws_cloudwatch_event_rule.${label}.name`),
      target_id: expressions.value(id ?? ''),
      arn: expressions.value(arn ?? ''),
      input_transformer: {
        input_paths: expressions.value(paths),
        input_template: expressions.value(template),
      },
    };
    const own = at === 0 ? label : `${label}-${at + 1}`;
    return { type: 'aws_cloudwatch_event_target', label: own, body };
  });
  return {
    blocks: [...rule.blocks, ...told],
    locals: { [local]: expressions.value(pattern ?? {}) },
  };
}

/** Names of jobs as references. */
function withJobs(body: JsonObject, jobs: ReadonlyMap<string, string>): JsonObject {
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    return isJsonObject(value) ? withJobs(value, jobs) : value;
  };
  const members = Object.entries(body).map(([name, value]) => [
    name,
    name === 'job_name' ? (jobs.get(String(value)) ?? value) : visit(value),
  ]);
  return Object.fromEntries(members);
}
