import type { Environment } from './environments.ts';
import { DeployError } from './errors.ts';
import { asObject, type JsonObject } from './json.ts';
import type { Generated, ManifestResource, ResourceKind } from './manifest.ts';

/** A resource's definition with what an environment says of it: sizes of jobs, places of networks, the key of logs. */
export function inEnvironment(
  { id, kind }: Pick<ManifestResource, 'id' | 'kind'>,
  definition: JsonObject,
  environment: Environment | undefined,
): JsonObject {
  if (environment === undefined) return definition;
  const name = id.slice(kind.length + 1);
  if (kind === 'job') return sized(definition, environment, name);
  if (kind === 'connection') return placed(definition, environment, name);
  return kind === 'security-configuration' ? secured(definition, environment) : definition;
}

function secured(definition: JsonObject, { logsKey }: Environment): JsonObject {
  if (logsKey === undefined) return definition;
  const said = asObject(definition['EncryptionConfiguration']);
  const logs = { ...asObject(said['CloudWatchEncryption']), KmsKeyArn: logsKey };
  return { ...definition, EncryptionConfiguration: { ...said, CloudWatchEncryption: logs } };
}

function sized(definition: JsonObject, { sizes, jobs }: Environment, job: string): JsonObject {
  const own = Object.hasOwn(jobs, job) ? jobs[job] : undefined;
  const { workerType, workers, timeout } = { ...sizes, ...own };
  return {
    ...definition,
    ...(workerType === undefined ? {} : { WorkerType: workerType }),
    ...(workers === undefined ? {} : { NumberOfWorkers: workers }),
    ...(timeout === undefined ? {} : { Timeout: timeout }),
  };
}

function placed(definition: JsonObject, { networks }: Environment, network: string): JsonObject {
  const own = Object.hasOwn(networks, network) ? networks[network] : undefined;
  if (own === undefined) return definition;
  const { subnet, securityGroups, availabilityZone } = own;
  return {
    ...definition,
    PhysicalConnectionRequirements: {
      ...asObject(definition['PhysicalConnectionRequirements']),
      ...(subnet === undefined ? {} : { SubnetId: subnet }),
      ...(securityGroups === undefined
        ? {}
        : { SecurityGroupIdList: [...new Set(securityGroups)].sort() }),
      ...(availabilityZone === undefined ? {} : { AvailabilityZone: availabilityZone }),
    },
  };
}

/** What an environment says of something that is not there is misspelt. @throws DeployError `deploy/environment-unfit` */
export function refuseUnknown(
  generated: Pick<Generated, 'library' | 'resources'>,
  environment: Environment,
): void {
  const { jobs, networks } = environment;
  refuseUnknownOf(generated, environment, 'job', 'sizes to jobs', Object.keys(jobs));
  refuseUnknownOf(
    generated,
    environment,
    'connection',
    'places to networks',
    Object.keys(networks),
  );
  const { library, resources } = generated;
  if (environment.logsKey === undefined) return;
  if (resources.some(({ kind }) => kind === 'security-configuration')) return;
  throw new DeployError(
    'deploy/environment-unfit',
    `The environment ${environment.name} names a key for logs, and ${library} puts its logs under none.`,
    'Say `security` in the library, or take `logsKey` out of the environment.',
  );
}

function refuseUnknownOf(
  { library, resources }: Pick<Generated, 'library' | 'resources'>,
  environment: Environment,
  kind: ResourceKind,
  what: string,
  given: readonly string[],
): void {
  const known = resources.flatMap((one) =>
    one.kind === kind ? [one.id.slice(kind.length + 1)] : [],
  );
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new DeployError(
    'deploy/environment-unfit',
    `The environment ${environment.name} gives ${what} that ${library} does not have: ${unknown.join(', ')}.`,
    known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`,
  );
}
