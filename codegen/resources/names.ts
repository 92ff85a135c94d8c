import { createHash } from 'node:crypto';
import { security, suffix } from './parameters.ts';

/** IAM: "RoleName ... Maximum length of 64". */
const LONGEST_ROLE_NAME = 64;
/** EventBridge, PutRule: "Name ... Maximum length of 64". */
const LONGEST_RULE_NAME = 64;
/** The deployer takes suffixes of at most this many characters, their `_` included (`deploy/environments.ts`). */
export const LONGEST_SUFFIX = 17;
const HASH_DIGITS = 8;

/**
 * A library's name as it stands in names of its resources, which begin with it: with the environment's suffix. Tags, which say what
 * something is part of, keep the plain name.
 */
export function deployedName(library: string): string {
  return `${library}${suffix}`;
}

/** A generated text as it is deployed without an environment, as far as names go. */
export function withoutEnvironment(text: string): string {
  return withSuffix(text, '');
}

/** A generated text as it is deployed into the environment of a suffix, as far as names go. */
export function withSuffix(text: string, of: string): string {
  return text.replaceAll(suffix, of);
}

/** The library of a deployed name; a plain name is its own. */
function plainName(library: string): string {
  return library.endsWith(suffix) ? library.slice(0, -suffix.length) : library;
}

/** Name of a job in Glue. */
export function jobName(library: string, job: string): string {
  return `${library}_${job}`;
}

/** Name of the Glue connection to a network; `*` for all of the library. */
export function connectionName(library: string, network: string): string {
  return `${library}_${network}`;
}

/**
 * Name of the Glue security configuration of a library's jobs. It ends in a hash of what it says, since Glue cannot change one: another
 * key is another configuration, and jobs have the old one until they are told of the new.
 */
export function securityConfigurationName(library: string): string {
  return `lakewright-${library}-${security}`;
}

/** Name of a zone's database in the Glue catalog. */
export function databaseName(library: string, zone: string): string {
  return `${library}_${zone}`;
}

/** Name of the IAM role of one job. */
export function roleName(library: string, job: string): string {
  return fitted(library, `-${job}`, LONGEST_ROLE_NAME);
}

/** Name of an EventBridge rule that tells of runs; `*` for all of the library. */
export function alarmName(library: string, alarm: string): string {
  return `${fitted(library, '', LONGEST_RULE_NAME - '-refused-999'.length)}-${alarm}`;
}

/**
 * A name that, with an environment's suffix, is too long for AWS keeps its beginning and ends in a hash of the whole, so that two
 * long names never meet.
 */
function fitted(library: string, own: string, longest: number): string {
  const name = `${plainName(library)}${own}`;
  const room = longest - 'lakewright-'.length - LONGEST_SUFFIX;
  if (name.length <= room) return `lakewright-${library}${own}`;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_DIGITS);
  const environment = library.slice(plainName(library).length);
  return `lakewright${environment}-${name.slice(0, room - hash.length - 1)}-${hash}`;
}

/**
 * Path of the roles of the jobs that write a zone. Policies name a zone's writers by it, so that they stay short however many
 * jobs there are.
 */
export function rolePath(library: string, zone: string): string {
  return `/lakewright/${library}/${zone}/`;
}

/** Name of the data-quality ruleset of a table. */
export function rulesetName(library: string, zone: string, table: string): string {
  return `${library}_${zone}_${table}`;
}

/** Name of the trigger that starts a job once its inputs were written, or on the job's own schedule. */
export function triggerName(library: string, job: string): string {
  return `${library}_${job}`;
}

/** Name of the trigger that starts the workflow. */
export function startTriggerName(library: string): string {
  return `${library}_start`;
}

/** Alias of the KMS key of one zone's objects: a zone's data can be shredded by deleting its key. */
export function keyAlias(library: string, zone: string): string {
  return `alias/lakewright-${library}-${zone}`;
}

/**
 * Tag of an IAM principal, other than a job, that works with a zone: `reader` may decrypt its objects; `steward` also delivers
 * the tables that no job writes, and deletes what must be erased. Either needs an IAM policy of its own besides. In an environment
 * the value has the suffix too ({@link tagValue}): who reads development data does not read production.
 */
export function zoneRoleTag(library: string, zone: string): string {
  return `lakewright:${plainName(library)}:${zone}`;
}

/** Value of a principal's tag in the environment of a deployment. Keys of conditions hold no parameters, so it is not in the key. */
export function tagValue(role: 'deployer' | 'reader' | 'steward'): string {
  return `${role}${suffix}`;
}

/** Id, in Secrets Manager, of the key of the library's pseudonyms for one purpose. */
export function pseudonymSecret(library: string, purpose: string): string {
  return `lakewright/${library}/pseudonym-key/${purpose}`;
}

/** Id, in Secrets Manager, of what says where a database is and who reads there. */
export function connectionSecret(library: string, connection: string): string {
  return `lakewright/${library}/connection/${connection}`;
}

/** Id, in Secrets Manager, of the key of the digests in the library's suppression list. */
export function suppressionSecret(library: string): string {
  return `lakewright/${library}/suppression-key`;
}

/**
 * Id of the bucket's lifecycle rule about the lines that a job sets aside of a table. Names can be longer than S3 takes ids, so it has a
 * hash of them; the rule's prefix says them.
 */
export function quarantineRuleId(library: string, table: string, job: string): string {
  const hash = createHash('sha256').update(`${table}/${job}`).digest('hex').slice(0, 16);
  return `lakewright-${library}-quarantine-${hash}`;
}

/** Key of the object with the library's suppression list: digests of who was erased and must not come back. */
export function suppressionKey(library: string): string {
  return `suppression/${library}.json`;
}

/** Key prefix of the receipts of a library's erasures; names of objects below it are digests. */
export function receiptPrefix(library: string): string {
  return `erasures/${library}/`;
}

/** Key prefix of the reports that a library's jobs write, a folder for each job. */
export function reportPrefix(library: string): string {
  return `lakewright/${library}/reports/`;
}

/** Key prefixes of the code that a library's jobs run: scripts, and the modules that they share. */
export function codePrefixes(library: string): readonly [scripts: string, support: string] {
  return [`lakewright/${library}/scripts/`, `lakewright/${library}/support/`];
}

/** Key of the object that a deployment holds while it writes, so that there are never two. */
export function lockKey(library: string): string {
  return `lakewright/${library}/lock.json`;
}

/** Keys of what was deployed: each release, and which one is live. */
export function releaseKeys(library: string): readonly [releases: string, history: string] {
  return [`lakewright/${library}/releases/*`, `lakewright/${library}/releases.json`];
}

/** Tag of the IAM principal that deploys a library: with the value `deployer` it may write the code that jobs run. */
export function deployerTag(library: string): string {
  return `lakewright:${plainName(library)}`;
}

/** CloudWatch log groups of one job are `<prefix>/output` and `<prefix>/error`. */
export function logGroupPrefix(library: string, job: string): string {
  return `/lakewright/${library}/${job}`;
}

/** Tags of everything that a deployment owns; the deployer adds the hash. */
export function ownerTags(library: string): Readonly<Record<string, string>> {
  return { 'lakewright:library': plainName(library) };
}
