import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

/** An LF-tag of the account, which all libraries share: values are added to it and never taken away. */
export const dataTag: KindRules = {
  fields: { names: ['TagValues'] },
  owned: false,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.lakeFormation.getLFTag({ TagKey: desired.name }));
    if (found === undefined) return undefined;
    const wanted = texts(desired.definition['TagValues']);
    return {
      definition: { TagValues: wanted.filter((value) => found.TagValues?.includes(value)) },
      tags: {},
    };
  },
  async create(aws, desired) {
    const values = texts(desired.definition['TagValues']);
    await aws.lakeFormation.createLFTag({ TagKey: desired.name, TagValues: [...values] });
  },
  async update(aws, desired, live) {
    const present = texts(live.definition['TagValues']);
    const missing = texts(desired.definition['TagValues']).filter((one) => !present.includes(one));
    await aws.lakeFormation.updateLFTag({ TagKey: desired.name, TagValuesToAdd: missing });
  },
};

/** One tag of the generated file that holds all. */
export function readDataTag(
  input: JsonObject,
  key: string,
): { name: string; definition: JsonObject } | undefined {
  const all = Array.isArray(input['LFTags']) ? input['LFTags'] : [];
  const found = all.find((one: Json) => isJsonObject(one) && one['TagKey'] === key);
  if (!isJsonObject(found)) return undefined;
  return { name: key, definition: { TagValues: texts(found['TagValues']).toSorted() } };
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one: Json) => typeof one === 'string') : [];
}
