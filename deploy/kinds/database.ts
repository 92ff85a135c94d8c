import type { DatabaseInput } from '@aws-sdk/client-glue';
import { DeployError } from '../errors.ts';
import { type Json, type JsonObject, pick, toJsonObject } from '../json.ts';
import { type Desired, type KindRules, stringMembers } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

/** Not ours, and UpdateDatabase would clear them if they were left out. */
const KEPT = ['CreateTableDefaultPermissions', 'FederatedDatabase', 'TargetDatabase'];

/** A catalog database. Glue has no tags here that the catalog shows, so parameters carry ours. */
export const database: KindRules = {
  fields: {
    names: ['Description', 'LocationUri', 'Parameters'],
    shared: ['Parameters'],
  },
  owned: true,
  async read(aws, desired) {
    const found = await unlessAbsent(aws.glue.getDatabase({ Name: desired.name }));
    if (found === undefined) return undefined;
    const definition = toJsonObject(found.Database);
    return { definition, tags: stringMembers(definition['Parameters']) };
  },
  async create(aws, desired) {
    await aws.glue.createDatabase({ DatabaseInput: input(desired, {}) });
  },
  async update(aws, desired, live) {
    await aws.glue.updateDatabase({
      Name: desired.name,
      DatabaseInput: input(desired, live.definition),
    });
  },
  async adopt(aws, desired, live) {
    const definition = pick(live.definition, ['Name', 'Description', 'LocationUri']);
    await database.update(aws, { ...desired, definition }, live, []);
  },
  async delete(aws, desired) {
    // DeleteDatabase takes all of its tables along, those of others too.
    const tables = await unlessAbsent(aws.glue.getTables({ DatabaseName: desired.name }));
    const [left] = tables?.TableList ?? [];
    if (left !== undefined) {
      throw new DeployError(
        'deploy/still-used',
        `The database ${desired.name} holds the table ${left.Name}, which is not of this library.`,
        'Move that table to another database, or delete it if nobody needs it.',
      );
    }
    await unlessAbsent(aws.glue.deleteDatabase({ Name: desired.name }));
  },
};

function input(desired: Desired, live: JsonObject): DatabaseInput {
  const merged: Record<string, Json> = {
    ...pick(live, KEPT),
    ...desired.definition,
    Parameters: {
      ...stringMembers(live['Parameters']),
      ...stringMembers(desired.definition['Parameters']),
      ...desired.tags,
    },
  };
  return merged as unknown as DatabaseInput; // generated as this structure; Glue validates it
}
