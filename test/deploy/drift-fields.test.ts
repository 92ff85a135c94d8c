import { expect } from 'chai';
import type { Deployment } from '../../deploy/index.ts';
import { addAlarm } from './alarm-fixture.ts';
import { addConnection } from './connection-fixture.ts';
import { changeTable, type Drift, drifts } from './drift-changes.ts';
import { BUCKET, type Fixture, fixture } from './fixture.ts';
import { addRuleset } from './ruleset-fixture.ts';
import { openStage, type Stage } from './stage.ts';

/** Each managed field, changed outside, is shown and mended; the next plan shows nothing of it. */
describe('drift of each managed field', () => {
  let stage: Stage;
  let library: Fixture;

  before(async () => {
    stage = await openStage('drift-fields');
    library = addConnection(addAlarm(addRuleset(fixture())));
    await stage.deployed(library);
  });
  after(() => stage?.close());

  it('is looked for in each managed field', () => {
    const paths = new Set(drifts.flatMap(({ of, paths }) => paths.map((one) => `${of} ${one}`)));
    expect(paths.size).to.be.above(50);
  });

  for (const round of rounds(drifts)) {
    const expected = round.flatMap(({ of, paths }) => paths.map((path) => `${of} ${path}`)).sort();
    it(`is shown, exactly that, and mended: ${expected.join(', ')}`, async () => {
      for (const { change } of round) await change(stage);
      // What an earlier round left behind would show here too.
      expect(shown(await stage.deployed(library))).to.deep.equal(expected);
    });
  }

  it('is over after all of it', async () => {
    stage.proxy.clear();
    expect(shown(await stage.deployed(library))).to.deep.equal([]);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('of an Iceberg table never strips what its writers said of it', async () => {
    const pointers = {
      table_type: 'ICEBERG',
      metadata_location: `s3://${BUCKET}/trusted/customer/metadata/2.json`,
      previous_metadata_location: `s3://${BUCKET}/trusted/customer/metadata/1.json`,
    };
    await changeTable(stage, 'trusted', { Description: 'Mine', Parameters: pointers });
    const paths = shown(await stage.deployed(library));
    expect(paths).to.deep.equal(['table/trusted.customer Description']);
    const address = { DatabaseName: 'stedi_trusted', Name: 'customer' };
    const { Table: live } = await stage.glue.getTable(address);
    expect(live?.Description).to.equal('Customers that consent');
    expect(live?.Parameters).to.include(pointers);
    const Columns = [{ Name: 'email', Type: 'int' }];
    await changeTable(stage, 'trusted', { StorageDescriptor: { Columns } });
    const refused = await stage.failure(library);
    expect(refused.cause).to.have.property('code', 'deploy/iceberg-table');
    expect((await stage.glue.getTable(address)).Table?.Parameters).to.include(pointers);
  });
});

/** One change of each resource at a time, so that each plan shows whose fields are whose. */
function rounds(all: readonly Drift[]): readonly (readonly Drift[])[] {
  const made: Drift[][] = [];
  for (const one of all) {
    const free = made.find((round) => round.every(({ of }) => of !== one.of));
    if (free === undefined) made.push([one]);
    else free.push(one);
  }
  return made;
}

function shown({ plan }: Deployment): readonly string[] {
  const paths = plan.actions.flatMap(({ kind, desired, differences }) =>
    kind === 'create'
      ? [`${desired.id} is missing`]
      : differences.map(({ path }) => `${desired.id} ${path}`),
  );
  return paths.sort();
}
