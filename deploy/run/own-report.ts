import type { Aws } from '../clients.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { unlessAbsent } from '../kinds/absent.ts';
import { unlessDenied } from '../kinds/many.ts';
import { readObject } from '../object-bytes.ts';
import { allOf } from '../pages.ts';
import { isRefusal, outputGroup } from './outcome.ts';
import type { JobStep } from './status.ts';

/** What every report begins with in the log, where it is one line (`codegen/support/lakewright_runtime.py`). */
const LOGGED = 'lakewright: {';

/**
 * What a job said itself of a run (`codegen/support/lakewright_runtime.py`): rows of its inputs, steps and output, and why it failed;
 * never a value of a row. From the bucket, or where it is not there or not the caller's to read, from the job's log. Undefined where
 * the job came not so far, or neither can be read.
 *
 * @param role name of the job's role
 */
export async function ownReport(
  aws: Aws,
  given: JobStep,
  role: string,
): Promise<JsonObject | undefined> {
  const step = { ...given, arguments: await argumentsOf(aws, given) };
  return (await inBucket(aws, step)) ?? (await inLog(aws, step, role));
}

/** Glue does not say whether a run tells arguments that only its job has, so the job is asked where the run does not. */
async function argumentsOf(
  { glue }: Aws,
  { job, arguments: given }: JobStep,
): Promise<JobStep['arguments']> {
  if (given['--report'] !== undefined) return given;
  const found = await unlessDenied(unlessAbsent(glue.getJob({ JobName: job })));
  return { ...given, ...found?.Job?.NonOverridableArguments };
}

async function inBucket(aws: Aws, step: JobStep): Promise<JsonObject | undefined> {
  const place = step.arguments['--report'] ?? '';
  const [, Bucket, folder] = /^s3:\/\/([^/]+)\/(.+?)\/?$/.exec(place) ?? [];
  if (Bucket === undefined) return undefined;
  const Key = `${folder}/${step.job}/${step.run}.json`;
  const found = await unlessDenied(readObject(aws.s3, { Bucket, Key }));
  return found === undefined ? undefined : reportIn(found.bytes.toString('utf8'), step);
}

/** The stream's name begins with the run's id, whatever Glue lets follow. */
async function inLog({ logs }: Aws, step: JobStep, role: string): Promise<JsonObject | undefined> {
  const lines = allOf(async (nextToken) => {
    const page = await logs.filterLogEvents({
      logGroupName: outputGroup(step, role),
      logStreamNamePrefix: step.run,
      filterPattern: JSON.stringify(LOGGED),
      nextToken,
    });
    return [page.events, page.nextToken];
  });
  for (const { message = '' } of (await unlessDenied(unlessAbsent(lines))) ?? []) {
    const report = reportIn(message.slice(message.indexOf(LOGGED) + LOGGED.length - 1), step);
    if (report !== undefined) return report;
  }
  return undefined;
}

function reportIn(text: string, { run }: JobStep): JsonObject | undefined {
  try {
    const report: Json = JSON.parse(text);
    const isOfRun = isJsonObject(report) && report['run_id'] === run;
    return isOfRun && isJsonObject(report['inputs']) && Array.isArray(report['steps'])
      ? report
      : undefined;
  } catch {
    return undefined;
  }
}

/** A job that failed with its own words in place of Glue's, where Glue did not pass them on. */
export function inOwnWords(step: JobStep, report: JsonObject | undefined): JobStep {
  const { failed, failed_line: line } = report ?? {};
  if (step.state !== 'failed' || typeof failed !== 'string' || isRefusal(step.error)) return step;
  if (step.error?.includes(failed)) return step;
  const at = typeof line === 'number' ? ` (line ${line})` : '';
  return { ...step, error: `JobFailed: ${failed}${at}` };
}
