import type { TableInput } from '@aws-sdk/client-glue';
import type { Aws } from '../clients.ts';
import type { Difference } from '../compare.ts';
import { DeployError } from '../errors.ts';
import { asObject, type JsonObject, omit, pick, toJsonObject } from '../json.ts';
import { pages } from '../pages.ts';
import { type Desired, type KindRules, type Live, stringMembers } from '../resource.ts';
import { unlessAbsent } from './absent.ts';

/** What GetTable answers and UpdateTable takes; UpdateTable clears what is left out. */
const INPUT_FIELDS = [
  'Description',
  'LastAccessTime',
  'LastAnalyzedTime',
  'Name',
  'Owner',
  'Parameters',
  'PartitionKeys',
  'Retention',
  'StorageDescriptor',
  'TableType',
  'TargetTable',
  'ViewDefinition',
  'ViewExpandedText',
  'ViewOriginalText',
];
/** Parameters that say where the data of an Iceberg table is; its writers move them on every commit. */
const POINTERS = ['metadata_location', 'previous_metadata_location'];
/** What makes it one. */
const ICEBERG = 'table_type';
const UPDATE_TRIES = 5;

/**
 * A catalog table. Where its data lies is for the jobs to say: every publish repoints
 * `StorageDescriptor.Location`, so an update keeps the live one, and passes the version it read so that a
 * publish in between is not undone.
 */
export const table: KindRules = {
  fields: {
    names: ['Description', 'Parameters', 'PartitionKeys', 'StorageDescriptor', 'TableType'],
    shared: ['Parameters', 'StorageDescriptor.Parameters'],
    runtime: ['StorageDescriptor.Location', ...POINTERS.map((name) => `Parameters.${name}`)],
    defaults: {
      'StorageDescriptor.Compressed': [false],
      'StorageDescriptor.NumberOfBuckets': [0, -1],
      'StorageDescriptor.StoredAsSubDirectories': [false],
      'StorageDescriptor.SkewedInfo': [
        { SkewedColumnNames: [], SkewedColumnValues: [], SkewedColumnValueLocationMaps: {} },
      ],
    },
  },
  owned: true,
  async read(aws, desired) {
    const definition = await readTable(aws, desired);
    if (definition === undefined) return undefined;
    return { definition, tags: stringMembers(definition['Parameters']) };
  },
  async readAll(aws, desired) {
    const found = new Map<string, Live>();
    for (const database of new Set(desired.map(databaseOf))) {
      const tables = await tablesOf(aws, database);
      for (const one of desired.filter((wanted) => databaseOf(wanted) === database)) {
        const definition = tables.get(tableOf(one));
        if (definition === undefined) continue;
        found.set(one.id, { definition, tags: stringMembers(definition['Parameters']) });
      }
    }
    return found;
  },
  async create(aws, desired) {
    await aws.glue.createTable({
      DatabaseName: databaseOf(desired),
      TableInput: input(desired, {}),
    });
  },
  async update(aws, desired, live, differences) {
    refuseOtherKind(desired, live, differences);
    let current = live.definition;
    for (let tries = 1; ; tries += 1) {
      try {
        return await updateTable(aws, desired, current);
      } catch (error) {
        // A job published just now: what it wrote is to be kept, so read again and try again.
        const raced = error instanceof Error && error.name === 'ConcurrentModificationException';
        if (!raced || tries === UPDATE_TRIES) throw error;
        current = (await readTable(aws, desired)) ?? current;
      }
    }
  },
  async adopt(aws, desired, live) {
    // As it is; parameters, our tags among them, are added to those that are there.
    const definition = omit(pick(live.definition, INPUT_FIELDS), ['Parameters']);
    await table.update(aws, { ...desired, definition }, live, []);
  },
  /** The catalog's entry only; the files stay where they are. */
  async delete(aws, desired) {
    const address = { DatabaseName: databaseOf(desired), Name: tableOf(desired) };
    await unlessAbsent(aws.glue.deleteTable(address));
  },
};

