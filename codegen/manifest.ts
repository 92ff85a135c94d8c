import { createHash } from 'node:crypto';
import type { ResourceFile } from './resources/index.ts';
import { type JsonObject, jsonText } from './resources/text.ts';

/** Version of the generator; the manifest is the only place that holds it. */
export const GENERATOR_VERSION = '0.1.0';

/**
 * `manifest.json`: what a deployment makes, in an order in which it can be made, with the hash of each file; and the other
 * files, so that a later generation knows which files are its own.
 * @param jobs names of the jobs, in the order of their data
 * @param claims what the compiler claims of each job's table, and what people allowed
 */
export function manifestJson(
  library: string,
  jobs: readonly string[],
  files: readonly ResourceFile[],
  documents: readonly string[],
  claims: JsonObject,
): string {
  return jsonText({
    lakewright: GENERATOR_VERSION,
    library,
    jobs,
    resources: files.flatMap(({ path, text, resources }) =>
      resources.map(({ id, kind, dependsOn }) => ({
        id,
        kind,
        file: path,
        sha256: sha256(text),
        dependsOn,
      })),
    ),
    documents,
    ...claims,
  });
}

/** Files that a manifest lists, all below its folder; nothing where the text is no manifest. */
export function listedFiles(manifest: string): readonly string[] {
  const parsed = parse(manifest);
  if (typeof parsed !== 'object' || parsed === null || !('lakewright' in parsed)) return [];
  const resources: unknown[] =
    'resources' in parsed && Array.isArray(parsed.resources) ? parsed.resources : [];
  const documents: unknown[] =
    'documents' in parsed && Array.isArray(parsed.documents) ? parsed.documents : [];
  const paths = [...resources.map(fileOf), ...documents];
  return [...new Set(paths.filter((path) => typeof path === 'string').filter(staysBelow))];
}

function fileOf(resource: unknown): unknown {
  return typeof resource === 'object' && resource !== null && 'file' in resource
    ? resource.file
    : undefined;
}

function staysBelow(path: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/.test(path);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
