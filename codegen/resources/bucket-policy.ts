import { createHash } from 'node:crypto';
import type { CheckedLibrary } from '../../check/index.ts';
import { keyAliasArn, libraryRoles, objects, zoneRoles } from './arns.ts';
import {
  codePrefixes,
  deployedName,
  deployerTag,
  jobName,
  receiptPrefix,
  releaseKeys,
  reportPrefix,
  suppressionKey,
  tagValue,
  zoneRoleTag,
} from './names.ts';
import { bucket } from './parameters.ts';
import type { JsonObject } from './text.ts';
import { quarantineAccess, type ZoneAccess } from './zone-access.ts';

/** S3 takes 20 KB of policy: a zone of more tables than this is named as a whole, and the library has it for itself. */
const MOST_PREFIXES = 16;

/** Replication from another bucket writes and deletes without the usual actions. */
const PUTS = ['s3:PutObject', 's3:ReplicateObject'];
const DELETES = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete'];

/**
 * The library's statements in the policy of the lake's bucket, which others may have statements in too. All of them deny: who
 * may do something is for the roles to say.
 */
export function bucketPolicyResource(
  checked: CheckedLibrary,
  accesses: readonly ZoneAccess[],
): JsonObject {
  const library = deployedName(checked.library.name);
  const prefix = sidPrefix(checked.library.name);
  const statements = [
    tlsOnly(),
    ...accesses.flatMap((access) => zoneStatements(library, access)),
    ...quarantineStatements(library, accesses),
    ...erasureStatements(library, accesses),
    ...reportStatements(library, accesses),
    codeStatement(library),
  ];
  return {
    Bucket: bucket,
    SidPrefix: prefix,
    Statement: statements.map((statement) => ({
      ...statement,
      Sid: `${prefix}${statement.Sid}`,
    })),
  };
}

/**
 * What the Sids of a library begin with. A Sid is made of letters and digits; each begins with exactly one capital per word after
 * the library's name, so that no library's prefix is the beginning of another's Sid. A name that loses something gets a hash.
 */
