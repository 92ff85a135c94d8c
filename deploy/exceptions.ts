import { DeployError } from './errors.ts';
import { isJsonObject, type JsonObject } from './json.ts';

/** Something that a person allowed in a job although no rule does, as `manifest.json` lists it. */
export interface AllowedException {
  readonly job: string;
  /** `column score of trusted.answer: quasi-identifier to none` */
  readonly what: string;
  readonly reason: string;
  /** Absent where rows of two people who both consent may meet: the author alone says so, and it does not end. */
  readonly permit?: { readonly reviewer: string; readonly expires: string };
}

/** The exceptions of a manifest; undefined where they are not what a generation writes. */
export function parseExceptions(manifest: JsonObject): readonly AllowedException[] | undefined {
  const { declassifications, crossSubjects } = manifest;
  if (!Array.isArray(declassifications) || !Array.isArray(crossSubjects)) return undefined;
  const parsed = [...declassifications.map(declassification), ...crossSubjects.map(crossSubject)];
  const found = parsed.filter((one) => one !== undefined);
  return found.length === parsed.length ? found : undefined;
}

function declassification(entry: unknown): AllowedException | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { job, table, column, reason, reviewer, expires } = entry;
  const [from, to] = [texts(entry['from']), texts(entry['to'])];
  if (!isText(job) || !isText(table) || !isText(reason) || !isText(reviewer)) return undefined;
  if (!isText(expires) || !/^\d{4}-\d{2}-\d{2}$/.test(expires) || !from || !to) return undefined;
  const kept = to.length === 0 ? 'none' : to.join(', ');
  const whose = isText(column) ? `column ${column}` : 'rows';
  const what = `${whose} for ${table}: ${from.join(', ')} to ${kept}`;
  return { job, what, reason, permit: { reviewer, expires } };
}

function crossSubject(entry: unknown): AllowedException | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { job, table, reason, on } = entry;
  if (!isText(job) || !isText(table) || !isText(reason) || !Array.isArray(on)) return undefined;
  const pairs = on.flatMap((pair: unknown) =>
    isJsonObject(pair) ? [`${String(pair['left'])} = ${String(pair['right'])}`] : [],
  );
  const joined = pairs.length === 0 ? 'on no column' : `on ${pairs.join(' and ')}`;
  const what = `rows of two people for ${table} meet, joined ${joined}`;
  return { job, what, reason };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every(isText) ? value : undefined;
}

/**
 * Refuses a library in which something was allowed until a day that is over, in UTC.
 * @throws DeployError `deploy/declassify-expired`
 */
export function refuseExpired(exceptions: readonly AllowedException[], now: Date): void {
  const today = now.toISOString().slice(0, 10);
  const expired = exceptions.filter(({ permit }) => permit && permit.expires < today);
  if (expired.length === 0) return;
  const said = expired.map(
    ({ job, what, permit }) =>
      `${job}, ${what} (until ${permit?.expires}, allowed by ${permit?.reviewer})`,
  );
  throw new DeployError(
    'deploy/declassify-expired',
    `What people allowed is over: ${said.join('; ')}.`,
    'Have it reviewed again or take it out of the library, then run `npm run generate`.',
  );
}