/**
 * Columns and files of an Iceberg table are what its metadata says; UpdateTable would only make the catalog say something else. Of
 * the library's own the next run writes other metadata, as it writes other files of Parquet. No table becomes one, or is one no
 * more: until the next run, readers would look for its rows where there are none.
 */
function refuseOtherKind(desired: Desired, live: Live, differences: readonly Difference[]): void {
  const isLive = isIceberg(live.definition);
  if (isIceberg(desired.definition)) {
    if (isLive) return;
    throw new DeployError(
      'deploy/iceberg-table',
      `${desired.name} is no Iceberg table in AWS, and would become one.`,
      'Give the Iceberg table another name. Or delete the entry in the catalog, deploy, and run its job.',
    );
  }
  const other = differences.find(({ path }) => /^(StorageDescriptor|PartitionKeys)\b/.test(path));
  if (!isLive || other === undefined) return;
  throw new DeployError(
    'deploy/iceberg-table',
    `${desired.name} is an Iceberg table in AWS, and ${other.path} of it would change.`,
    'Change it with a writer of Iceberg, or move the table to another name, so that the library makes its own.',
  );
}

function isIceberg(definition: JsonObject): boolean {
  return stringMembers(definition['Parameters'])[ICEBERG]?.toUpperCase() === 'ICEBERG';
}

async function readTable(aws: Aws, desired: Desired): Promise<JsonObject | undefined> {
  const address = { DatabaseName: databaseOf(desired), Name: tableOf(desired) };
  const found = await unlessAbsent(aws.glue.getTable(address));
  return found === undefined ? undefined : toJsonObject(found.Table);
}

/** By name; a hundred with a call. */
async function tablesOf(aws: Aws, database: string): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  const tables = pages(async (NextToken) => {
    const page = await unlessAbsent(
      aws.glue.getTables({ DatabaseName: database, MaxResults: 100, NextToken }),
    );
    return [page?.TableList, page?.NextToken];
  });
  for await (const one of tables) found.set(one.Name ?? '', toJsonObject(one));
  return found;
}

async function updateTable(aws: Aws, desired: Desired, live: JsonObject): Promise<void> {
  const version = live['VersionId'];
  await aws.glue.updateTable({
    DatabaseName: databaseOf(desired),
    TableInput: input(desired, pick(live, INPUT_FIELDS)),
    ...(typeof version === 'string' ? { VersionId: version } : {}),
  });
}

function input(desired: Desired, live: JsonObject): TableInput {
  const storage = asObject(desired.definition['StorageDescriptor']);
  const liveStorage = asObject(live['StorageDescriptor']);
  const parameters = stringMembers(live['Parameters']);
  const merged: JsonObject = {
    ...omit(live, ['Description', 'PartitionKeys', 'TableType']),
    ...desired.definition,
    StorageDescriptor: {
      ...storage,
      ...sharedParameters(storage, liveStorage),
      ...pick(liveStorage, ['Location']),
    },
    Parameters: {
      ...parameters,
      ...stringMembers(desired.definition['Parameters']),
      ...desired.tags,
      ...pick(parameters, [...POINTERS, ICEBERG]),
    },
  };
  return withDates(merged) as TableInput; // generated as this structure; Glue validates it
}

function sharedParameters(storage: JsonObject, live: JsonObject): JsonObject {
  const both = { ...stringMembers(live['Parameters']), ...stringMembers(storage['Parameters']) };
  return Object.keys(both).length === 0 ? {} : { Parameters: both };
}

/** The SDK wants dates where JSON has text. */
function withDates(table: JsonObject): object {
  const dates = ['LastAccessTime', 'LastAnalyzedTime'].flatMap((name): [string, Date][] => {
    const value = table[name];
    return typeof value === 'string' ? [[name, new Date(value)]] : [];
  });
  return { ...table, ...Object.fromEntries(dates) };
}

function databaseOf(desired: Desired): string {
  return desired.name.slice(0, desired.name.indexOf('.'));
}

function tableOf(desired: Desired): string {
  return desired.name.slice(desired.name.indexOf('.') + 1);
}
