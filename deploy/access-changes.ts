import { asObject, canonicalJson, isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Action, Plan } from './plan.ts';
import { statementsBySid } from './policy.ts';

/** What a plan changes about who may do what with a table or database. */
export interface GrantChange {
  /** `stedi_trusted.customer` */
  readonly table: string;
  /** `identified`, `pseudonymous`, …; absent where the library does not say. */
  readonly holds?: string;
  /** Purposes whose consent the rows have. */
  readonly purposes: readonly string[];
  /** Name of the role. */
  readonly role: string;
  /** Lake Formation's names: `SELECT`, `ALTER`, … */
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
}

/** A statement of a policy in force that a plan makes let more through. */
export interface Widening {
  /** As in the manifest: `role/customer_trusted`. */
  readonly id: string;
  /** Its Sid, or place. */
  readonly statement: string;
  readonly what:
    | 'new statement'
    | 'allows more'
    | 'condition changed'
    | 'denies less'
    | 'deny removed';
}

/** What a plan changes about access: for people who must answer for it. */
export interface AccessChanges {
  readonly grants: readonly GrantChange[];
  readonly widened: readonly Widening[];
}

/** Reads off a plan who may do more, or less, with what. */
export function accessChanges({ actions }: Plan): AccessChanges {
  const changed = actions.filter(({ kind }) => kind !== 'unchanged');
  return { grants: changed.flatMap(grantChanges), widened: changed.flatMap(widenings) };
}

function grantChanges({ kind, desired, live }: Action): readonly GrantChange[] {
  if (desired.kind !== 'data-access') return [];
  const want = kind === 'delete' ? {} : asObject(desired.definition['Permissions']);
  const have = asObject(live?.definition['Permissions']);
  const tags = Object.entries(asObject(desired.definition['LFTags']));
  const holds = tags.find(([name]) => name === 'lakewright_holds')?.[1];
  const purposes = tags.flatMap(([name]) => /^lakewright_purpose_(.+)$/.exec(name)?.[1] ?? []);
  return [...new Set([...Object.keys(want), ...Object.keys(have)])].flatMap((principal) => {
    const [to, from] = [texts(want[principal]), texts(have[principal])];
    const granted = to.filter((one) => !from.includes(one));
    const revoked = from.filter((one) => !to.includes(one));
    if (granted.length === 0 && revoked.length === 0) return [];
    const role = principal.slice(principal.lastIndexOf('/') + 1);
    const about = {
      table: desired.name,
      ...(typeof holds === 'string' ? { holds } : {}),
      purposes,
    };
    return [{ ...about, role, granted, revoked }];
  });
}

/** Of a policy that is in force; that of a new resource is the grants of its tables. */
function widenings({ kind, desired, live }: Action): readonly Widening[] {
  if (live === undefined || kind === 'delete') return [];
  const [to, from] = [statementsOf(desired.definition), statementsOf(live.definition)];
  return [...new Set([...Object.keys(to), ...Object.keys(from)])].flatMap((statement) => {
    const what = widening(to[statement], from[statement]);
    return what === undefined ? [] : [{ id: desired.id, statement, what }];
  });
}

/** All statements of a role, a key or the bucket, by policy and Sid. */
function statementsOf(definition: JsonObject): JsonObject {
  const { AssumeRolePolicyDocument: trust, Policies: policies, KeyPolicy: key } = definition;
  const inline = Object.entries(asObject(policies));
  const all: readonly (readonly [string, JsonObject])[] = [
    ['', asObject(key)],
    ['', asObject(definition['Statement'])],
    ['trust ', statementsBySid(trust)],
    ...inline.map(([name, policy]) => [`${name} `, statementsBySid(policy)] as const),
  ];
  return Object.fromEntries(
    all.flatMap(([policy, bySid]) =>
      Object.entries(bySid).map(([sid, one]) => [`${policy}${sid}`, one]),
    ),
  );
}

function widening(to: Json | undefined, from: Json | undefined): Widening['what'] | undefined {
  if (!isJsonObject(to)) {
    return isJsonObject(from) && from['Effect'] === 'Deny' ? 'deny removed' : undefined;
  }
  const allows = to['Effect'] !== 'Deny';
  if (!isJsonObject(from)) return allows ? 'new statement' : undefined;
  if (same(to['Condition'], from['Condition']) === false) return 'condition changed';
  const [more, less] = allows ? [to, from] : [from, to];
  const wider = ['Action', 'Resource', 'Principal'].some((name) => exceeds(more[name], less[name]));
  // What is excepted from an Allow lets through less, the more it is.
  const excepts = ['NotAction', 'NotResource', 'NotPrincipal'].some((name) =>
    exceeds(less[name], more[name]),
  );
  if (!wider && !excepts && from['Effect'] === to['Effect']) return undefined;
  return allows ? 'allows more' : 'denies less';
}

/** Whether one list, or map of lists, has what another has not. */
function exceeds(one: Json | undefined, other: Json | undefined): boolean {
  if (isJsonObject(one)) {
    const compared = asObject(other);
    return Object.entries(one).some(([name, value]) => exceeds(value, compared[name]));
  }
  const present = texts(other);
  return texts(one).some((item) => !present.includes(item));
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

function texts(value: Json | undefined): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one: Json | undefined) =>
    typeof one === 'string' ? [one] : [],
  );
}
