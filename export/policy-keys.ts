import { isJsonObject, type Json } from '../deploy/json.ts';

/**
 * A policy with the keys behind the aliases that it names: S3 compares what a request says, which is a key's alias or the key itself.
 *
 * @param keys by the ARN of an alias, as the target says the key
 */
export function withKeys(value: Json, keys: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(value)) {
    const implied = value.flatMap((item: Json) => keys.get(String(item)) ?? []);
    return [...value.map((item) => withKeys(item, keys)), ...implied];
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, item]) => [name, withKeys(item, keys)]);
  return Object.fromEntries(members);
}
