import { desiredState } from '../deploy/desired-state.ts';
import type { Environment } from '../deploy/environments.ts';
import { type AllowedException, refuseExpired } from '../deploy/exceptions.ts';
import { isJsonObject, type JsonObject, omit } from '../deploy/json.ts';
import { type Generated, type ResourceKind, readGenerated } from '../deploy/manifest.ts';
import { type Desired, LIBRARY_TAG } from '../deploy/resource.ts';
import { OpenTexts } from './open-text.ts';

/** One resource of a library, its account, region and bucket left open. */
export interface Resource {
  /** Of the manifest: `job/customer_trusted`. */
  readonly id: string;
  readonly kind: ResourceKind;
  /** Name in AWS; of a table `<database>.<table>`, of a script its `s3://` URI. */
  readonly name: string;
  /** Input of the call that would create it, without tags. */
  readonly definition: Desired['definition'];
  /** The author's tags. Those by which lakewright's own deployer knows what it owns are not among them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of resources that must exist before. */
  readonly dependsOn: readonly string[];
  /** Bytes of a script or support module. */
  readonly body?: Buffer;
}

/** A generated library as exports read it. */
export interface Library {
  readonly name: string;
  /** Whose names, sizes, networks and tags it has; absent: all are as generated. */
  readonly environment?: Environment;
  /** In an order in which they can be created. */
  readonly resources: readonly Resource[];
  /** Takes apart the texts of definitions. */
  readonly open: OpenTexts;
  /** What people allowed although no rule does. */
  readonly exceptions: readonly AllowedException[];
}

/**
 * Reads `generated/<library>` for an export.
 *
 * @param now what decides which exceptions are over
 * @throws DeployError where the files are not as generated, something was allowed until a day that is over, or the environment
 * names what the library does not have
 */
export async function readLibrary(
  directory: string,
  now: Date,
  environment?: Environment,
): Promise<Library> {
  const generated = await readGenerated(directory);
  refuseExpired(generated.exceptions, now);
  return openLibrary(generated, environment);
}

/** A generated library with account, region and bucket left open. Pure. @throws as {@link readLibrary} */
export function openLibrary(generated: Generated, environment?: Environment): Library {
  const own = environment === undefined ? {} : { environment };
  const open = new OpenTexts([...generated.files.values()].map((bytes) => bytes.toString('utf8')));
  const dependsOn = new Map(generated.resources.map((one) => [one.id, one.dependsOn]));
  const kinds = new Map(generated.resources.map((one) => [one.id, one.kind]));
  const desired = desiredState(generated, {
    account: open.placeholder('account'),
    region: open.placeholder('region'),
    bucket: open.placeholder('bucket'),
    ...own,
  });
  const resources = desired.flatMap((one): readonly Resource[] => {
    const kind = kinds.get(one.id);
    if (kind === undefined) return [];
    const definition = withoutOwner(one.definition);
    const needs = dependsOn.get(one.id) ?? [];
    return [{ ...one, kind, definition, tags: authorTags(one), dependsOn: needs }];
  });
  return { name: generated.library, ...own, resources, open, exceptions: generated.exceptions };
}

/** Tables and databases carry the deployer's tags as parameters. */
function withoutOwner(definition: JsonObject): JsonObject {
  const parameters = definition['Parameters'];
  if (!isJsonObject(parameters)) return definition;
  return { ...definition, Parameters: omit(parameters, [LIBRARY_TAG]) };
}

/** Without the deployer's tags, `deploy-jobs` refuses to take over what another tool owns. */
function authorTags({ tags }: Desired): Readonly<Record<string, string>> {
  const prefix = LIBRARY_TAG.slice(0, LIBRARY_TAG.indexOf(':') + 1);
  return Object.fromEntries(Object.entries(tags).filter(([name]) => !name.startsWith(prefix)));
}

/** The resources of one kind, in their order. */
export function ofKind(library: Library, kind: ResourceKind): readonly Resource[] {
  return library.resources.filter((one) => one.kind === kind);
}

/** A resource's id without its kind: `customer_trusted`. */
export function localName(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
