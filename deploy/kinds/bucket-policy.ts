import type { Aws } from '../clients.ts';
import {
  asObject,
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  pick,
} from '../json.ts';
import { statements, statementsBySid, withSids } from '../policy.ts';
import type { Desired, KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { onceKnown } from './once-known.ts';

const ALIAS_ARN = /^arn:[\w-]+:kms:[\w-]*:\d{12}:alias\/.+$/;
/** The oldest Version is the default, and takes no policy variables; ours uses none. */
const EMPTY: JsonObject = { Version: '2012-10-17' };

/**
 * A library's statements in the policy of its bucket, known by how their Sids begin. Statements of others stay as they are.
 *
 * Where a statement names the alias of a key, the policy holds the ARN of the key itself besides: S3 compares what a request
 * says, which may be either.
 */
export const bucketPolicy: KindRules = {
  fields: { names: ['Statement'] },
  owned: false,
  async read(aws, desired) {
    const own = ownStatements(desired, await currentPolicy(aws, desired.name));
    if (own.length === 0) return undefined;
    const keys = await keysByAlias(aws, desired);
    return {
      definition: { Statement: byAlias(statementsBySid({ Statement: own }), keys) },
      tags: {},
    };
  },
  create: write,
  update: write,
};

/** The bucket and the statements of a generated file. */
export function readBucketPolicy(
  input: JsonObject,
): { name: string; definition: JsonObject } | undefined {
  const { Bucket: name, SidPrefix: prefix } = input;
  if (typeof name !== 'string' || typeof prefix !== 'string' || prefix === '') return undefined;
  return {
    name,
    definition: { ...pick(input, ['SidPrefix']), Statement: statementsBySid(input) },
  };
}

/** Reads again, so that what somebody else wrote since the plan is kept. */
async function write(aws: Aws, desired: Desired): Promise<void> {
  const current = await currentPolicy(aws, desired.name);
  const own = new Set(ownStatements(desired, current));
  const foreign = statements(current).filter((one) => !own.has(one));
  const keys = await onceKnown(
    (error) => error instanceof UnknownKey,
    () => knownKeys(aws, desired),
  );
  const ours = withSids(asObject(desired.definition['Statement']));
  const policy = {
    ...EMPTY,
    ...current,
    Statement: [...foreign, ...ours.map((one) => withKeys(one, keys))],
  };
  await aws.s3.putBucketPolicy({ Bucket: desired.name, Policy: JSON.stringify(policy) });
}

async function currentPolicy(aws: Aws, bucket: string): Promise<JsonObject> {
  const found = await unlessAbsent(aws.s3.getBucketPolicy({ Bucket: bucket }));
  const parsed: Json = JSON.parse(found?.Policy || '{}');
  return asObject(parsed);
}

/** After a library's prefix there is a capital, which no library's own name has. */
function ownStatements(desired: Desired, policy: JsonObject): readonly JsonObject[] {
  const prefix = String(desired.definition['SidPrefix']);
  return statements(policy).filter((one) => {
    const sid = String(one['Sid'] ?? '');
    return sid.startsWith(prefix) && /^[A-Z]/.test(sid.slice(prefix.length));
  });
}

class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
}

async function knownKeys(aws: Aws, desired: Desired): Promise<ReadonlyMap<string, string>> {
  const keys = await keysByAlias(aws, desired);
  const unknown = aliases(desired).filter((alias) => !keys.has(alias));
  if (unknown.length > 0) throw new UnknownKey(`KMS knows no ${unknown.join(', ')}`);
  return keys;
}

/** ARN of the key by ARN of its alias. */
async function keysByAlias(aws: Aws, desired: Desired): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const alias of aliases(desired)) {
    const found = await unlessAbsent(aws.kms.describeKey({ KeyId: alias }));
    const arn = found?.KeyMetadata?.Arn;
    if (arn !== undefined) keys.set(alias, arn);
  }
  return keys;
}

function aliases(desired: Desired): readonly string[] {
  const found = new Set<string>();
  replaceLists(desired.definition, (list) => {
    for (const item of list) if (typeof item === 'string' && ALIAS_ARN.test(item)) found.add(item);
    return list;
  });
  return [...found];
}

function withKeys(statement: JsonObject, keys: ReadonlyMap<string, string>): JsonObject {
  return replaceLists(statement, (list) => [
    ...list,
    ...list.flatMap((item) => keys.get(String(item)) ?? []),
  ]);
}

/** The reverse: an alias counts only together with its present key, and that key only by its alias. */
function byAlias(bySid: JsonObject, keys: ReadonlyMap<string, string>): JsonObject {
  return replaceLists(bySid, (list) => {
    const present = list.map(canonicalJson);
    const complete = [...keys].filter(([alias, arn]) =>
      [alias, arn].every((one) => present.includes(canonicalJson(one))),
    );
    const known = new Set(complete.map(([alias]) => alias));
    const implied = new Set(complete.map(([, arn]) => arn));
    return list.filter((item) => {
      const text = String(item);
      return ALIAS_ARN.test(text) ? known.has(text) : !implied.has(text);
    });
  });
}

/** A copy with every list of it, at any depth, replaced. */
function replaceLists(
  from: JsonObject,
  change: (list: readonly Json[]) => readonly Json[],
): JsonObject {
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return change(value.map(visit));
    return isJsonObject(value) ? replaceLists(value, change) : value;
  };
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, visit(value)]));
}
