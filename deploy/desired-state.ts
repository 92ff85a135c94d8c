import { inEnvironment, refuseUnknown } from './environment-values.ts';
import type { Environment } from './environments.ts';
import { DeployError } from './errors.ts';
import {
  asObject,
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  omit,
  pick,
} from './json.ts';
import { readAlarm } from './kinds/alarm.ts';
import { readBucketLifecycle } from './kinds/bucket-lifecycle.ts';
import { readBucketPolicy } from './kinds/bucket-policy.ts';
import { readConnection } from './kinds/connection.ts';
import { readDataAccess } from './kinds/data-access.ts';
import { readDataTag } from './kinds/data-tag.ts';
import { readKey } from './kinds/key.ts';
import { objectDefinition } from './kinds/object.ts';
import { policyDocument } from './kinds/role.ts';
import { securityDigest } from './kinds/security-configuration.ts';
import { type Generated, type ManifestResource, type ResourceKind, sha256 } from './manifest.ts';
import { type Parameters, substitute } from './parameters.ts';
import { type Desired, ENVIRONMENT_TAG, HASH_TAG, LIBRARY_TAG, stringMembers } from './resource.ts';

/** Where a library is deployed to. */
export interface Destination {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  readonly bucket: string;
  /** Absent: names and sizes are those of the library itself. */
  readonly environment?: Environment;
}

const KEY_HASH_DIGITS = 16;
/** Their tags are parameters, which others read too. */
const CATALOG_KINDS: readonly ResourceKind[] = ['database', 'table'];
const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * What AWS should hold for a generated library, in an order in which it can be created. Pure.
 *
 * @throws DeployError `deploy/file-invalid`, `deploy/unknown-parameter` or `deploy/environment-unfit`
 */
export function desiredState(generated: Generated, to: Destination): readonly Desired[] {
  const { account, region, bucket, environment } = to;
  if (environment !== undefined) refuseUnknown(generated, environment);
  const uris = objectUris(generated, to);
  const security = securityOf(generated, to);
  const parameters: Parameters = {
    account,
    region,
    bucket,
    suffix: suffixOf(to),
    prefix: keyPrefix(generated.library, to),
    ...(security === undefined ? {} : { security }),
    support: [...uris].flatMap(([id, uri]) => (id.startsWith('support/') ? [uri] : [])).join(','),
  };
  // One file holds all triggers.
  const shared = new Map<string, Json>();
  const inputOf = (resource: ManifestResource): Json => {
    const script = uris.get(`script/${resource.id.slice(resource.kind.length + 1)}`);
    const known = script === undefined ? shared.get(resource.file) : undefined;
    if (known !== undefined) return known;
    const own = script === undefined ? parameters : { ...parameters, script };
    const input = substitute(parseFile(generated, resource), own, resource.file);
    if (script === undefined) shared.set(resource.file, input);
    return input;
  };
  return generated.resources.map((resource) => {
    const uri = uris.get(resource.id);
    if (uri !== undefined) return desiredObject(generated, resource, uri);
    return desiredResource(generated.library, resource, inputOf(resource), to);
  });
}

/** A library's name as it begins the names of its resources. */
export function deployedName(library: string, to: Pick<Destination, 'environment'>): string {
  return `${library}${suffixOf(to)}`;
}

/** Key prefix of everything that the deployer uploads, without slashes at the ends. */
export function keyPrefix(library: string, to: Pick<Destination, 'environment'>): string {
  return `lakewright/${deployedName(library, to)}`;
}

/** Checks a bucket's name before anything is called. @throws DeployError `deploy/bucket-name` */
export function checkBucketName(bucket: string): void {
  if (BUCKET_NAME.test(bucket)) return;
  throw new DeployError(
    'deploy/bucket-name',
    `${JSON.stringify(bucket)} is not the name of a bucket.`,
    'A name has 3 to 63 lower-case letters, digits, dots and hyphens; give it without s3://.',
  );
}

function suffixOf({ environment }: Pick<Destination, 'environment'>): string {
  return environment?.suffix ?? '';
}

/** `s3://` URI by id of the scripts and support modules; the content's hash is part of the key. */
function objectUris(generated: Generated, to: Destination): ReadonlyMap<string, string> {
  const objects = generated.resources.filter(({ kind }) => kind === 'script' || kind === 'support');
  return new Map(
    objects.map((resource) => {
      const folder = resource.kind === 'script' ? 'scripts' : 'support';
      const name = resource.file.slice(resource.file.lastIndexOf('/') + 1);
      const hash = resource.sha256.slice(0, KEY_HASH_DIGITS);
      const key = `${keyPrefix(generated.library, to)}/${folder}/${hash}/${encodeURIComponent(name)}`;
      return [resource.id, `s3://${to.bucket}/${key}`];
    }),
  );
}

/** What the name of the security configuration ends in, which follows from what it says in this very place. */
function securityOf(generated: Generated, { environment }: Destination): string | undefined {
  const resource = generated.resources.find(({ kind }) => kind === 'security-configuration');
  if (resource === undefined) return undefined;
  const input = asObject(parseFile(generated, resource));
  const { EncryptionConfiguration: said } = inEnvironment(resource, input, environment);
  const { library } = generated;
  return securityDigest({ library, environment: environment?.name }, said);
}

function desiredObject(generated: Generated, resource: ManifestResource, uri: string): Desired {
  const body = generated.files.get(resource.file) ?? Buffer.alloc(0);
  const { id, kind } = resource;
  return { id, kind, name: uri, definition: { ...objectDefinition(body) }, tags: {}, body };
}

