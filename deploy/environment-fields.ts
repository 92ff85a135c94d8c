import { asObject, isJsonObject, type Json, type JsonObject } from './json.ts';

/** Something wrong in a file of environments. */
export interface Problem {
  /** Names of the members that lead to it. */
  readonly path: readonly string[];
  readonly text: string;
}

/** What is wrong with a value, or nothing; of an object, of its members. */
type Check = (value: Json, path: readonly string[]) => readonly Problem[];

/** Short, since it becomes part of names that AWS limits: of a role, 64 characters with the library's and the job's. */
const NAME = /^[a-z][a-z0-9]{0,15}$/;
const NAME_WORDS = 'at most 16 lower-case letters and digits, first a letter';
const BUCKET = /^[a-z0-9](?:[a-z0-9.-]|\{branch\}){1,61}(?:[a-z0-9]|\{branch\})$/;
/** Of `{branch}` come as many characters at most. */
const LONGEST_BRANCH = 'x'.repeat(16);
/** Glue, "Job", on WorkerType. */
const WORKER_TYPES = /^(?:Standard|G\.025X|G\.(?:1|2|4|8|12|16)X|R\.[1248]X|Z\.2X)$/;
/** Glue and IAM, on tags; `aws:` is AWS's own and `lakewright:` ours. */
const TAG_KEY = /^(?!aws:|lakewright:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

const size: Check = members({
  workerType: text(WORKER_TYPES, 'a worker type of Glue, as G.1X'),
  workers: wholeNumber(2, 299),
  timeout: wholeNumber(1, 10_079),
});

const network: Check = members({
  subnet: text(/^subnet-[0-9a-f]{8,17}$/, 'the id of a subnet, as subnet-0a1b2c3d'),
  securityGroups: list(text(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group, as sg-0a1b2c3d')),
  availabilityZone: text(
    /^[a-z]{2,}(?:-[a-z0-9]+)+-\d[a-z0-9-]*[a-z]$/,
    'an availability zone, as eu-central-1a',
  ),
});

const environment: Check = members(
  {
    bucket: text(BUCKET, 'the name of a bucket, without s3://'),
    account: text(/^\d{12}$/, 'an account: twelve digits in quotes'),
    region: text(/^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/, 'a region, as eu-central-1'),
    suffix: text(/^$|^[a-z][a-z0-9]{0,15}$/, `${NAME_WORDS}, or nothing`),
    perBranch: (value, path) =>
      typeof value === 'boolean' ? [] : [{ path, text: 'it should be true or false' }],
    tags: anyMembers(
      TAG_KEY,
      'a key that AWS takes for tags',
      text(TAG_VALUE, 'a text that AWS takes for tags'),
    ),
    keepReleases: wholeNumber(2, 200),
    sizes: size,
    jobs: anyMembers(/./, 'the name of a job', size),
    networks: anyMembers(/./, 'the name of a network', network),
    logsKey: text(
      /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
      'the ARN of a KMS key, as arn:aws:kms:eu-central-1:111122223333:key/ID',
    ),
  },
  ['bucket', 'account', 'region'],
);

const file: Check = members(
  {
    $schema: text(/./, 'the address of a schema'),
    environments: anyMembers(NAME, NAME_WORDS, environment),
  },
  ['environments'],
);

/** Everything that is wrong with a file of environments, in the order of the file. */
export function problems(value: Json): readonly Problem[] {
  const found = file(value, []);
  if (found.length > 0 || !isJsonObject(value)) return found;
  const all = Object.entries(asObject(value['environments'])).map(
    ([name, one]) => [name, asObject(one)] as const,
  );
  return [
    ...all.flatMap(([name, one]) => branchProblems(name, one)),
    ...seconds(all, (_, { bucket }) => String(bucket), 'bucket', 'the bucket of'),
    ...seconds(
      all,
      (name, { account, region, suffix = name }) => `${account} ${region} ${suffix}`,
      'suffix',
      'account, region and suffix, and with them all names, of',
    ),
  ];
}

function branchProblems(name: string, one: JsonObject): readonly Problem[] {
  const path = ['environments', name];
  const bucket = String(one['bucket']);
  const perBranch = one['perBranch'] === true;
  const found: Problem[] = [];
  if (perBranch !== bucket.includes('{branch}')) {
    const text = perBranch
      ? 'it should hold {branch}: each branch has a bucket of its own'
      : '{branch} stands for something only where perBranch is true';
    found.push({ path: [...path, 'bucket'], text });
  }
  if (bucket.replace('{branch}', LONGEST_BRANCH).length > 63) {
    found.push({ path: [...path, 'bucket'], text: 'it is too long for a bucket of a branch' });
  }
  if (perBranch && one['suffix'] !== undefined) {
    found.push({ path: [...path, 'suffix'], text: 'a branch has a suffix of its own' });
  }
  return found;
}

/** Environments that would lie over one another. */
function seconds(
  all: readonly (readonly [string, JsonObject])[],
  key: (name: string, one: JsonObject) => string,
  member: string,
  what: string,
): readonly Problem[] {
  const first = new Map<string, string>();
  return all.flatMap(([name, one]) => {
    const before = first.get(key(name, one));
    if (before === undefined) first.set(key(name, one), name);
    const path = ['environments', name, member];
    return before === undefined ? [] : [{ path, text: `it has ${what} ${before}` }];
  });
}

/** An object of known members. */
function members(known: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, path) => {
    if (!isJsonObject(value)) return [{ path, text: 'it should be an object' }];
    const missing = required.filter((name) => value[name] === undefined);
    return [
      ...missing.map((name) => ({ path, text: `${name} is missing` })),
      ...Object.entries(value).flatMap(([name, member]) => {
        const check = Object.hasOwn(known, name) ? known[name] : undefined;
        if (check !== undefined) return check(member, [...path, name]);
        return [
          {
            path: [...path, name],
            text: `it is unknown; known are ${Object.keys(known).join(', ')}`,
          },
        ];
      }),
    ];
  };
}

/** An object of members of any name, which are alike. */
function anyMembers(name: RegExp, words: string, check: Check): Check {
  return (value, path) => {
    if (!isJsonObject(value)) return [{ path, text: 'it should be an object' }];
    return Object.entries(value).flatMap(([member, one]) => {
      const at = [...path, member];
      const misnamed = name.test(member) ? [] : [{ path: at, text: `its name should be ${words}` }];
      return [...misnamed, ...check(one, at)];
    });
  };
}

/** A list that is not empty, of what is alike. */
function list(check: Check): Check {
  return (value, path) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((one: Json) => check(one, path))
      : [{ path, text: 'it should be a list of at least one' }];
}

function text(rule: RegExp, words: string): Check {
  return (value, path) =>
    typeof value === 'string' && rule.test(value)
      ? []
      : [{ path, text: `${JSON.stringify(value)} is not ${words}` }];
}

function wholeNumber(from: number, to: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && from <= value && value <= to
      ? []
      : [{ path, text: `${JSON.stringify(value)} is not a whole number from ${from} to ${to}` }];
}
