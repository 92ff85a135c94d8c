import { expect } from 'chai';
import type { Jdbc } from '../../../algebra/library.ts';
import { check } from '../../../check/index.ts';
import { generate, noWords } from '../../../codegen/index.ts';
import { deployedName } from '../../../codegen/resources/names.ts';
import { account, region } from '../../../codegen/resources/parameters.ts';
import { customers, job, keepConsented, library, sink, source } from '../../check/plain.ts';

const database: Jdbc = {
  kind: 'jdbc',
  connection: 'crm',
  schema: 'public',
  table: 'customer',
  fetchSize: 10_000,
  network: 'vpc-of-crm',
};

describe('a library whose people are in a database', () => {
  const generated = (format: Jdbc): ReadonlyMap<string, string> => {
    const { checked } = check(
      library(
        [
          job('research', keepConsented(source('landing.customer')), sink('trusted', 'research')),
          job('copied', source('trusted.research'), sink('trusted', 'copied')),
        ],
        { tables: [{ ...customers, format }] },
      ),
    );
    if (!checked) throw new TypeError('the library is wrong');
    return generate(checked, noWords);
  };
  const files = generated(database);
  const json = (path: string) => JSON.parse(files.get(path) ?? '');

  it('has no place, table, key or access of it in the lake', () => {
    const manifest = json('manifest.json');
    const landing = manifest.resources.filter(({ id }: { id: string }) => /landing/.test(id));
    expect(landing).to.deep.equal([]);
    expect([...files.keys()].filter((path) => path.includes('landing'))).to.deep.equal([]);
    for (const path of ['bucket-policy.json', 'roles/research.json', 'policies/erasure.json'])
      expect(files.get(path), path).not.to.include('landing');
  });

  it('has a job that is told the secret, and whose role reads no other', () => {
    const named = deployedName('clinic');
    const secret = `lakewright/${named}/connection/crm`;
    const told = json('jobs/research.json').NonOverridableArguments;
    expect(told['--landing_customer']).to.equal(`secretsmanager:${secret}`);
    const secretsOf = (role: string) =>
      json(`roles/${role}.json`).PolicyDocument.Statement.flatMap(
        ({ Action, Resource }: { Action: string[]; Resource: string[] }) =>
          Action.some((one) => one.startsWith('secretsmanager:')) ? Resource : [],
      );
    const arn = (id: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${id}-??????`;
    expect(secretsOf('research')).to.deep.equal([
      arn(secret),
      arn(`lakewright/${named}/suppression-key`),
    ]);
    expect(secretsOf('copied')).to.deep.equal([]);
  });

  it('has a job in the network of the database, whose role may join that one', () => {
    expect(json('jobs/research.json').Connections).to.deep.equal({ Connections: ['vpc-of-crm'] });
    expect(json('jobs/copied.json')).not.to.have.property('Connections');
    const network = (role: string): readonly string[] =>
      json(`roles/${role}.json`).PolicyDocument.Statement.flatMap(
        ({ Action, Resource }: { Action: string[]; Resource: string[] }) =>
          Action.filter((one) => /^ec2:|Connection/.test(one)).map((one) => `${one} ${Resource}`),
      );
    expect(network('copied')).to.deep.equal([]);
    expect(network('research')).to.have.length(11);
    const glue = `arn:aws:glue:${region}:${account}`;
    expect(network('research')[0]).to.equal(
      `glue:GetConnection ${glue}:catalog,${glue}:connection/vpc-of-crm`,
    );
  });

  it('has a connection of its own where it says what the network is', () => {
    const network = {
      name: 'crm',
      subnet: 'subnet-0a1b2c3d',
      securityGroups: ['sg-0a1b2c3d', 'sg-0a1b2c3e'],
      availabilityZone: 'eu-central-1a',
    };
    const made = generated({ ...database, network });
    const read = (path: string) => JSON.parse(made.get(path) ?? '');
    const name = `${deployedName('clinic')}_crm`;
    expect(read('connections/crm.json').ConnectionInput).to.deep.include({
      Name: name,
      ConnectionType: 'NETWORK',
      ConnectionProperties: {},
      PhysicalConnectionRequirements: {
        SubnetId: 'subnet-0a1b2c3d',
        SecurityGroupIdList: ['sg-0a1b2c3d', 'sg-0a1b2c3e'],
        AvailabilityZone: 'eu-central-1a',
      },
    });
    expect(read('jobs/research.json').Connections).to.deep.equal({ Connections: [name] });
    expect(made.get('roles/research.json')).to.include(`:connection/${name}"`);
    const resources: readonly { id: string; dependsOn: readonly string[] }[] =
      read('manifest.json').resources;
    const ids = resources.map(({ id }) => id);
    expect(ids.indexOf('connection/crm')).to.be.within(0, ids.indexOf('job/research'));
    const needing = resources.filter(({ dependsOn }) => dependsOn.includes('connection/crm'));
    expect(needing.map(({ id }) => id)).to.deep.equal(['job/research']);
    expect([...files.keys()].filter((path) => path.startsWith('connections/'))).to.deep.equal([]);
  });

  it('has no statement of a policy that speaks of nothing', () => {
    const policies = ['bucket-policy.json', 'roles/research.json', 'policies/erasure.json'];
    for (const path of policies) expect(files.get(path), path).not.to.match(/\[\]|\{\}/);
  });

  it('says where the people are', () => {
    expect(files.get('README.md')).to.include('the database `crm`');
  });
});
