import type { CreateSecurityConfigurationCommandInput } from '@aws-sdk/client-glue';
import {
  asObject,
  canonicalJson,
  type Json,
  type JsonObject,
  pick,
  toJsonObject,
} from '../json.ts';
import { sha256 } from '../manifest.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

const HASH_DIGITS = 16;
const DISABLED: JsonObject = {
  S3Encryption: [{ S3EncryptionMode: 'DISABLED' }],
  CloudWatchEncryption: { CloudWatchEncryptionMode: 'DISABLED' },
  JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'DISABLED' },
};

/**
 * A Glue security configuration. Glue cannot change one and keeps no tags of it, so its name ends in a hash of what it says and of
 * whose it is: one that says something else is another one, which jobs are told of before the former goes.
 */
export const securityConfiguration: KindRules = {
  fields: {
    names: ['EncryptionConfiguration'],
    defaults: {
      'EncryptionConfiguration.DataQualityEncryption': [{ DataQualityEncryptionMode: 'DISABLED' }],
    },
  },
  owned: false,
  fixed: 'all',
  async read(aws, desired) {
    const asked = { Name: desired.name };
    const found = await unlessAbsent(aws.glue.getSecurityConfiguration(asked));
    if (found === undefined) return undefined;
    const { EncryptionConfiguration: said } = toJsonObject(found.SecurityConfiguration);
    return { definition: { EncryptionConfiguration: inFull(said) }, tags: {} };
  },
  async create(aws, desired) {
    const input: unknown = pick(desired.definition, ['Name', 'EncryptionConfiguration']);
    // Generated as this structure; Glue validates it.
    await aws.glue.createSecurityConfiguration(input as CreateSecurityConfigurationCommandInput);
  },
  async update() {
    // Every difference replaces it.
  },
  /** Only where somebody made it anew under its name, since what we say otherwise has another name. */
  async replace(aws, desired) {
    await aws.glue.deleteSecurityConfiguration({ Name: desired.name });
    await securityConfiguration.create(aws, desired);
  },
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteSecurityConfiguration({ Name: desired.name }));
  },
};

/** Whose a security configuration is. */
export interface SecurityOwner {
  readonly library: string;
  /** Name of the environment; absent where there is none. */
  readonly environment: string | undefined;
}

/** What the name of a security configuration ends in: digits of a hash of whose it is and of all that lakewright says in one. */
export function securityDigest(owner: SecurityOwner, encryption: Json | undefined): string {
  const { library, environment = null } = owner;
  const said = { library, environment, ...pick(inFull(encryption), Object.keys(DISABLED)) };
  return sha256(canonicalJson(said)).slice(0, HASH_DIGITS);
}

/** What is absent encrypts nothing. */
function inFull(encryption: Json | undefined): JsonObject {
  return { ...DISABLED, ...asObject(encryption) };
}
