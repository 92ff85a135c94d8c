import type { CheckedLibrary } from '../../check/index.ts';
import { deployedName, logGroupPrefix, securityConfigurationName } from './names.ts';
import { account, region } from './parameters.ts';
import { type JsonObject, jsonText } from './text.ts';

/**
 * CreateSecurityConfiguration input of a library that names a key for its logs; undefined of any other.
 *
 * It is about logs alone. Objects lie under the keys of their zones, which jobs are told and the bucket's policy demands; no job
 * keeps a bookmark.
 */
export function securityConfigurationResource({ library }: CheckedLibrary): JsonObject | undefined {
  if (library.security === undefined) return undefined;
  return {
    Name: securityConfigurationName(deployedName(library.name)),
    EncryptionConfiguration: {
      S3Encryption: [{ S3EncryptionMode: 'DISABLED' }],
      CloudWatchEncryption: {
        CloudWatchEncryptionMode: 'SSE-KMS',
        KmsKeyArn: library.security.logsKey,
      },
      JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'DISABLED' },
    },
  };
}

/**
 * `policies/logs-key.json`: the statement by which the key's policy lets CloudWatch Logs use it for the library's log groups and no
 * others. The key is not the library's, so its owners add it.
 *
 * CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS Key Management Service".
 */
export function logsKeyPolicyJson({ library }: CheckedLibrary): string | undefined {
  if (library.security === undefined) return undefined;
  const groups = logGroupPrefix(deployedName(library.name), '*');
  return jsonText({
    Sid: 'Logs',
    Effect: 'Allow',
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: [
      'kms:Decrypt*',
      'kms:Describe*',
      'kms:Encrypt*',
      'kms:GenerateDataKey*',
      'kms:ReEncrypt*',
    ],
    Resource: '*',
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:${groups}`,
      },
    },
  });
}
