// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Fn::Sub look like this
import type { JsonObject } from '../../deploy/json.ts';
import { ExportError } from '../errors.ts';
import { type Library, ofKind } from '../library.ts';
import { objectFiles } from '../objects.ts';
import { type Context, closed, type Resources, WRITERS } from './kinds.ts';
import { logicalIds } from './logical-ids.ts';

/** CloudFormation, "Understand CloudFormation quotas": of a template in S3. */
const MOST_BYTES = 1_000_000;
const MOST_RESOURCES = 500;
/** More than a template's parameters and conditions take. */
const BYTES_AROUND = 4000;
const SWITCH = { Type: 'String', AllowedValues: ['true', 'false'], Default: 'true' };
const PARAMETERS = {
  Bucket: {
    Type: 'String',
    Description: 'Bucket of the lake, which exists and holds what is in objects/.',
  },
  LakeFormation: {
    ...SWITCH,
    Description: "Lake Formation's tags and grants too, which a data lake administrator makes.",
  },
} as const;
const CONDITIONS: Readonly<Record<string, JsonObject>> = {
  UseLakeFormation: { 'Fn::Equals': [{ Ref: 'LakeFormation' }, 'true'] },
};
const TAGS_FILE = 'lake-formation-tags.json';

/**
 * A library as CloudFormation templates in JSON, and the scripts that have to be in the bucket before: one template, or several
 * whose stacks are made in their order where the library is larger than a template may be, and one for Lake Formation's tags,
 * which the libraries of an account share. Text by path.
 *
 * @throws ExportError where one resource alone is larger than a template may be
 */
export function cloudformation(library: Library): ReadonlyMap<string, string> {
  const context = { library, ids: logicalIds(library) };
  // The bucket's policy refers to the keys, which nothing else has to wait for.
  const isKey = (kind: string) => kind === 'key' || kind === 'bucket-policy';
  const first = library.resources.filter(({ kind }) => isKey(kind));
  const rest = library.resources.filter(({ kind }) => !isKey(kind) && kind !== 'data-tag');
  const tags = ofKind(library, 'data-tag').map((one) => written(context, one));
  const parts = divided([...first, ...rest].map((resource) => written(context, resource)));
  const texts = parts.map((part) => templateText(library, part));
  const named = texts.map((text, place): [string, string] => [
    texts.length === 1 ? 'template.json' : `template-${place + 1}.json`,
    text,
  ]);
  if (tags.length > 0) {
    named.unshift([TAGS_FILE, templateText(library, Object.assign({}, ...tags))]);
  }
  for (const [, text] of named) refuseTooLarge(library, text);
  return new Map([...named, ...objectFiles(library)]);
}

function written(context: Context, resource: Library['resources'][number]): Resources {
  const id = context.ids.get(resource.id) ?? '';
  const own = closed(WRITERS[resource.kind](context, resource, id), context);
  const waits = resource.dependsOn.flatMap((one) => context.ids.get(one) ?? []);
  const waiting = Object.entries(own).map(([name, body]): [string, JsonObject] => [
    name,
    { ...body, DependsOn: waits },
  ]);
  return Object.fromEntries(waiting);
}

/** As many in each part as a template may hold. */
function divided(all: readonly Resources[]): readonly Resources[] {
  const parts: { resources: Resources; bytes: number }[] = [];
  for (const own of all) {
    const bytes = Buffer.byteLength(JSON.stringify({ Resources: own }, null, 1));
    const last = parts.at(-1);
    const count = Object.keys({ ...last?.resources, ...own }).length;
    if (last === undefined || count > MOST_RESOURCES || last.bytes + bytes > MOST_BYTES) {
      parts.push({ resources: own, bytes: BYTES_AROUND + bytes });
    } else {
      parts[parts.length - 1] = {
        resources: { ...last.resources, ...own },
        bytes: last.bytes + bytes,
      };
    }
  }
  return parts.map(({ resources }) => resources);
}

/** What another template holds is there before, so only what the same one holds is waited for. */
function templateText(library: Library, resources: Resources): string {
  const own = Object.entries(resources).map(([id, { DependsOn: waits, ...body }]) => {
    const here = Array.isArray(waits) ? waits.filter((one) => Object.hasOwn(resources, one)) : [];
    return [id, here.length === 0 ? body : { ...body, DependsOn: here }] as const;
  });
  const text = JSON.stringify(Object.fromEntries(own));
  const conditions = Object.keys(CONDITIONS).filter((one) => text.includes(`"Condition":"${one}"`));
  const uses: Readonly<Record<string, boolean>> = {
    Bucket: text.includes('${Bucket}') || text.includes('{"Ref":"Bucket"}'),
    LakeFormation: conditions.length > 0,
  };
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `${library.name}. Written by npm run export -- cloudformation; change the library instead.`,
    ...(Object.values(uses).includes(true)
      ? { Parameters: selected(parametersOf(library), (name) => uses[name] === true) }
      : {}),
    ...(conditions.length === 0
      ? {}
      : { Conditions: selected(CONDITIONS, (name) => conditions.includes(name)) }),
    Resources: Object.fromEntries(own),
  };
  return `${JSON.stringify(template, null, 1)}\n`;
}

function parametersOf({ environment }: Library): Readonly<Record<string, JsonObject>> {
  if (environment === undefined) return PARAMETERS;
  return { ...PARAMETERS, Bucket: { ...PARAMETERS.Bucket, Default: environment.bucket } };
}

function selected(from: Readonly<Record<string, JsonObject>>, is: (name: string) => boolean) {
  return Object.fromEntries(Object.entries(from).filter(([name]) => is(name)));
}

function refuseTooLarge(library: Library, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MOST_BYTES) return;
  throw new ExportError(
    'export/template-too-large',
    `A resource of ${library.name} needs a template of ${bytes} bytes; CloudFormation takes ${MOST_BYTES}.`,
    'Export to Terraform, or divide the library.',
  );
}
