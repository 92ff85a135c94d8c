import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { DeployError } from './errors.ts';
import { type AllowedException, parseExceptions } from './exceptions.ts';
import { type GraphJob, parseGraph } from './job-graph.ts';
import { isJsonObject } from './json.ts';

/** Kinds of resources a manifest may list. */
export const RESOURCE_KINDS = [
  'script',
  'support',
  'role',
  'database',
  'table',
  'job',
  'workflow',
  'trigger',
  'key',
  'bucket-policy',
  'data-tag',
  'data-access',
  'ruleset',
  'alarm',
  'connection',
  'security-configuration',
  'bucket-lifecycle',
] as const;

/** Kind of one resource of a manifest. */
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** One resource of `manifest.json`. */
export interface ManifestResource {
  /** `<kind>/<name>`, unique. */
  readonly id: string;
  readonly kind: ResourceKind;
  /** Path below the library's folder, with `/`. */
  readonly file: string;
  /** Of the file's bytes, 64 hex digits. */
  readonly sha256: string;
  /** Ids that must exist before; all listed earlier in the manifest. */
  readonly dependsOn: readonly string[];
}

/** `generated/<library>/manifest.json` with the files it lists, checked against their hashes. */
export interface Generated {
  readonly library: string;
  /** In the order of the manifest, which is a valid order of creation. */
  readonly resources: readonly ManifestResource[];
  /** In the order of their data. */
  readonly graph: readonly GraphJob[];
  /** What people allowed although no rule does, for every plan to show. */
  readonly exceptions: readonly AllowedException[];
  /** Text of `manifest.json`. */
  readonly manifest: string;
  /** Bytes by the `file` of a resource. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Of a library, in a manifest. */
export const LIBRARY_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;
const REGENERATE = 'Run `npm run generate` again.';

/**
 * Reads a generated library from disk. Nothing outside its folder is read.
 *
 * @param directory `generated/<library>`
 * @throws DeployError `deploy/manifest-missing`, `deploy/manifest-invalid`, `deploy/file-missing`, or
 * `deploy/generated-edited` when a file is not the one that was generated
 */
export async function readGenerated(directory: string): Promise<Generated> {
  const path = join(directory, 'manifest.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DeployError(
      'deploy/manifest-missing',
      `There is no generated library in ${directory}: ${path} cannot be read.`,
      'Run `npm run generate` first, or name another library.',
      { cause },
    );
  });
  const { library, resources, graph, exceptions } = parseManifest(text, path);
  const names = [...new Set(resources.map((resource) => resource.file))];
  const files = new Map<string, Buffer>();
  for (const name of names) files.set(name, await readListed(directory, name));
  checkHashes(directory, resources, files);
  return { library, resources, graph, exceptions, manifest: text, files };
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readListed(directory: string, name: string): Promise<Buffer> {
  return await readFile(join(directory, name)).catch((cause: unknown) => {
    const message = `${join(directory, name)} is listed in the manifest but cannot be read.`;
    throw new DeployError('deploy/file-missing', message, REGENERATE, { cause });
  });
}

function checkHashes(
  directory: string,
  resources: readonly ManifestResource[],
  files: ReadonlyMap<string, Buffer>,
): void {
  const digests = new Map([...files].map(([name, bytes]) => [name, sha256(bytes)]));
  const edited = resources.filter((resource) => digests.get(resource.file) !== resource.sha256);
  if (edited.length === 0) return;
  const names = [...new Set(edited.map((resource) => join(directory, resource.file)))];
  throw new DeployError(
    'deploy/generated-edited',
    `Not as generated, so edited by hand or half-written: ${names.join(', ')}.`,
    'Change the library instead and run `npm run generate`, which writes these files anew.',
  );
}

type Parsed = Omit<Generated, 'files' | 'manifest'>;

function parseManifest(text: string, path: string): Parsed {
  const fail = (what: string): never => {
    throw new DeployError('deploy/manifest-invalid', `${path}: ${what}.`, REGENERATE);
  };
  const manifest = parseJson(text) ?? fail('it is not JSON');
  if (!isJsonObject(manifest)) return fail('it is not one JSON object');
  const { library, resources } = manifest;
  if (typeof library !== 'string' || !LIBRARY_NAME.test(library)) {
    return fail(`library is ${JSON.stringify(library)}, not a name of letters, digits, _ and -`);
  }
  if (!Array.isArray(resources)) return fail('resources is not a list');
  const seen = new Set<string>();
  const parsed = resources.map((entry: unknown, index) => {
    const resource = parseResource(entry) ?? fail(`resources[${index}] is not a resource`);
    if (seen.has(resource.id)) fail(`${resource.id} is listed twice`);
    const early = resource.dependsOn.find((id) => !seen.has(id));
    if (early !== undefined)
      fail(`${resource.id} depends on ${early}, which is not listed before it`);
    seen.add(resource.id);
    return resource;
  });
  const exceptions =
    parseExceptions(manifest) ?? fail('declassifications or crossSubjects are not as generated');
  const graph = parseGraph(manifest) ?? fail('graph is not as generated');
  return { library, resources: parsed, graph, exceptions };
}

function parseResource(entry: unknown): ManifestResource | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { id, file, sha256: digest, dependsOn } = entry;
  const kind = RESOURCE_KINDS.find((known) => known === entry['kind']);
  if (typeof id !== 'string' || kind === undefined || !id.startsWith(`${kind}/`)) return undefined;
  if (typeof file !== 'string' || !staysInside(file)) return undefined;
  if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return undefined;
  if (!Array.isArray(dependsOn)) return undefined;
  const needed = dependsOn.filter((needs) => typeof needs === 'string');
  if (needed.length !== dependsOn.length) return undefined;
  return { id, kind, file, sha256: digest, dependsOn: needed };
}

/** Whether a path of a manifest stays below its folder. */
export function staysInside(file: string): boolean {
  const normal = posix.normalize(file);
  return normal === file && !posix.isAbsolute(file) && !/^\.\.?(\/|$)|[\\:\0]/.test(file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