export function sidPrefix(library: string): string {
  const letters = library.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const hash = createHash('sha256').update(library).digest('hex').slice(0, 8);
  const name = letters === library ? library : `${letters}${hash}`;
  return `Lakewright${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

interface Denial {
  readonly Sid: string;
  readonly [member: string]: JsonObject | readonly string[] | string;
}

function tlsOnly(): Denial {
  return deny('Tls', ['s3:*'], [`arn:aws:s3:::${bucket}`, objects('*')], {
    Bool: { 'aws:SecureTransport': ['false'] },
  });
}

function zoneStatements(library: string, access: ZoneAccess): readonly Denial[] {
  const { zone, written, delivered } = access;
  const title = `${zone.slice(0, 1).toUpperCase()}${zone.slice(1)}`;
  const jobs = [zoneRoles(library, zone)];
  const stewards = [zoneRoleTag(library, zone)];
  const whole = written.length + delivered.length > MOST_PREFIXES;
  const below = (prefixes: readonly string[]) =>
    whole && prefixes.length > 0
      ? [objects(`${zone}/*`)]
      : prefixes.map((one) => objects(`${one}*`));
  const groups =
    whole && written.length > 0 && delivered.length > 0
      ? [guard(title, below(written), { jobs, stewards, deliver: true })]
      : [
          guard(title, below(written), { jobs, stewards, deliver: false }),
          guard(`${title}Delivery`, below(delivered), { stewards, deliver: true }),
        ];
  const all = [...new Set([...below(written), ...below(delivered)])];
  return [...groups.flat(), keyOnly(title, all, [keyAliasArn(library, zone)])];
}

/** Malformed lines lie outside the zones, below the table they are of and the job that found them. */
function quarantineStatements(library: string, accesses: readonly ZoneAccess[]): readonly Denial[] {
  return quarantineAccess(accesses).flatMap(({ zone, written, writers }) => {
    const whole = [objects(`${zone}/*/${jobName(library, '*')}`)];
    const resource =
      written.length > MOST_PREFIXES ? whole : written.map((one) => objects(`${one}*`));
    const stewards = [zoneRoleTag(library, zone)];
    const jobs = writers.map((one) => zoneRoles(library, one));
    return [
      ...guard('Quarantine', resource, { jobs, stewards, deliver: false }),
      keyOnly('Quarantine', resource, [keyAliasArn(library, zone)]),
    ];
  });
}

/** Without the list of who was erased, a landing file that comes again would bring them back; receipts say what was done. */
function erasureStatements(library: string, accesses: readonly ZoneAccess[]): readonly Denial[] {
  const stewards = deliverers(library, accesses);
  if (stewards.length === 0) return [];
  const resource = [objects(suppressionKey(library)), objects(`${receiptPrefix(library)}*`)];
  return guard('Erasure', resource, { stewards, deliver: true });
}

/** What dataset cards say of the last run. */
function reportStatements(library: string, accesses: readonly ZoneAccess[]): readonly Denial[] {
  const resource = [objects(`${reportPrefix(library)}*`)];
  const stewards = deliverers(library, accesses);
  return guard('Reports', resource, { jobs: [libraryRoles(library)], stewards, deliver: false });
}

/** A script that is swapped runs with its job's role, and so does one in a release that is deployed again. */
function codeStatement(library: string): Denial {
  const prefixes = codePrefixes(library).map((prefix) => `${prefix}*`);
  const resource = [...prefixes, ...releaseKeys(library)].map((key) => objects(key));
  return deny('Code', [...DELETES, ...PUTS], resource, {
    StringNotEquals: { [`aws:PrincipalTag/${deployerTag(library)}`]: [tagValue('deployer')] },
  });
}

/** Tags of the stewards of what comes from outside. */
function deliverers(library: string, accesses: readonly ZoneAccess[]): readonly string[] {
  const delivered = accesses.filter((access) => access.delivered.length > 0);
  // Where all comes from databases, somebody has to keep the lists all the same.
  const kept = delivered.length > 0 ? delivered : accesses;
  return kept.map((access) => zoneRoleTag(library, access.zone));
}

/** Who may write and delete objects. */
interface Writers {
  /** Patterns of roles; absent where no job writes. */
  readonly jobs?: readonly string[];
  /** Tags of the principals that may delete, as an erasure needs. */
  readonly stewards: readonly string[];
  /** Whether those may write as well. */
  readonly deliver: boolean;
}

/** Of a negated condition holds that a request without its key is denied; several are all to hold. */
function guard(title: string, resource: readonly string[], writers: Writers): readonly Denial[] {
  if (resource.length === 0) return [];
  const { jobs, stewards, deliver } = writers;
  const unlessJob = jobs === undefined ? {} : { ArnNotLike: { 'aws:PrincipalArn': jobs } };
  const unlessSteward = {
    StringNotEquals: Object.fromEntries(
      stewards.map((tag) => [`aws:PrincipalTag/${tag}`, [tagValue('steward')]]),
    ),
  };
  const either = { ...unlessJob, ...unlessSteward };
  if (deliver) return [deny(`${title}Writers`, [...DELETES, ...PUTS], resource, either)];
  return [
    deny(`${title}Writers`, PUTS, resource, unlessJob),
    deny(`${title}Deletes`, DELETES, resource, either),
  ];
}

/** Only under these keys: the header is compared as it was sent, so the deployer adds each key's own ARN to its alias's. */
function keyOnly(title: string, resource: readonly string[], keys: readonly string[]): Denial {
  const key = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  return deny(`${title}Key`, ['s3:PutObject'], resource, { StringNotEquals: { [key]: keys } });
}

function deny(
  sid: string,
  actions: readonly string[],
  resource: readonly string[],
  condition: JsonObject,
): Denial {
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resource,
    Condition: condition,
  };
}
