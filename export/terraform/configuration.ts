import type { JsonObject } from '../../deploy/json.ts';
import type { ResourceKind } from '../../deploy/manifest.ts';
import { labelsOf } from '../labels.ts';
import { type Library, localName, ofKind, type Resource } from '../library.ts';
import { Expressions, literal, reference } from './expressions.ts';

/** One resource block. */
export interface Block {
  /** `aws_glue_job` */
  readonly type: string;
  readonly label: string;
  readonly body: JsonObject;
}

/** What one resource of a library becomes. */
export interface Blocks {
  readonly blocks: readonly Block[];
  /** Values that the blocks refer to as `local.<name>`. */
  readonly locals?: JsonObject;
}

/** Resource type that stands for a library's resource where another one refers to it or has to wait for it. */
const MAIN_TYPES: { readonly [K in ResourceKind]: string } = {
  script: 'aws_s3_object',
  support: 'aws_s3_object',
  role: 'aws_iam_role',
  database: 'aws_glue_catalog_database',
  table: 'aws_glue_catalog_table',
  job: 'aws_glue_job',
  workflow: 'aws_glue_workflow',
  trigger: 'aws_glue_trigger',
  key: 'aws_kms_alias',
  'bucket-policy': 'aws_s3_bucket_policy',
  'bucket-lifecycle': 'aws_s3_bucket_lifecycle_configuration',
  'data-tag': 'aws_lakeformation_lf_tag',
  'data-access': 'aws_lakeformation_resource_lf_tags',
  ruleset: 'aws_glue_data_quality_ruleset',
  alarm: 'aws_cloudwatch_event_rule',
  connection: 'aws_glue_connection',
  'security-configuration': 'aws_glue_security_configuration',
};

/** Scripts and support modules are resources of one type, so each kind's labels say which it is. */
const LABEL_PREFIXES: Partial<Record<ResourceKind, string>> = {
  script: 'script',
  support: 'support',
};
const LONGEST_LABEL = 100;
const SUPPORT_MODULES = 'support_modules';

/** Labels and references of a library's resources. */
export class Configuration {
  readonly library: Library;
  readonly expressions: Expressions;
  /** URIs of the support modules, as jobs are given them; empty where there are none. */
  readonly locals: JsonObject;
  readonly #labels = new Map<string, string>();
  readonly #resources: ReadonlyMap<string, Resource>;

  constructor(library: Library) {
    this.library = library;
    this.#resources = new Map(library.resources.map((one) => [one.id, one]));
    for (const kind of new Set(library.resources.map((one) => one.kind))) this.#label(kind);
    const support = ofKind(library, 'support');
    const uris = support.map((one) => this.#objectUri(one.id)).join(',');
    this.locals = support.length === 0 ? {} : { [SUPPORT_MODULES]: uris };
    this.expressions = new Expressions(library.open, this.#references());
  }

  #label(kind: ResourceKind): void {
    const all = ofKind(this.library, kind).map(({ id }) => id);
    const prefix = LABEL_PREFIXES[kind] ?? [];
    const labels = labelsOf(all.map(localName), {
      join: (words) => [prefix, ...words].flat().join('_'),
      longest: LONGEST_LABEL,
    });
    for (const id of all) this.#labels.set(id, labels.get(localName(id)) ?? '');
  }

  /** Label of a resource's blocks. */
  label(id: string): string {
    return this.#labels.get(id) ?? '';
  }

  /** `aws_iam_role.customer_trusted`; undefined of what the library does not hold. */
  address(id: string): string | undefined {
    const found = this.#resources.get(id);
    return found === undefined ? undefined : `${MAIN_TYPES[found.kind]}.${this.label(id)}`;
  }

  /** A template for an attribute of the resource of a kind that has this name in AWS, or else the name itself. */
  named(kind: ResourceKind, name: string, attribute = 'name'): string {
    const found = ofKind(this.library, kind).find((one) => one.name === name);
    const address = found === undefined ? undefined : this.address(found.id);
    return address === undefined
      ? this.expressions.text(name)
      : reference(`${address}.${attribute}`);
  }

  /** Id of the library's role of an ARN. */
  roleOf(arn: string): string | undefined {
    return ofKind(this.library, 'role').find((one) => roleArn(this.library, one) === arn)?.id;
  }

  /** Addresses that a body has to wait for and does not refer to. */
  waitsFor(resource: Resource, body: string): readonly string[] {
    return resource.dependsOn.flatMap((id) => {
      const address = this.address(id);
      const isReferred = address === undefined || body.includes(`${address}.`);
      const isSupport = id.startsWith('support/') && body.includes(`local.${SUPPORT_MODULES}`);
      return isReferred || isSupport ? [] : [address];
    });
  }

  #objectUri(id: string): string {
    const address = this.address(id) ?? '';
    return `s3://${reference(`${address}.bucket`)}/${reference(`${address}.key`)}`;
  }

  #references(): ReadonlyMap<string, string> {
    const references = new Map<string, string>();
    for (const { id, name } of ofKind(this.library, 'script')) {
      references.set(name, this.#objectUri(id));
    }
    const support = ofKind(this.library, 'support').map(({ name }) => name);
    if (support.length > 0)
      references.set(support.join(','), reference(`local.${SUPPORT_MODULES}`));
    for (const role of ofKind(this.library, 'role')) {
      references.set(roleArn(this.library, role), reference(`${this.address(role.id)}.arn`));
    }
    return references;
  }
}

/** As generated files write it. */
function roleArn({ open }: Library, { name, definition }: Resource): string {
  const { Path: path = '/' } = definition;
  return `arn:aws:iam::${open.placeholder('account')}:role${path}${name}`;
}

/** `{ tags }` as an argument, where there are any. */
export function tagsArgument({ tags }: Resource): JsonObject {
  const members = Object.entries(tags).map(([name, value]) => [literal(name), literal(value)]);
  return members.length === 0 ? {} : { tags: Object.fromEntries(members) };
}
