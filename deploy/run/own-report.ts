import type { Aws } from '../clients.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { unlessAbsent } from '../kinds/absent.ts';
import { unlessDenied } from '../kinds/many.ts';
import { readObject } from '../object-bytes.ts';
import { isRefusal } from './outcome.ts';
import type { JobStep } from './status.ts';

/**
 * What a job said itself of a run (`codegen/support/lakewright_runtime.py`): rows of its inputs, steps and output, and why it failed;
 * never a value of a row. Undefined where it came not so far, or the caller may not read it.
 */
export async function ownReport(aws: Aws, step: JobStep): Promise<JsonObject | undefined> {
  const [, Bucket, folder] = /^s3:\/\/([^/]+)\/(.+?)\/?$/.exec(await folderOf(aws, step)) ?? [];
  if (Bucket === undefined) return undefined;
  const Key = `${folder}/${step.job}/${step.run}.json`;
  const found = await unlessDenied(readObject(aws.s3, { Bucket, Key }));
  return found === undefined ? undefined : reportIn(found.bytes.toString('utf8'), step);
}

/** Glue does not say whether a run tells arguments that only its job has, so the job is asked where the run tells none. */
async function folderOf({ glue }: Aws, { job, arguments: given }: JobStep): Promise<string> {
  if (given['--report'] !== undefined) return given['--report'];
  const found = await unlessDenied(unlessAbsent(glue.getJob({ JobName: job })));
  return found?.Job?.NonOverridableArguments?.['--report'] ?? '';
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
