import { asObject, type JsonObject } from '../../deploy/json.ts';
import { stringMembers } from '../../deploy/resource.ts';
import type { Resource } from '../library.ts';
import type { Resources } from './kinds.ts';
import { CATALOG } from './values.ts';

/** An LF-tag of the account. Libraries share them, so they have a template of their own. */
export function dataTag(_: unknown, { name, definition }: Resource, id: string): Resources {
  const properties = { TagKey: name, TagValues: definition['TagValues'] ?? [] };
  return { [id]: { Type: 'AWS::LakeFormation::Tag', Properties: properties } };
}

/** LF-tags of one database or table and of its columns, and what jobs may do with it. */
export function dataAccess(_: unknown, { definition }: Resource, id: string): Resources {
  const of = asObject(definition['Resource']);
  const table = asObject(of['Table']);
  const whole: JsonObject =
    of['Table'] === undefined
      ? { Database: { ...CATALOG, ...asObject(of['Database']) } }
      : { Table: { ...CATALOG, ...table } };
  const found: Record<string, JsonObject> = {};
  const put = (suffix: string, type: string, properties: JsonObject) => {
    const full = `AWS::LakeFormation::${type}`;
    found[`${id}${suffix}`] = { Type: full, Condition: 'UseLakeFormation', Properties: properties };
  };
  const tags = lfTags(asObject(definition['LFTags']));
  if (tags.length > 0) put('', 'TagAssociation', { Resource: whole, LFTags: tags });
  for (const [place, [column, own]] of Object.entries(
    asObject(definition['ColumnLFTags']),
  ).entries()) {
    const some = { TableWithColumns: { ...CATALOG, ...table, ColumnNames: [column] } };
    put(`Column${place + 1}`, 'TagAssociation', { Resource: some, LFTags: lfTags(asObject(own)) });
  }
  const grants = Object.entries(asObject(definition['Permissions']));
  for (const [place, [principal, permissions]] of grants.entries()) {
    put(`Grant${place + 1}`, 'PrincipalPermissions', {
      Principal: { DataLakePrincipalIdentifier: principal },
      Resource: whole,
      Permissions: permissions,
      PermissionsWithGrantOption: [],
    });
  }
  return found;
}

function lfTags(tags: JsonObject): readonly JsonObject[] {
  return Object.entries(stringMembers(tags)).map(([key, value]) => ({
    ...CATALOG,
    TagKey: key,
    TagValues: [value],
  }));
}
