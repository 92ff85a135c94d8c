import type { CheckedLibrary } from '../../check/index.ts';
import type { Ruleset } from '../quality.ts';
import { tableOf, zoneOf } from './catalog.ts';
import { databaseName, deployedName, ownerTags, rulesetName } from './names.ts';
import { describe, type JsonObject, LONGEST_DESCRIPTION, literal } from './text.ts';

/**
 * CreateDataQualityRuleset input of what is expected of one table: the rules of its `.dqdl` file, word for word.
 */
export function rulesetResource({ library }: CheckedLibrary, ruleset: Ruleset): JsonObject {
  const { table, text } = ruleset;
  const deployed = deployedName(library.name);
  const [zone, name] = [zoneOf(table), tableOf(table)];
  return {
    Name: rulesetName(deployed, zone, name),
    Description: describe(`What is expected of ${table}.`, LONGEST_DESCRIPTION),
    Ruleset: literal(text),
    TargetTable: { DatabaseName: databaseName(deployed, zone), TableName: name },
    Tags: ownerTags(library.name),
  };
}
