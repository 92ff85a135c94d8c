import type { ConnectionInput } from '@aws-sdk/client-glue';
import type { Aws } from '../clients.ts';
import { asObject, type JsonObject, toJsonObject } from '../json.ts';
import type { Desired, KindRules } from '../resource.ts';
import { unlessAbsent } from './absent.ts';
import { definitionDiffers, glueArn, glueTags, tagGlue, tagsDiffer } from './tags.ts';

/** A Glue connection to a network. An update overwrites the whole definition, as UpdateConnection does. */
export const connection: KindRules = {
  fields: {
    names: [
      'AthenaProperties',
      'AuthenticationConfiguration',
      'ConnectionProperties',
      'ConnectionType',
      'Description',
      'MatchCriteria',
      'PhysicalConnectionRequirements',
      'PythonProperties',
      'SparkProperties',
    ],
  },
  owned: true,
  async read(aws, desired) {
    // Ours has no password; one that somebody put into it is none of ours to read.
    const asked = { Name: desired.name, HidePassword: true };
    const found = await unlessAbsent(aws.glue.getConnection(asked));
    if (found === undefined) return undefined;
    const tags = await glueTags(aws, glueArn(aws, 'connection', desired.name));
    return { definition: inOrder(toJsonObject(found.Connection)), tags };
  },
  async create(aws, desired) {
    await aws.glue.createConnection({ ConnectionInput: inputOf(desired), Tags: desired.tags });
  },
  async update(aws, desired, _live, differences) {
    if (definitionDiffers(differences)) {
      await aws.glue.updateConnection({ Name: desired.name, ConnectionInput: inputOf(desired) });
    }
    if (tagsDiffer(differences)) await tag(aws, desired);
  },
  adopt: tag,
  async delete(aws, desired) {
    await unlessAbsent(aws.glue.deleteConnection({ ConnectionName: desired.name }));
  },
};

/** The connection of a generated file. */
export function readConnection(
  input: JsonObject,
): { name: string; definition: JsonObject } | undefined {
  const definition = asObject(input['ConnectionInput']);
  const { Name: name } = definition;
  return typeof name === 'string' && name !== ''
    ? { name, definition: inOrder(definition) }
    : undefined;
}

/** Security groups are a set, which nobody promises to give back in the order of the list. */
function inOrder(definition: JsonObject): JsonObject {
  const place = asObject(definition['PhysicalConnectionRequirements']);
  const { SecurityGroupIdList: groups } = place;
  if (!Array.isArray(groups)) return definition;
  const sorted = { ...place, SecurityGroupIdList: groups.map(String).sort() };
  return { ...definition, PhysicalConnectionRequirements: sorted };
}

function inputOf({ definition }: Desired): ConnectionInput {
  return definition as unknown as ConnectionInput; // generated as this structure; Glue validates it
}

async function tag(aws: Aws, desired: Desired): Promise<void> {
  await tagGlue(aws, 'connection', desired);
}
