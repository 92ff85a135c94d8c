import { daysKept } from '../../algebra/library.ts';
import type { CheckedLibrary } from '../../check/index.ts';
import { deployedName, jobName, quarantineRuleId } from './names.ts';
import { bucket } from './parameters.ts';
import type { JsonObject } from './text.ts';
import { parsedTables, QUARANTINE } from './zone-access.ts';

/** S3 takes 1,000 rules in a bucket (API reference, PutBucketLifecycleConfiguration), which others have some of too. */
const MOST_RULES = 500;

/**
 * The library's rules in the lifecycle of the lake's bucket, which others may have rules in too: lines that jobs set aside go after as many
 * days as the library promises, also where no run comes any more to delete them. Each rule is about the prefix of one job and one table,
 * since another library's jobs may promise more days for theirs. Undefined where no job sets lines aside, or too many do.
 *
 * S3 counts days from when an object was made and rounds up to the next midnight UTC (user guide, "Lifecycle configuration
 * elements"), so none goes early. Where the bucket keeps versions, an object that expired is one of them, which takes a day more.
 */
export function bucketLifecycleResource(checked: CheckedLibrary): JsonObject | undefined {
  const library = deployedName(checked.library.name);
  const days = daysKept(checked.library);
  const rules = checked.jobs.flatMap((job) =>
    parsedTables(checked, job).map((table) => ({
      ID: quarantineRuleId(library, table, job.job.name),
      Filter: { Prefix: `${QUARANTINE}/${table}/${jobName(library, job.job.name)}/` },
      Status: 'Enabled',
      Expiration: { Days: days },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      // Parts of an upload that died hold lines too.
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: days },
    })),
  );
  if (rules.length === 0 || rules.length > MOST_RULES) return undefined;
  return { Bucket: bucket, Rules: rules };
}
