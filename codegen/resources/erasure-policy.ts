import { sinkId } from '../../algebra/library.ts';
import { pseudonymPurposes } from '../../algebra/pseudonyms.ts';
import type { CheckedLibrary } from '../../check/index.ts';
import { glueArn, objects, secretArn } from './arns.ts';
import { tableOf, zoneOf } from './catalog.ts';
import {
  codePrefixes,
  databaseName,
  deployedName,
  keyAlias,
  pseudonymSecret,
  receiptPrefix,
  reportPrefix,
  suppressionKey,
  suppressionSecret,
  tagValue,
  zoneRoleTag,
} from './names.ts';
import { account, bucket, region } from './parameters.ts';
import { type JsonObject, jsonText } from './text.ts';
import { quarantineAccess, type ZoneAccess, zoneAccesses } from './zone-access.ts';

/**
 * `policies/erasure.json`: the tags and the policy of a role that may run `forget`, and no more. Nothing deploys it, since nobody
 * but the account's owners knows who may take such a role; its parameters are theirs to fill in.
 */
export function erasurePolicyJson(checked: CheckedLibrary): string {
  const library = deployedName(checked.library.name);
  const accesses = zoneAccesses(checked);
  return jsonText({
    Tags: Object.fromEntries(
      [...accesses, ...quarantineAccess(accesses)].map(({ zone }) => [
        zoneRoleTag(library, zone),
        tagValue('steward'),
      ]),
    ),
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        ...objectStatements(library, accesses),
        ...keyStatements(library, accesses),
        ...secretStatements(checked),
        allow('FindTables', ['glue:GetTable'], tableArns(checked)),
        allow('ComputeAnew', ['glue:StartWorkflowRun'], [glueArn(`workflow/${library}`)]),
      ],
    },
  });
}

function objectStatements(library: string, accesses: readonly ZoneAccess[]): readonly JsonObject[] {
  const delivered = accesses.flatMap((access) => access.delivered);
  const held = accesses.flatMap((access) => [
    ...access.delivered,
    ...access.written,
    ...access.quarantined,
  ]);
  const kept = [suppressionKey(library), `${receiptPrefix(library)}*`];
  const looked = [...codePrefixes(library), reportPrefix(library), ...held].map((one) => `${one}*`);
  return [
    allow('FindVersions', ['s3:ListBucket', 's3:ListBucketVersions'], [`arn:aws:s3:::${bucket}`]),
    allow(
      'LookThrough',
      ['s3:GetObject', 's3:GetObjectVersion'],
      [...looked, ...kept].map(objects),
    ),
    ...(delivered.length === 0
      ? []
      : [
          allow(
            'RewriteLanding',
            ['s3:AbortMultipartUpload', 's3:PutObject'],
            delivered.map((one) => objects(`${one}*`)),
          ),
        ]),
    allow('KeepListAndReceipts', ['s3:PutObject'], kept.map(objects)),
    allow(
      'DeleteVersions',
      ['s3:DeleteObjectVersion'],
      held.map((one) => objects(`${one}*`)),
    ),
  ];
}

function keyStatements(library: string, accesses: readonly ZoneAccess[]): readonly JsonObject[] {
  const alias = ({ zone }: ZoneAccess) => keyAlias(library, zone);
  const rewritten = accesses.filter(({ delivered }) => delivered.length > 0);
  return [
    keyStatement(
      'DecryptZones',
      'kms:Decrypt',
      [...accesses, ...quarantineAccess(accesses)].map(alias),
    ),
    ...(rewritten.length === 0
      ? []
      : [keyStatement('EncryptLanding', 'kms:GenerateDataKey', rewritten.map(alias))]),
  ];
}

function keyStatement(sid: string, action: string, aliases: readonly string[]): JsonObject {
  return {
    ...allow(sid, [action], [`arn:aws:kms:${region}:${account}:key/*`]),
    Condition: {
      StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': aliases },
    },
  };
}

/** People are found under their pseudonyms too; the key of the digests is made by the first erasure. */
function secretStatements(checked: CheckedLibrary): readonly JsonObject[] {
  const library = deployedName(checked.library.name);
  const purposes = new Set(checked.jobs.flatMap(({ job }) => pseudonymPurposes(job.rows)));
  const pseudonyms = [...purposes].sort().map((purpose) => pseudonymSecret(library, purpose));
  const digests = secretArn(suppressionSecret(library));
  return [
    allow('ReadKeys', ['secretsmanager:GetSecretValue'], [...pseudonyms.map(secretArn), digests]),
    allow('MakeDigestKey', ['secretsmanager:CreateSecret'], [digests]),
  ];
}

function tableArns(checked: CheckedLibrary): readonly string[] {
  const library = deployedName(checked.library.name);
  const written = checked.jobs.map(({ job }) => sinkId(job.sink)).sort();
  const databases = new Set(written.map((id) => databaseName(library, zoneOf(id))));
  return [
    glueArn('catalog'),
    ...[...databases].map((name) => glueArn(`database/${name}`)),
    ...written.map((id) => glueArn(`table/${databaseName(library, zoneOf(id))}/${tableOf(id)}`)),
  ];
}

function allow(sid: string, actions: readonly string[], resources: readonly string[]): JsonObject {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resources };
}
