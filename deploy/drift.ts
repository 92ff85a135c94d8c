import type { Difference, ManagedFields } from './compare.ts';
import type { Destination } from './desired-state.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from './json.ts';
import { KINDS } from './kinds/index.ts';
import { TAG_PATH } from './kinds/tags.ts';
import { sha256 } from './manifest.ts';
import { type Action, type Plan, plan } from './plan.ts';
import { type Desired, HASH_TAG, type Live } from './resource.ts';
import { survey, type TargetOptions } from './survey.ts';

/**
 * Who made a resource differ from the generated files: somebody since it was deployed (`outside`), we ourselves, who have not
 * deployed yet what was generated since (`pending`), or one of the two, or both (`either`).
 */
export type DriftOrigin = 'outside' | 'pending' | 'either';

/** One resource that is not as the generated files say. */
export interface Drifted {
  readonly origin: DriftOrigin;
  readonly id: string;
  readonly kind: string;
  /** Name in AWS. */
  readonly name: string;
  /** `foreign`: something of this name is there that the library does not own. */
  readonly what: 'missing' | 'changed' | 'foreign';
  /** What the files say, and what is there now; empty unless it is `changed`. */
  readonly fields: readonly {
    readonly path: string;
    readonly generated?: Json;
    readonly now?: Json;
  }[];
}

/** How AWS differs from what was deployed, and from what is generated. */
export interface Drift {
  readonly library: string;
  readonly destination: Destination;
  /** In the order of the manifest. */
  readonly drifted: readonly Drifted[];
  /** How many resources are as the files say. */
  readonly unchanged: number;
}

/**
 * Compares AWS with what was deployed last. Makes no write call.
 *
 * What was deployed last is known by its hash, which each resource carries as a tag: where it is that of the generated file, every
 * difference came from outside.
 *
 * @throws DeployError as `planDeployment`, but not where a resource belongs to somebody else
 */
export async function drift(options: TargetOptions): Promise<Drift> {
  const { generated, destination, desired, live } = await survey({ ...options, readAll: true });
  const made = plan(desired, live);
  const drifted = driftOf(made, live);
  const { library } = generated;
  return { library, destination, drifted, unchanged: desired.length - drifted.length };
}

/** A plan read as drift: a pure function. */
export function driftOf(
  { actions, conflicts }: Plan,
  live: ReadonlyMap<string, Live>,
): readonly Drifted[] {
  const allDeployed = isAllDeployed(actions);
  const foreign = conflicts.map(({ desired }) => ({
    ...named(desired),
    origin: 'outside' as const,
    what: 'foreign' as const,
    fields: [],
  }));
  const changed = actions.flatMap(({ kind, desired, differences }): Drifted[] => {
    if (kind === 'unchanged') return [];
    const found = live.get(desired.id);
    const origin = allDeployed ? 'outside' : originOf(desired, found);
    const what = found === undefined ? 'missing' : 'changed';
    return [{ ...named(desired), origin, what, fields: fieldsOf(differences, origin) }];
  });
  return [...changed, ...foreign];
}

function named({ id, kind, name }: Desired): Pick<Drifted, 'id' | 'kind' | 'name'> {
  return { id, kind, name };
}

/** Whether the last deployment was of these very files, as far as resources can say. */
function isAllDeployed(actions: readonly Action[]): boolean {
  const tagged = actions.filter(({ live, desired }) => live && desired.tags[HASH_TAG]);
  return tagged.length > 0 && tagged.every(({ live, desired }) => isAsTagged(desired, live));
}

/** Nobody but a deployment changes the hash, so a resource that lost it was changed outside. */
function isAsTagged({ tags }: Desired, live: Live | undefined): boolean {
  const found = live?.tags[HASH_TAG];
  return found === undefined || found === tags[HASH_TAG];
}

function originOf(desired: Desired, live: Live | undefined): DriftOrigin {
  if (live === undefined || desired.tags[HASH_TAG] === undefined) return 'either';
  if (isAsTagged(desired, live)) return 'outside';
  // The hash proves that nobody touched what a deployment left.
  const left = sha256(canonicalJson(asDeployed(desired, live)));
  return left === live.tags[HASH_TAG] ? 'pending' : 'either';
}

/**
 * What a deployment of other files must have said, if nobody changed it since: the live values, without those that AWS fills in
 * and the jobs move.
 */
function asDeployed(desired: Desired, live: Live): JsonObject {
  const { fields } = KINDS[desired.kind];
  const names = [...new Set([...Object.keys(desired.definition), ...fields.names])];
  const members = names.flatMap((name): [string, Json][] => {
    const wanted = desired.definition[name];
    const found = fields.names.includes(name)
      ? restored(name, wanted, live.definition[name], fields)
      : wanted;
    return found === undefined ? [] : [[name, found]];
  });
  return Object.fromEntries(members);
}

function restored(
  path: string,
  wanted: Json | undefined,
  found: Json | undefined,
  fields: ManagedFields,
): Json | undefined {
  if (fields.runtime?.includes(path)) return wanted;
  if (wanted === undefined && isDefault(path, found, fields)) return undefined;
  if (!isJsonObject(wanted) || !isJsonObject(found)) return found;
  const shared = fields.shared?.includes(path) ?? false;
  const keys = [...new Set([...Object.keys(wanted), ...(shared ? [] : Object.keys(found))])];
  const members = keys.flatMap((key): [string, Json][] => {
    const value = restored(`${path}.${key}`, wanted[key], found[key], fields);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(members);
}

function isDefault(path: string, found: Json | undefined, fields: ManagedFields): boolean {
  if (found === undefined || fields.shared?.includes(path)) return true;
  if (typeof found === 'object' && found !== null && Object.keys(found).length === 0) return true;
  const text = canonicalJson(found);
  return fields.defaults?.[path]?.some((value) => canonicalJson(value) === text) ?? false;
}

/** The hash follows from the other fields, and is told only where somebody took it away. */
function fieldsOf(differences: readonly Difference[], origin: DriftOrigin): Drifted['fields'] {
  return differences
    .filter(({ path }) => origin === 'outside' || path !== `${TAG_PATH}${HASH_TAG}`)
    .map(({ path, from, to }) => ({
      path,
      ...(to === undefined ? {} : { generated: to }),
      ...(from === undefined ? {} : { now: from }),
    }));
}
