/** A JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is an object, neither array nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value where it is an object; an empty one where it is anything else. */
export function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** JSON text with sorted keys: equal values give equal text, whatever order their keys came in. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

/**
 * An SDK answer as JSON: `undefined` and null members are left out, dates become text. Only meant for the
 * structures of definitions, which hold no streams or bytes.
 */
export function toJsonObject(answer: object | undefined): JsonObject {
  const copy: unknown = JSON.parse(
    JSON.stringify(answer ?? {}, (_, member: unknown) => (member === null ? undefined : member)),
  );
  return isJsonObject(copy) ? copy : {};
}

/** A member of the object itself: a name may be `constructor`, which all objects inherit. */
export function own<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

/** The named members of an object that it has. */
export function pick(from: JsonObject, names: readonly string[]): JsonObject {
  const members = names.flatMap((name): [string, Json][] => {
    const value = from[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(members);
}

/** An object without the named members. */
export function omit(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}
