import type { Network } from '../../algebra/library.ts';
import type { CheckedLibrary } from '../../check/index.ts';
import { connectionName, deployedName, ownerTags } from './names.ts';
import type { JsonObject } from './text.ts';
import { networkOf } from './zone-access.ts';

/** The networks that a library makes connections to, by name. */
export function madeNetworks(checked: CheckedLibrary): readonly Network[] {
  const used = checked.jobs.flatMap((job) => networkOf(checked, job) ?? []);
  const byName = new Map(
    used.flatMap((one) => (typeof one === 'object' ? [[one.name, one] as const] : [])),
  );
  return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * CreateConnection input of one network. It says where to go and not who one is: scripts read the secret of their database
 * themselves, so that nobody who may read connections learns a password.
 *
 * API reference, ConnectionInput: "`NETWORK` Connections do not require ConnectionParameters"; the member itself is required.
 */
export function connectionResource({ library }: CheckedLibrary, network: Network): JsonObject {
  const deployed = deployedName(library.name);
  return {
    ConnectionInput: {
      Name: connectionName(deployed, network.name),
      Description: `Network ${network.name} of ${library.name}.`,
      ConnectionType: 'NETWORK',
      ConnectionProperties: {},
      PhysicalConnectionRequirements: {
        SubnetId: network.subnet,
        SecurityGroupIdList: network.securityGroups,
        AvailabilityZone: network.availabilityZone,
      },
    },
    Tags: ownerTags(library.name),
  };
}
