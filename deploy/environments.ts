import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Problem, problems } from './environment-fields.ts';
import { DeployError } from './errors.ts';
import { asObject, isJsonObject, type Json, type JsonObject } from './json.ts';
import { jsonLines, pathKey } from './json-lines.ts';
import { stringMembers } from './resource.ts';

/** How large the runs of a job are; what is absent stays as the library says. */
export interface JobSize {
  /** Of Glue: `G.1X`. */
  readonly workerType?: string;
  /** 2 to 299. */
  readonly workers?: number;
  /** Minutes. */
  readonly timeout?: number;
}

/** Where a network is; what is absent stays as the library says. Ids are those of EC2. */
export interface NetworkPlace {
  readonly subnet?: string;
  readonly securityGroups?: readonly string[];
  readonly availabilityZone?: string;
}

/** Where a library is deployed to, and what is different there. */
export interface Environment {
  /** `dev`; of a branch's environment, made from the branch's name. */
  readonly name: string;
  /** Name in the file of environments. */
  readonly declared: string;
  /** Of git, where there is one environment per branch. */
  readonly branch?: string;
  /** What follows the library's name in all names: nothing, or `_dev`. */
  readonly suffix: string;
  readonly bucket: string;
  /** Twelve digits; a deployment that finds itself in another account is refused. */
  readonly account: string;
  readonly region: string;
  /** Of jobs, roles, keys, workflow and triggers, beside those that say who owns them. */
  readonly tags: Readonly<Record<string, string>>;
  /** How many releases stay; absent: all. */
  readonly keepReleases?: number;
  /** Of all jobs. */
  readonly sizes: JobSize;
  /** Of single jobs, by the library's names; prevails over {@link Environment.sizes}. */
  readonly jobs: Readonly<Record<string, JobSize>>;
  /** ARN of the KMS key of the jobs' logs; absent: that of the library. */
  readonly logsKey?: string;
  /** By the library's names. */
  readonly networks: Readonly<Record<string, NetworkPlace>>;
}

/** `lakewright.environments.json`, checked. */
export interface Environments {
  /** As it was named. */
  readonly file: string;
  readonly byName: ReadonlyMap<string, JsonObject>;
}

const HASH_DIGITS = 7;
const SLUG_CHARACTERS = 9;
const BRANCH = '{branch}';

/**
 * Reads and checks the file of environments.
 *
 * @throws DeployError `deploy/environments-missing`; `deploy/environments-invalid` with all that is wrong, by line
 */
export async function readEnvironments(file: string): Promise<Environments> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DeployError(
      'deploy/environments-missing',
      `${file} cannot be read.`,
      'Write it as docs/deploy.md says, or name another file with --environments.',
      { cause },
    );
  });
  return parseEnvironments(text, file);
}

/** What {@link readEnvironments} reads, of its text. */
export function parseEnvironments(text: string, file: string): Environments {
  const parsed = parse(text, file);
  const found = problems(parsed);
  if (found.length > 0) throw invalid(file, text, found);
  const { environments } = isJsonObject(parsed) ? parsed : {};
  return { file, byName: new Map(Object.entries(asObject(environments)).map(asEntry)) };
}

/** Whether an environment is one for each branch. @throws DeployError `deploy/environment-unknown` */
export function isPerBranch(environments: Environments, name: string): boolean {
  return declared(environments, name)['perBranch'] === true;
}

/**
 * One environment of a file.
 *
 * @param branch of git, for an environment that there is one of per branch
 * @throws DeployError `deploy/environment-unknown`, `deploy/branch-unknown`
 */
export function environmentOf(
  environments: Environments,
  name: string,
  branch?: string,
): Environment {
  const found = declared(environments, name);
  const own = found['perBranch'] === true ? branchName(name, branch) : name;
  const { suffix = own, keepReleases, logsKey } = found;
  return {
    name: own,
    declared: name,
    ...(own === name ? {} : { branch: branch ?? '' }),
    suffix: suffix === '' ? '' : `_${suffix}`,
    bucket: String(found['bucket']).replace(BRANCH, own),
    account: String(found['account']),
    region: String(found['region']),
    tags: stringMembers(found['tags']),
    ...(typeof keepReleases === 'number' ? { keepReleases } : {}),
    ...(typeof logsKey === 'string' ? { logsKey } : {}),
    sizes: jobSize(found['sizes']),
    jobs: Object.fromEntries(
      Object.entries(asObject(found['jobs'])).map(([job, size]) => [job, jobSize(size)]),
    ),
    networks: Object.fromEntries(
      Object.entries(asObject(found['networks'])).map(([name, one]) => [name, networkPlace(one)]),
    ),
  };
}

/**
 * A name for the environment of a branch: some of the branch's letters and digits, and a hash, since two branches may have the same.
 * It always ends in the hash, so that a branch called `prod` does not become production.
 */
function branchName(environment: string, branch: string | undefined): string {
  if (branch === undefined || branch === '') {
    throw new DeployError(
      'deploy/branch-unknown',
      `The environment ${environment} is one for each branch, and no branch is checked out.`,
      'Name it: --branch NAME.',
    );
  }
  const letters = branch.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const slug = /^[a-z]/.test(letters) ? letters : `b${letters}`;
  const hash = createHash('sha256').update(branch).digest('hex').slice(0, HASH_DIGITS);
  return `${slug.slice(0, SLUG_CHARACTERS)}${hash}`;
}

function declared({ file, byName }: Environments, name: string): JsonObject {
  const found = byName.get(name);
  if (found !== undefined) return found;
  const known = [...byName.keys()].join(', ');
  throw new DeployError(
    'deploy/environment-unknown',
    `${file} has no environment ${JSON.stringify(name)}.`,
    known === '' ? 'It has none.' : `It has ${known}.`,
  );
}

function jobSize(value: Json | undefined): JobSize {
  const { workerType, workers, timeout } = asObject(value);
  return {
    ...(typeof workerType === 'string' ? { workerType } : {}),
    ...(typeof workers === 'number' ? { workers } : {}),
    ...(typeof timeout === 'number' ? { timeout } : {}),
  };
}

function networkPlace(value: Json): NetworkPlace {
  const { subnet, securityGroups, availabilityZone } = asObject(value);
  return {
    ...(typeof subnet === 'string' ? { subnet } : {}),
    ...(Array.isArray(securityGroups) ? { securityGroups: securityGroups.map(String) } : {}),
    ...(typeof availabilityZone === 'string' ? { availabilityZone } : {}),
  };
}

function parse(text: string, file: string): Json {
  try {
    const parsed: Json = JSON.parse(text);
    return parsed;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(said)?.[1] ?? text.length);
    const line = text.slice(0, at).split('\n').length;
    throw new DeployError(
      'deploy/environments-invalid',
      `${file}:${line}: it is not JSON: ${said}`,
      'Mend the file.',
      { cause: error },
    );
  }
}

function invalid(file: string, text: string, found: readonly Problem[]): DeployError {
  const lines = jsonLines(text);
  const said = found.map(({ path, text: what }) => {
    const places = path.map((_, at) => lines.get(pathKey(path.slice(0, path.length - at))));
    const line = places.find((place) => place !== undefined) ?? 1;
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return `${file}:${line}: ${where}${what}`;
  });
  return new DeployError(
    'deploy/environments-invalid',
    said.join('\n'),
    'docs/deploy.md says what an environment has.',
  );
}

function asEntry([name, value]: readonly [string, Json]): [string, JsonObject] {
  return [name, asObject(value)];
}
