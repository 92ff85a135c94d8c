import { DeployError } from './errors.ts';
import { asObject } from './json.ts';
import { printable } from './printable.ts';
import type { Desired } from './resource.ts';

/**
 * Refuses what lies in another region than the deployment: Glue would take it, and runs would find out.
 *
 * @throws DeployError `deploy/other-region`
 */
export function refuseElsewhere(desired: readonly Desired[], region: string): void {
  for (const { kind, definition } of desired) {
    if (kind === 'connection') {
      const { AvailabilityZone: zone } = asObject(definition['PhysicalConnectionRequirements']);
      if (!String(zone).startsWith(region)) throw elsewhere('availability zone', zone, region);
    }
    if (kind === 'security-configuration') {
      const said = asObject(definition['EncryptionConfiguration']);
      const { KmsKeyArn: key } = asObject(said['CloudWatchEncryption']);
      // arn:aws:kms:REGION:ACCOUNT:key/ID
      if (String(key).split(':')[3] !== region) throw elsewhere('key', key, region);
    }
  }
}

function elsewhere(what: string, found: unknown, region: string): DeployError {
  return new DeployError(
    'deploy/other-region',
    `The ${what} ${printable(String(found))} is not in ${region}, where this deployment goes.`,
    'Name one of that region in the library or, as `logsKey` and `networks`, in the environment.',
  );
}
