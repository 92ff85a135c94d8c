import { asObject, isJsonObject, type Json, type JsonObject, omit } from '../../deploy/json.ts';
import type { ResourceKind } from '../../deploy/manifest.ts';
import { withSids } from '../../deploy/policy.ts';
import { type Library, ofKind, type Resource } from '../library.ts';
import { withKeys } from '../policy-keys.ts';
import { dataAccess, dataTag } from './data-access.ts';
import { CATALOG, withParameters } from './values.ts';

/** Resources of a template by logical id. */
export type Resources = Readonly<Record<string, JsonObject>>;

/** A library and its logical ids. */
export interface Context {
  readonly library: Library;
  readonly ids: ReadonlyMap<string, string>;
}

/** Writes one resource of a library under its logical id. */
export type Writer = (context: Context, resource: Resource, logicalId: string) => Resources;

/** What each kind becomes. CloudFormation has most properties by the names of AWS's own API. */
export const WRITERS: { readonly [K in ResourceKind]: Writer } = {
  // Uploaded before.
  script: () => ({}),
  support: () => ({}),
  role,
  database: (_, { definition }, id) =>
    one(id, 'AWS::Glue::Database', { ...CATALOG, DatabaseInput: definition }),
  table: (_, { definition, name }, id) =>
    one(id, 'AWS::Glue::Table', {
      ...CATALOG,
      DatabaseName: name.slice(0, name.indexOf('.')),
      TableInput: withoutColumnParameters(definition),
    }),
  job: (_, resource, id) => one(id, 'AWS::Glue::Job', tagged(resource)),
  workflow: (_, resource, id) => one(id, 'AWS::Glue::Workflow', tagged(resource)),
  trigger: (_, resource, id) => one(id, 'AWS::Glue::Trigger', tagged(resource)),
  key,
  'bucket-policy': bucketPolicy,
  // A bucket's lifecycle is a property of the bucket, which is not the stack's.
  'bucket-lifecycle': () => ({}),
  'data-tag': dataTag,
  'data-access': dataAccess,
  ruleset: (_, resource, id) => one(id, 'AWS::Glue::DataQualityRuleset', tagged(resource)),
  alarm: (_, { definition }, id) => one(id, 'AWS::Events::Rule', definition),
  'security-configuration': securityConfiguration,
  // It has no tags there.
  connection: (_, { definition }, id) =>
    one(id, 'AWS::Glue::Connection', { ...CATALOG, ConnectionInput: definition }),
};

/** CloudFormation's columns have a name, a type and a comment. Nothing reads the labels that they have elsewhere at run time. */
function withoutColumnParameters(table: JsonObject): JsonObject {
  const storage = asObject(table['StorageDescriptor']);
  const bare = (columns: Json | undefined): readonly Json[] =>
    (Array.isArray(columns) ? columns.filter(isJsonObject) : []).map((column) =>
      omit(column, ['Parameters']),
    );
  return {
    ...table,
    ...(table['PartitionKeys'] === undefined
      ? {}
      : { PartitionKeys: bare(table['PartitionKeys']) }),
    StorageDescriptor: { ...storage, Columns: bare(storage['Columns']) },
  };
}

/** A resource with its properties. */
export function one(id: string, type: string, properties: JsonObject): Resources {
  return { [id]: { Type: type, Properties: properties } };
}

function tagged({ definition, tags }: Resource): JsonObject {
  return Object.keys(tags).length === 0 ? definition : { ...definition, Tags: tags };
}

function listTags({ tags }: Resource): JsonObject {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? {} : { Tags: list };
}

function securityConfiguration(_: Context, { definition }: Resource, id: string): Resources {
  const { S3Encryption: objects = [], ...rest } = asObject(definition['EncryptionConfiguration']);
  const said = { ...rest, S3Encryptions: objects };
  return one(id, 'AWS::Glue::SecurityConfiguration', {
    ...definition,
    EncryptionConfiguration: said,
  });
}

function role(_: Context, resource: Resource, id: string): Resources {
  const { Policies: policies, ...rest } = resource.definition;
  const list = Object.entries(asObject(policies)).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: document,
  }));
  return one(id, 'AWS::IAM::Role', { ...rest, Policies: list, ...listTags(resource) });
}

/** Data under a key that is gone is gone too, so the key outlives its stack. */
function key(_: Context, resource: Resource, id: string): Resources {
  const { KeyPolicy: policy, ...rest } = resource.definition;
  const keyId = `${id}Itself`;
  return {
    [keyId]: {
      Type: 'AWS::KMS::Key',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ...rest,
        KeyPolicy: document(withSids(asObject(policy))),
        ...listTags(resource),
      },
    },
    ...one(id, 'AWS::KMS::Alias', { AliasName: resource.name, TargetKeyId: { Ref: keyId } }),
  };
}

/** Where a statement names a key by its alias, the key itself stands besides: S3 compares what a request says. */
function bucketPolicy({ library, ids }: Context, resource: Resource, id: string): Resources {
  const { open } = library;
  const keys = new Map(
    ofKind(library, 'key').map((one): [string, JsonObject] => [
      `arn:aws:kms:${open.placeholder('region')}:${open.placeholder('account')}:${one.name}`,
      { 'Fn::GetAtt': [`${ids.get(one.id)}Itself`, 'Arn'] },
    ]),
  );
  const statements = withKeys(withSids(asObject(resource.definition['Statement'])), keys);
  const properties = { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(statements) };
  return one(id, 'AWS::S3::BucketPolicy', properties);
}

function document(statements: Json): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

/** Resources with their open parameters in CloudFormation's words. */
export function closed(resources: Resources, { library }: Context): Resources {
  const written = Object.entries(resources).map(([id, resource]): [string, JsonObject] => [
    id,
    asObject(withParameters(resource, library.open)),
  ]);
  return Object.fromEntries(written);
}
