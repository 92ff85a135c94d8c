import { readFile } from 'node:fs/promises';
import { DeployError } from './errors.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from './json.ts';
import { LIBRARY_NAME } from './manifest.ts';
import { type Choices, FORMAT_VERSION, type PlanDocument, planDocument } from './plan-document.ts';
import { printable } from './printable.ts';

/** A plan that was written to a file, to be looked at and deployed later. */
export interface SavedPlan {
  readonly library: string;
  readonly bucket: string;
  /** As it is called in the file of environments. */
  readonly environment?: { readonly name: string; readonly branch?: string };
  readonly choices: Choices;
  /** The document as it was read; nothing of it is trusted but that it must equal what would be done now. */
  readonly document: JsonObject;
}

const MOST_NAMED = 10;

/**
 * Reads a plan that `plan --out` wrote.
 *
 * @throws DeployError `deploy/plan-unreadable`
 */
export async function readSavedPlan(file: string): Promise<SavedPlan> {
  const unreadable = (what: string, cause?: unknown): never => {
    const hint = 'Write one with `npm run plan -- --bucket BUCKET --out FILE`.';
    throw new DeployError('deploy/plan-unreadable', `${file} ${what}.`, hint, { cause });
  };
  const text = await readFile(file, 'utf8').catch((cause: unknown) =>
    unreadable('cannot be read', cause),
  );
  const document = parsed(text);
  if (!isJsonObject(document) || document['formatVersion'] === undefined) {
    return unreadable('is not a plan');
  }
  if (document['formatVersion'] !== FORMAT_VERSION) {
    return unreadable(`is a plan of another version of lakewright`);
  }
  const { library, destination, changes } = document;
  const bucket = isJsonObject(destination) ? destination['bucket'] : undefined;
  const choices = choicesOf(document['choices']);
  if (typeof library !== 'string' || !LIBRARY_NAME.test(library) || typeof bucket !== 'string') {
    return unreadable('is not a whole plan');
  }
  if (choices === undefined || !Array.isArray(changes)) return unreadable('is not a whole plan');
  const environment = environmentOf(isJsonObject(destination) ? destination['environment'] : {});
  return { library, bucket, choices, document, ...environment };
}

function environmentOf(value: Json | undefined): Pick<SavedPlan, 'environment'> {
  if (!isJsonObject(value) || typeof value['declared'] !== 'string') return {};
  const { declared: name, branch } = value;
  return { environment: { name, ...(typeof branch === 'string' ? { branch } : {}) } };
}

function choicesOf(value: Json | undefined): Choices | undefined {
  if (!isJsonObject(value)) return undefined;
  const { createBucket, lakeFormation, select, prune = false, pruneTables = false } = value;
  if (typeof createBucket !== 'boolean' || typeof lakeFormation !== 'boolean') return undefined;
  if (!Array.isArray(select) || !select.every((one: Json) => typeof one === 'string'))
    return undefined;
  if (typeof prune !== 'boolean' || typeof pruneTables !== 'boolean') return undefined;
  return { createBucket, lakeFormation, select: select.map(String), prune, pruneTables };
}

/**
 * Refuses to deploy something else than what was saved: the generated files, AWS, or what people allowed may have moved since.
 *
 * @throws DeployError `deploy/plan-outdated`, which names what moved
 */
export function refuseMoved(
  saved: SavedPlan,
  present: Parameters<typeof planDocument>[0],
): undefined {
  const now: PlanDocument = planDocument(present);
  const moved = [...movedParts(saved.document, now), ...movedResources(saved.document, now)];
  if (moved.length === 0) return;
  const named = moved.slice(0, MOST_NAMED).map(printable);
  const more = moved.length > MOST_NAMED ? [`and ${moved.length - MOST_NAMED} more`] : [];
  throw new DeployError(
    'deploy/plan-outdated',
    `Since this plan was saved, something else moved: ${[...named, ...more].join('; ')}.`,
    'Look at a new plan: `npm run plan`.',
  );
}

function movedParts(saved: JsonObject, now: PlanDocument): readonly string[] {
  const other = (name: 'destination' | 'exceptions'): boolean => {
    const present = now[name] as unknown as Json; // a plain JSON value by its type's members
    return canonicalJson(saved[name] ?? null) !== canonicalJson(present);
  };
  const { account, region, bucket } = now.destination;
  return [
    ...(other('destination')
      ? [
          `this is account ${account}, ${region}, bucket ${bucket}, and its environment as it is now`,
        ]
      : []),
    ...(other('exceptions') ? ['what people allowed in the library'] : []),
  ];
}

function movedResources(saved: JsonObject, now: PlanDocument): readonly string[] {
  const before = byId(saved['changes'] ?? []);
  const after = byId(now.changes as unknown as Json); // likewise
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, present] = [before.get(id), after.get(id)];
    if (old === undefined) return [`${id} would be changed too`];
    if (present === undefined) return [`${id} needs no change any more`];
    return canonicalJson(old) === canonicalJson(present)
      ? []
      : [`${id} would be changed otherwise`];
  });
}

function byId(changes: Json): ReadonlyMap<string, Json> {
  const list = Array.isArray(changes) ? changes : [];
  return new Map(
    list.map((one: Json) => [isJsonObject(one) ? String(one['id']) : 'a resource', one]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
