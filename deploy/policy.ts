import { isJsonObject, type Json, type JsonObject, omit } from './json.ts';

/** Members of a statement that hold one value or a list of them. */
const LISTS = ['Action', 'NotAction', 'NotResource', 'Resource'];

/**
 * A policy's statements by their Sid, in one of the several ways in which a policy can be written: where AWS takes a value or a
 * list, and gives back either, there is a sorted list. So two policies that mean the same are equal, and a difference names its
 * statement. A statement without Sid is called by its place.
 */
export function statementsBySid(policy: Json | undefined): JsonObject {
  const named = statements(policy).map((statement, place): [string, Json] => {
    const sid = statement['Sid'];
    return [typeof sid === 'string' ? sid : `#${place + 1}`, normal(omit(statement, ['Sid']))];
  });
  return Object.fromEntries(named);
}

/** The statements of a policy as they are written; it may hold a single one without a list. */
export function statements(policy: Json | undefined): readonly JsonObject[] {
  const found = isJsonObject(policy) ? policy['Statement'] : undefined;
  return (Array.isArray(found) ? found : [found]).filter(isJsonObject);
}

/** The list of statements that {@link statementsBySid} was made of. */
export function withSids(bySid: JsonObject): readonly JsonObject[] {
  return Object.entries(bySid).flatMap(([sid, statement]) =>
    isJsonObject(statement) ? [{ Sid: sid, ...statement }] : [],
  );
}

function normal(statement: JsonObject): JsonObject {
  const members = Object.entries(statement).map(([name, value]): [string, Json] => {
    if (LISTS.includes(name)) return [name, sorted(value)];
    if (name === 'Principal' || name === 'NotPrincipal') return [name, principal(value)];
    return [name, name === 'Condition' ? condition(value) : value];
  });
  return Object.fromEntries(members);
}

/** `"*"` and `{"AWS": "*"}` mean the same, and twelve digits mean the account's root. */
function principal(value: Json): Json {
  const kinds = isJsonObject(value) ? value : { AWS: value };
  return mapValues(kinds, (ids) =>
    sorted(ids).map((id) => (/^\d{12}$/.test(id) ? `arn:aws:iam::${id}:root` : id)),
  );
}

function condition(value: Json): Json {
  if (!isJsonObject(value)) return value;
  return mapValues(value, (tests) => (isJsonObject(tests) ? mapValues(tests, sorted) : tests));
}

function sorted(value: Json): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String).sort();
}

function mapValues(from: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]));
}
