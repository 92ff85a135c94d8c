// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import type { Fixture } from './fixture.ts';

/** Name of the connection that {@link addConnection} adds, without an environment. */
export const CONNECTION = 'stedi_crm';

/** Adds a connection to a network to a fixture, and gives the fixture back. */
export function addConnection(of: Fixture): Fixture {
  const file = 'connections/crm.json';
  of.files[file] = {
    ConnectionInput: {
      Name: `${of.library}\${suffix}_crm`,
      Description: 'Network crm.',
      ConnectionType: 'NETWORK',
      ConnectionProperties: {},
      PhysicalConnectionRequirements: {
        SubnetId: 'subnet-0a1b2c3d',
        SecurityGroupIdList: ['sg-0a1b2c3d', 'sg-0a1b2c3e'],
        AvailabilityZone: 'us-east-1a',
      },
    },
    Tags: { team: 'lake' },
  };
  of.resources.push({ id: 'connection/crm', kind: 'connection', file, dependsOn: [] });
  return of;
}
