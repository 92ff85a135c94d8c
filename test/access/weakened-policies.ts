import type { DeployedPolicies } from './deployed-policies.ts';
import type { Policy, Statement } from './iam.ts';

/** The policies, with one thing taken out of one of them. */
export interface Weakened {
  readonly name: string;
  /** The policy that was changed, as probes call it. */
  readonly policy: string;
  readonly policies: DeployedPolicies;
}

/** Every policy without one statement, action, resource, condition or value of a condition. */
export function weakenings(policies: DeployedPolicies): readonly Weakened[] {
  const { roles, keys, bucket, eraser } = policies;
  return [
    ...Object.entries(roles).flatMap(([job, role]) => [
      ...of(`role ${job}`, role.policy, (policy) => ({
        ...policies,
        roles: { ...roles, [job]: { ...role, policy } },
      })),
      ...of(`trust ${job}`, role.trust, (trust) => ({
        ...policies,
        roles: { ...roles, [job]: { ...role, trust } },
      })),
    ]),
    ...Object.entries(keys).flatMap(([zone, key]) =>
      of(`key ${zone}`, key, (policy) => ({ ...policies, keys: { ...keys, [zone]: policy } })),
    ),
    ...of('bucket', bucket, (policy) => ({ ...policies, bucket: policy })),
    ...of('eraser', eraser.policy, (policy) => ({ ...policies, eraser: { ...eraser, policy } })),
  ];
}

function of(
  name: string,
  policy: Policy,
  put: (changed: Policy) => DeployedPolicies,
): readonly Weakened[] {
  return policy.Statement.flatMap((statement, at) =>
    [['all of it', undefined] as const, ...changes(statement)].map(([what, changed]) => ({
      name: `${name}, ${statement.Sid ?? at} without ${what}`,
      policy: name,
      policies: put({
        Statement: policy.Statement.flatMap((one, place) =>
          place === at ? (changed === undefined ? [] : [changed]) : [one],
        ),
      }),
    })),
  );
}

type Change = readonly [what: string, statement: Statement];

function changes(statement: Statement): readonly Change[] {
  const { Action: actions, Resource: resources = [], Condition: conditions = {} } = statement;
  const { NotResource: exceptions = [] } = statement;
  return [
    ...without(actions).map(([one, rest]): Change => [one, { ...statement, Action: rest }]),
    ...without(resources).map(([one, rest]): Change => [one, { ...statement, Resource: rest }]),
    ...without(exceptions).map(
      ([one, rest]): Change => [`exception ${one}`, { ...statement, NotResource: rest }],
    ),
    ...Object.entries(conditions).flatMap(([operator, tests]) =>
      Object.entries(tests).flatMap(([key, values]): readonly Change[] => {
        const { [key]: _, ...others } = tests;
        const set = (changed: typeof tests): Statement => ({
          ...statement,
          Condition: { ...conditions, [operator]: changed },
        });
        return [
          [`${operator} ${key}`, set(others)],
          ...without(values).map(
            ([one, rest]): Change => [`${key} ${one}`, set({ ...tests, [key]: rest })],
          ),
        ];
      }),
    ),
  ];
}

/** A list without each of its members; a single one is the whole statement's or condition's. */
function without(
  values: string | readonly string[],
): readonly (readonly [string, readonly string[]])[] {
  if (typeof values === 'string' || values.length === 1) return [];
  return values.map((one) => [one, values.filter((other) => other !== one)]);
}
