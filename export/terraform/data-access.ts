import { asObject, canonicalJson, type JsonObject } from '../../deploy/json.ts';
import { stringMembers } from '../../deploy/resource.ts';
import { ofKind, type Resource } from '../library.ts';
import type { Block, Blocks, Configuration } from './configuration.ts';
import { reference } from './expressions.ts';

const IF_LAKE_FORMATION = { count: reference('var.lake_formation ? 1 : 0') };

/** An LF-tag of the account. Libraries share them, so one configuration makes them for all. */
export function dataTag(configuration: Configuration, { id, name, definition }: Resource): Blocks {
  const { expressions } = configuration;
  const body = {
    count: reference('var.lake_formation && var.lake_formation_tags ? 1 : 0'),
    key: expressions.text(name),
    values: expressions.value(definition['TagValues'] ?? []),
  };
  return {
    blocks: [{ type: 'aws_lakeformation_lf_tag', label: configuration.label(id), body }],
  };
}

/** LF-tags of one database or table and of its columns, and what jobs may do with it. */
export function dataAccess(configuration: Configuration, resource: Resource): Blocks {
  const { definition, id } = resource;
  const label = configuration.label(id);
  const { database, table } = targetOf(configuration, resource);
  const whole: JsonObject =
    table === undefined
      ? { database: { name: database } }
      : { table: { database_name: database, name: table } };
  const tagged = (to: JsonObject, suffix: string, on: JsonObject): readonly Block[] => {
    const tags = Object.entries(stringMembers(to));
    if (tags.length === 0) return [];
    const lfTags = tags.map(([key, value]) => ({
      key: configuration.expressions.text(key),
      value: configuration.expressions.text(value),
    }));
    const body = { ...IF_LAKE_FORMATION, ...on, lf_tag: lfTags };
    return [{ type: 'aws_lakeformation_resource_lf_tags', label: `${label}${suffix}`, body }];
  };
  const columns = alikeColumns(asObject(definition['ColumnLFTags'])).flatMap(
    ({ names, tags }, place) =>
      tagged(tags, `-columns-${place + 1}`, {
        table_with_columns: {
          database_name: database,
          name: table ?? '',
          column_names: names.map((one) => configuration.expressions.text(one)),
        },
      }),
  );
  const grants = Object.entries(asObject(definition['Permissions'])).map(
    ([principal, permissions]): Block => ({
      type: 'aws_lakeformation_permissions',
      label: `${label}-${granteeLabel(configuration, principal)}`,
      body: {
        ...IF_LAKE_FORMATION,
        principal: configuration.expressions.text(principal),
        permissions: configuration.expressions.value(permissions),
        ...whole,
      },
    }),
  );
  return { blocks: [...tagged(asObject(definition['LFTags']), '', whole), ...columns, ...grants] };
}

interface Target {
  readonly database: string;
  readonly table?: string;
}

/** References where the database or table is the library's own. */
function targetOf(configuration: Configuration, { definition }: Resource): Target {
  const of = asObject(definition['Resource']);
  const table = asObject(of['Table']);
  const database = String(table['DatabaseName'] ?? asObject(of['Database'])['Name'] ?? '');
  const named = { database: configuration.named('database', database) };
  if (of['Table'] === undefined) return named;
  const found = `${database}.${String(table['Name'])}`;
  const isOwn = ofKind(configuration.library, 'table').some((one) => one.name === found);
  const text = configuration.expressions.text(String(table['Name']));
  return { ...named, table: isOwn ? configuration.named('table', found) : text };
}

/** The label of the role that a grant is for. */
function granteeLabel(configuration: Configuration, principal: string): string {
  const role = configuration.roleOf(principal);
  return role === undefined ? labelOfForeign(principal) : configuration.label(role);
}

function labelOfForeign(principal: string): string {
  return principal.replaceAll(/[^A-Za-z0-9_-]/g, '-');
}

/** Columns that have the same tags, together: the first one's place says which group is first. */
function alikeColumns(
  byColumn: JsonObject,
): readonly { readonly names: readonly string[]; readonly tags: JsonObject }[] {
  const groups = new Map<string, { names: string[]; tags: JsonObject }>();
  for (const [column, value] of Object.entries(byColumn)) {
    const tags = asObject(value);
    const group = groups.get(canonicalJson(tags)) ?? { names: [], tags };
    group.names.push(column);
    groups.set(canonicalJson(tags), group);
  }
  return [...groups.values()];
}