function desiredResource(
  library: string,
  resource: ManifestResource,
  input: Json,
  to: Destination,
): Desired {
  const invalid = (): never => {
    const message = `${resource.file} does not hold what a ${resource.kind} needs.`;
    throw new DeployError('deploy/file-invalid', message, 'Run `npm run generate` again.');
  };
  const read = READERS[resource.kind];
  const place = { id: resource.id, library, suffix: suffixOf(to) };
  const found = isJsonObject(input) ? read(input, place) : undefined;
  if (found === undefined) return invalid();
  const { id, kind } = resource;
  const { environment } = to;
  const definition = inEnvironment(resource, found.definition, environment);
  if (found.tags === undefined) return { id, kind, name: found.name, definition, tags: {} };
  const tags = {
    ...(CATALOG_KINDS.includes(kind) ? {} : environment?.tags),
    ...found.tags,
    [LIBRARY_TAG]: library,
    ...(environment === undefined ? {} : { [ENVIRONMENT_TAG]: environment.name }),
    [HASH_TAG]: sha256(canonicalJson(definition)),
  };
  return { id, kind, name: found.name, definition, tags };
}

type Read = Pick<Desired, 'name' | 'definition'> & {
  /** Absent of what AWS has no tags for. */
  readonly tags?: Readonly<Record<string, string>>;
};
/** Which resource of the manifest an input is of. */
interface Place {
  readonly id: string;
  readonly library: string;
  readonly suffix: string;
}
type Reader = (input: JsonObject, place: Place) => Read | undefined;

const READERS: { readonly [K in ResourceKind]: Reader } = {
  // Not JSON; `desiredState` reads them as bytes.
  script: () => undefined,
  support: () => undefined,
  role: readRole,
  database: (input) => named(asObject(input['DatabaseInput']), {}),
  table: readTable,
  job: (input) => named(omit(input, ['Tags']), tagsOf(input['Tags'])),
  workflow(input) {
    const workflow = asObject(input['Workflow']);
    return named(omit(workflow, ['Tags']), tagsOf(workflow['Tags']));
  },
  trigger: readTrigger,
  key: (input) => tagged(input, readKey(input)),
  'bucket-policy': readBucketPolicy,
  'bucket-lifecycle': readBucketLifecycle,
  'data-tag': (input, { id }) => readDataTag(input, id.slice(id.indexOf('/') + 1)),
  'data-access': readDataAccess,
  ruleset: (input) => named(omit(input, ['Tags']), tagsOf(input['Tags'])),
  alarm: (input) => tagged(input, readAlarm(input)),
  connection: (input) => tagged(input, readConnection(input)),
  // Glue keeps no tags of it.
  'security-configuration': (input) => withoutTags(named(input, {})),
};

function tagged(input: JsonObject, found: Omit<Read, 'tags'> | undefined): Read | undefined {
  return found === undefined ? undefined : { ...found, tags: tagsOf(input['Tags']) };
}

function withoutTags(found: Read | undefined): Read | undefined {
  return found === undefined ? undefined : { name: found.name, definition: found.definition };
}

function readRole(input: JsonObject): Read | undefined {
  const { RoleName: name, PolicyName: policy } = input;
  if (typeof name !== 'string' || typeof policy !== 'string') return undefined;
  const definition = {
    ...pick(input, ['Path']),
    RoleName: name,
    AssumeRolePolicyDocument: policyDocument(input['AssumeRolePolicyDocument']),
    Policies: { [policy]: policyDocument(input['PolicyDocument']) },
  };
  return { name, definition, tags: tagsOf(input['Tags']) };
}

function readTable(input: JsonObject): Read | undefined {
  const database = input['DatabaseName'];
  const table = named(asObject(input['TableInput']), {});
  if (table === undefined || typeof database !== 'string') return undefined;
  return { ...table, name: `${database}.${table.name}` };
}

/** Ids are without the suffix that the names in the file have. */
function readTrigger(input: JsonObject, { id, library, suffix }: Place): Read | undefined {
  const triggers = Array.isArray(input['Triggers']) ? input['Triggers'] : [];
  const own = `trigger/${library}`;
  const name = id.startsWith(own) ? `${library}${suffix}${id.slice(own.length)}` : undefined;
  const found = triggers.find((one: Json) => isJsonObject(one) && one['Name'] === name);
  return isJsonObject(found) ? named(omit(found, ['Tags']), tagsOf(found['Tags'])) : undefined;
}

function named(definition: JsonObject, tags: Record<string, string>): Read | undefined {
  const name = definition['Name'];
  return typeof name === 'string' && name !== '' ? { name, definition, tags } : undefined;
}

/** IAM writes tags as a list of Key and Value, Glue as a map. */
function tagsOf(tags: Json | undefined): Record<string, string> {
  if (!Array.isArray(tags)) return stringMembers(tags);
  const pairs = tags.map((tag: Json) => asObject(tag));
  return stringMembers(Object.fromEntries(pairs.map((tag) => [tag['Key'], tag['Value'] ?? ''])));
}

function parseFile(generated: Generated, resource: ManifestResource): Json {
  const text = generated.files.get(resource.file)?.toString('utf8') ?? '';
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch (cause) {
    const message = `${resource.file} is not JSON.`;
    throw new DeployError('deploy/file-invalid', message, 'Run `npm run generate` again.', {
      cause,
    });
  }
}
