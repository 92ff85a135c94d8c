import type { Job } from '../../algebra/library.ts';
import { pseudonymPurposes } from '../../algebra/pseudonyms.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { pseudonymSecret } from './names.ts';

/**
 * Id of the secret that a job's script reads as `--pseudonym_key`.
 * @throws InternalError unless the job makes pseudonyms for one purpose, which the compiler's check sees to
 */
export function pseudonymSecretOf(library: string, job: Job): string {
  const [purpose, ...others] = pseudonymPurposes(job.rows);
  if (purpose === undefined || others.length > 0) {
    throw new InternalError(`the job ${job.name} makes pseudonyms for no purpose, or for several`);
  }
  return pseudonymSecret(library, purpose);
}
