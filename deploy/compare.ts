import { canonicalJson, isJsonObject, type Json, type JsonObject, own } from './json.ts';

/** One field that is not as it should be. */
export interface Difference {
  /** `Command.ScriptLocation`, `StorageDescriptor.Columns[email].Type`. */
  readonly path: string;
  /** Live value; undefined where there is none. */
  readonly from: Json | undefined;
  /** Desired value; undefined where there should be none. */
  readonly to: Json | undefined;
}

/** Which fields of a kind are compared, and how leniently. */
export interface ManagedFields {
  /** Top-level fields; whatever else AWS answers is not ours. */
  readonly names: readonly string[];
  /** By path: values AWS fills in by itself, no difference where the definition is silent. */
  readonly defaults?: Readonly<Record<string, readonly Json[]>>;
  /** Paths of maps others write to as well: only the keys we want are compared. */
  readonly shared?: readonly string[];
  /** Paths that belong to the running jobs: never compared. */
  readonly runtime?: readonly string[];
}

/**
 * Field by field, what must change in the live definition. Empty lists and maps count as absent, since AWS
 * answers with either. Lists of things with a name are matched by that name.
 */
export function differences(
  desired: JsonObject,
  live: JsonObject,
  fields: ManagedFields,
): readonly Difference[] {
  return fields.names.flatMap((name) => compare(name, desired[name], live[name], fields));
}

function compare(
  path: string,
  to: Json | undefined,
  from: Json | undefined,
  fields: ManagedFields,
): readonly Difference[] {
  if (fields.runtime?.includes(path)) return [];
  const wanted = isEmpty(to) || saysNothing(path, to) ? undefined : to;
  const found = isEmpty(from) || saysNothing(path, from) ? undefined : from;
  if (wanted === undefined && found === undefined) return [];
  if (wanted === undefined && leavesAlone(path, found, fields)) return [];
  if (isJsonObject(wanted) && isJsonObject(found)) return compareMaps(path, wanted, found, fields);
  const wantedNames = namesOf(wanted);
  const foundNames = namesOf(found);
  if (wantedNames !== undefined && foundNames !== undefined) {
    return compareNamed(path, wantedNames, foundNames, fields);
  }
  if (Array.isArray(wanted) && Array.isArray(found) && wanted.length === found.length) {
    return wanted.flatMap((item: Json, at) => compare(`${path}[${at}]`, item, found[at], fields));
  }
  const same =
    wanted !== undefined && found !== undefined && canonicalJson(wanted) === canonicalJson(found);
  return same ? [] : [{ path, from: found, to: wanted }];
}

function compareMaps(
  path: string,
  to: JsonObject,
  from: JsonObject,
  fields: ManagedFields,
): readonly Difference[] {
  const shared = fields.shared?.includes(path) ?? false;
  const keys = new Set([...Object.keys(to), ...(shared ? [] : Object.keys(from))]);
  return [...keys]
    .sort()
    .flatMap((key) => compare(`${path}.${key}`, own(to, key), own(from, key), fields));
}

function compareNamed(
  path: string,
  to: ReadonlyMap<string, Json>,
  from: ReadonlyMap<string, Json>,
  fields: ManagedFields,
): readonly Difference[] {
  const names = [...to.keys(), ...[...from.keys()].filter((name) => !to.has(name))];
  const found = names.flatMap((name) =>
    compare(`${path}[${name}]`, to.get(name), from.get(name), fields),
  );
  const order = [...to.keys()];
  const liveOrder = [...from.keys()];
  if (found.length > 0 || canonicalJson(order) === canonicalJson(liveOrder)) return found;
  return [{ path: `${path} (order)`, from: liveOrder, to: order }];
}

/** A list of things with distinct names (columns, conditions, actions), by name. */
function namesOf(list: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (!Array.isArray(list)) return undefined;
  const named = new Map<string, Json>();
  for (const item of list) {
    const name = isJsonObject(item) ? (item['Name'] ?? item['JobName']) : undefined;
    if (typeof name !== 'string') return undefined;
    named.set(name, item);
  }
  return named.size === list.length ? named : undefined;
}

/** Whether a live value is fine where the definition is silent. */
function leavesAlone(path: string, live: Json | undefined, fields: ManagedFields): boolean {
  if (fields.shared?.includes(path)) return true;
  const text = canonicalJson(live ?? null);
  return fields.defaults?.[path]?.some((value) => canonicalJson(value) === text) ?? false;
}

/** An empty description is none; an empty argument of a job is one. */
function saysNothing(path: string, value: Json | undefined): boolean {
  return value === '' && /(^|\.)(Description|Comment)$/.test(path);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
