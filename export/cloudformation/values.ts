// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Fn::Sub look like this
import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import type { OpenParameter, OpenTexts } from '../open-text.ts';

const PARAMETERS: Readonly<Record<OpenParameter, string>> = {
  account: '${AWS::AccountId}',
  region: '${AWS::Region}',
  bucket: '${Bucket}',
};

/** The account's own catalog. */
export const CATALOG: JsonObject = { CatalogId: { Ref: 'AWS::AccountId' } };

/**
 * A JSON value with its open parameters as `Fn::Sub`, in which a literal `${` is written `${!` (CloudFormation, "Fn::Sub"). Names
 * of members hold no parameters.
 */
export function withParameters(value: Json, open: OpenTexts): Json {
  if (Array.isArray(value)) return value.map((item) => withParameters(item, open));
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, item]) => [name, withParameters(item, open)]);
    return Object.fromEntries(members);
  }
  return typeof value === 'string' ? textOf(value, open) : value;
}

function textOf(text: string, open: OpenTexts): Json {
  const parts = open.parts(text);
  if (parts.every((part) => typeof part === 'string')) return text;
  const template = parts.map((part) =>
    typeof part === 'string' ? part.replaceAll('${', '${!') : PARAMETERS[part.parameter],
  );
  return { 'Fn::Sub': template.join('') };
}
