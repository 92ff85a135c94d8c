import { explained } from './aws-errors.ts';
import { connect } from './clients.ts';
import { checkBucketName, keyPrefix } from './desired-state.ts';
import { type LockRecord, lockPlace, unlock } from './lock/index.ts';
import { readGenerated } from './manifest.ts';
import { destinationOf, type TargetOptions } from './survey.ts';

/**
 * Takes the lock of a library from a deployment that is dead.
 *
 * @param id what the message of `deploy/locked` names
 * @returns whose it was
 * @throws DeployError `deploy/lock-other` where that deployment does not hold it
 */
export async function forceUnlock(options: TargetOptions, id: string): Promise<LockRecord> {
  checkBucketName(options.bucket);
  const { library } = await readGenerated(options.directory);
  try {
    const aws = await connect(options);
    const place = lockPlace(options.bucket, keyPrefix(library, destinationOf(aws, options)));
    return await unlock(aws, place, id);
  } catch (error) {
    throw explained(error, options);
  }
}
