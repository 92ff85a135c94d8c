import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../../deploy/json.ts';
import { isJsonObject } from '../../../deploy/json.ts';

interface BlockSchema {
  readonly required?: boolean;
  /** `string`, `number`, `bool`, `list` or `map` (of strings); `!` behind what is required. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly blocks?: Readonly<Record<string, BlockSchema>>;
}

/** Taken from the npm package `@cdktf/provider-aws` 21.22.1, which HashiCorp made of hashicorp/aws 6.25.0. */
const schemas = JSON.parse(
  readFileSync(join(import.meta.dirname, 'schema.json'), 'utf8'),
) as Readonly<Record<string, BlockSchema>>;

/** What Terraform itself takes in every resource. */
const META = ['count', 'depends_on', 'lifecycle'];
/** Attributes that the provider makes, and that are referred to. */
const COMPUTED = ['arn', 'key_id', 'json', 'account_id', 'id'];

/** The configuration of a module: resources by type and label, and everything else that may be referred to. */
export interface Module {
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly locals: JsonObject;
  readonly variables: readonly string[];
}

/** Reads the `.tf.json` files of an export. */
export function moduleOf(files: ReadonlyMap<string, string>): Module {
  const resources = new Map<string, JsonObject>();
  let locals: JsonObject = {};
  let variables: readonly string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('.tf.json')) continue;
    const parsed = asObject(JSON.parse(text));
    locals = { ...locals, ...asObject(parsed['locals']) };
    variables = [...variables, ...Object.keys(asObject(parsed['variable']))];
    for (const [type, labels] of Object.entries(asObject(parsed['resource']))) {
      for (const [label, body] of Object.entries(asObject(labels)))
        resources.set(`${type}.${label}`, asObject(body));
    }
  }
  return { resources, locals, variables };
}

/** What the provider's schema does not take in a module, and references that lead nowhere. */
export function findingsOf(module: Module): readonly string[] {
  const unfit = [...module.resources].flatMap(([address, body]) => {
    const schema = schemas[address.slice(0, address.indexOf('.'))];
    if (schema === undefined) return [`${address}: no such type`];
    const own = Object.fromEntries(Object.entries(body).filter(([name]) => !META.includes(name)));
    return inBlock(address, own, schema);
  });
  return [...unfit, ...danglingOf(module)];
}

function inBlock(at: string, body: JsonObject, schema: BlockSchema): readonly string[] {
  const known = Object.entries(body).flatMap(([name, value]) => {
    const attribute = schema.attributes[name];
    if (attribute !== undefined) {
      return fits(value, attribute) ? [] : [`${at}.${name} is ${JSON.stringify(value)}`];
    }
    const block = schema.blocks?.[name];
    if (block === undefined) return [`${at}.${name} is not in the schema`];
    const items: readonly Json[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => inBlock(`${at}.${name}`, asObject(item), block));
  });
  const needed = [
    ...Object.keys(schema.attributes).filter((name) => schema.attributes[name]?.endsWith('!')),
    ...Object.entries(schema.blocks ?? {}).flatMap(([name, one]) => (one.required ? [name] : [])),
  ];
  const missing = needed.filter((name) => body[name] === undefined);
  return [...known, ...missing.map((name) => `${at}.${name} is missing`)];
}

function fits(value: Json, type: string): boolean {
  switch (type.replace('!', '')) {
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'map':
      return isJsonObject(value) && Object.values(value).every((item) => typeof item === 'string');
    case 'bool':
      return typeof value === 'boolean';
    default:
      return typeof value === type.replace('!', '');
  }
}

function danglingOf({ resources, locals, variables }: Module): readonly string[] {
  const found = new Set<string>();
  const look = (expression: string) => {
    for (const [, address = '', attribute = ''] of expression.matchAll(
      /(?<!data\.)\b(aws_\w+\.[\w-]+)(?:\.(\w+))?/g,
    )) {
      const body = resources.get(address);
      const isKnown = body?.[attribute] !== undefined || COMPUTED.includes(attribute);
      if (body === undefined || (attribute !== '' && !isKnown)) found.add(expression);
    }
    for (const [, name = ''] of expression.matchAll(/\blocal\.([\w-]+)/g)) {
      if (locals[name] === undefined) found.add(expression);
    }
    for (const [, name = ''] of expression.matchAll(/\bvar\.([\w-]+)/g)) {
      if (!variables.includes(name)) found.add(expression);
    }
  };
  for (const body of [...resources.values(), locals]) {
    const waits: readonly Json[] = Array.isArray(body['depends_on']) ? body['depends_on'] : [];
    for (const address of waits) look(String(address));
    visitTexts(body, (text) => {
      for (const [, expression = ''] of text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)) look(expression);
    });
  }
  return [...found];
}

function visitTexts(value: Json, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const item of value) visitTexts(item, visit);
  else if (isJsonObject(value)) for (const item of Object.values(value)) visitTexts(item, visit);
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
