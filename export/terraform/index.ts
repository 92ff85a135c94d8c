import type { Json, JsonObject } from '../../deploy/json.ts';
import type { Library } from '../library.ts';
import { objectFiles } from '../objects.ts';
import { type Block, Configuration } from './configuration.ts';
import { literal, reference } from './expressions.ts';
import { WRITERS } from './kinds.ts';
import { bucketPolicyDocument } from './policies.ts';

const WRITTEN_BY = 'Written by `npm run export -- terraform`; change the library instead.';

/**
 * A library as a Terraform module in JSON syntax, with the scripts that it uploads: `main.tf.json` holds what is asked for, and
 * each type of resource has a file. Text by path.
 */
export function terraform(library: Library): ReadonlyMap<string, string> {
  const configuration = new Configuration(library);
  const locals = new Map<string, Record<string, Json>>();
  const blocks = new Map<string, Record<string, JsonObject>>();
  for (const resource of library.resources) {
    const written = WRITERS[resource.kind](configuration, resource);
    for (const { type, label, body } of written.blocks) {
      const waits = configuration.waitsFor(resource, JSON.stringify([body, written.locals ?? {}]));
      const own = waits.filter((address) => !isOwn(address, written.blocks));
      const of = blocks.get(type) ?? {};
      of[label] = own.length === 0 ? body : { ...body, depends_on: own };
      blocks.set(type, of);
    }
    const [{ type } = { type: '' }] = written.blocks;
    locals.set(type, { ...locals.get(type), ...written.locals });
  }
  const files = [...blocks].map(([type, of]): [string, string] => {
    const values = locals.get(type) ?? {};
    const named = Object.keys(values).length === 0 ? {} : { locals: values };
    return [`${type}.tf.json`, jsonText({ ...named, resource: { [type]: of } })];
  });
  const main: [string, string] = ['main.tf.json', jsonText(mainFile(configuration))];
  return new Map([main, ...files, ...objectFiles(library)]);
}

function isOwn(address: string, blocks: readonly Block[]): boolean {
  return blocks.some(({ type, label }) => address === `${type}.${label}`);
}

function mainFile(configuration: Configuration): JsonObject {
  const { environment } = configuration.library;
  return {
    '//': WRITTEN_BY,
    terraform: {
      required_version: '>= 1.3',
      // The first with aws_iam_role_policies_exclusive.
      required_providers: { aws: { source: 'hashicorp/aws', version: '>= 5.68' } },
    },
    variable: {
      bucket: {
        type: 'string',
        ...(environment === undefined ? {} : { default: literal(environment.bucket) }),
        description: 'Bucket of the lake, which exists.',
      },
      lake_formation: {
        type: 'bool',
        default: true,
        description:
          "Lake Formation's tags and grants too, which only a data lake administrator can make.",
      },
      lake_formation_tags: {
        type: 'bool',
        default: true,
        description: 'Make the LF-tags themselves: for one library of the account only.',
      },
      bucket_lifecycle: {
        type: 'bool',
        default: false,
        description:
          "The lifecycle rules of lines that jobs set aside too; the bucket's lifecycle is then this module's, and holds no other rules.",
      },
      other_bucket_policies: {
        type: 'list(string)',
        default: [],
        description: "Policies, as JSON, whose statements the bucket's policy holds besides.",
      },
    },
    data: {
      aws_caller_identity: {
        current: environment ? onlyIn('account_id', 'environment_account') : {},
      },
      aws_region: { current: environment ? onlyIn('id', 'environment_region') : {} },
      ...bucketPolicyDocument(configuration),
    },
    locals: {
      account: reference('data.aws_caller_identity.current.account_id'),
      region: reference('data.aws_region.current.id'),
      ...(environment === undefined
        ? {}
        : {
            environment_account: literal(environment.account),
            environment_region: literal(environment.region),
          }),
      ...configuration.locals,
    },
  };
}

/** Refuses a provider of another account or region than the environment's, as the deployer does. */
function onlyIn(attribute: string, local: string): JsonObject {
  const condition = reference(`self.${attribute} == local.${local}`);
  const error_message = `The environment is in ${reference(`local.${local}`)}.`;
  return { lifecycle: { postcondition: { condition, error_message } } };
}

function jsonText(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
