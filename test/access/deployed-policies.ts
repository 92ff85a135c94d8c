import { join } from 'node:path';
import { checkedLibrary } from '../../cli/checked-library.ts';
import { generate } from '../../codegen/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import { substitute } from '../../deploy/parameters.ts';
import { stringMembers } from '../../deploy/resource.ts';
import type { Policy } from './iam.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
export const BUCKET = 'lake';

/** All policies of a library, as they are in AWS after a deployment. */
export interface DeployedPolicies {
  /** By job. */
  readonly roles: Readonly<Record<string, { readonly trust: Policy; readonly policy: Policy }>>;
  /** By zone. */
  readonly keys: Readonly<Record<string, Policy>>;
  readonly bucket: Policy;
  /** Of whoever may erase people. */
  readonly eraser: { readonly tags: Readonly<Record<string, string>>; readonly policy: Policy };
}

/** ARN of a zone's key, which KMS would make up. */
export function keyArn(zone: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT}:key/key-of-${zone}`;
}

/** The policies of an example, generated now. */
export async function deployedPolicies(example: string): Promise<DeployedPolicies> {
  const path = join(import.meta.dirname, '../../examples', example, 'index.ts');
  const { checked, source } = await checkedLibrary(path);
  return policiesIn(generate(checked, source));
}

/** The policies of a library's generated files. */
export function policiesIn(files: ReadonlyMap<string, string>): DeployedPolicies {
  const read = (name: string): JsonObject => {
    const parameters = {
      account: ACCOUNT,
      region: REGION,
      bucket: BUCKET,
      suffix: '',
      prefix: '',
      support: '',
    };
    const parsed: Json = JSON.parse(files.get(name) ?? '');
    const value = substitute(parsed, parameters, name);
    if (!isJsonObject(value)) throw new Error(`${name} is no object`);
    return value;
  };
  const named = (folder: string): readonly string[] =>
    [...files.keys()].flatMap((path) => {
      const [, name] = new RegExp(`^${folder}/(.+)\\.json$`).exec(path) ?? [];
      return name === undefined ? [] : [name];
    });
  return {
    roles: Object.fromEntries(
      named('roles').map((job) => {
        const role = read(`roles/${job}.json`);
        return [
          job,
          {
            trust: asPolicy(role['AssumeRolePolicyDocument']),
            policy: asPolicy(role['PolicyDocument']),
          },
        ];
      }),
    ),
    keys: Object.fromEntries(
      named('keys').map((zone) => [zone, asPolicy(read(`keys/${zone}.json`)['KeyPolicy'])]),
    ),
    bucket: asPolicy(read('bucket-policy.json')),
    eraser: {
      tags: stringMembers(read('policies/erasure.json')['Tags']),
      policy: asPolicy(read('policies/erasure.json')['PolicyDocument']),
    },
  };
}

function asPolicy(json: Json | undefined): Policy {
  return json as unknown as Policy; // generated as this structure; the evaluator throws at others
}
