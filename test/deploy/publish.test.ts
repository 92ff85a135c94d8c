import { expect } from 'chai';
import { type Fixture, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

describe('a deployment of a table that a job publishes to', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('publish');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const address = { DatabaseName: 'stedi_trusted', Name: 'customer' };
  const published = 's3://lake-of-tests/trusted/customer/run-7/';
  const changed = (): Fixture => {
    const of = fixture();
    const table = fileOf(of, 'tables/trusted.customer.json')['TableInput'] as object;
    const Parameters = { classification: 'parquet', metadata_location: 'first.json' };
    Object.assign(table, { Description: 'New', Parameters });
    return of;
  };

  async function publish(): Promise<void> {
    const { Table: table } = await stage.glue.getTable(address);
    await stage.glue.updateTable({
      DatabaseName: address.DatabaseName,
      TableInput: {
        Name: address.Name,
        Description: table?.Description,
        TableType: table?.TableType,
        StorageDescriptor: { ...table?.StorageDescriptor, Location: published },
        Parameters: {
          ...table?.Parameters,
          table_type: 'ICEBERG',
          metadata_location: 'm.json',
          run: '7',
        },
      },
      VersionId: table?.VersionId,
    });
  }

  it('leaves the published location alone', async () => {
    await stage.deployed();
    await publish();
    expect((await stage.deployed()).written).to.deep.equal([]);
  });

  it('keeps location and pointers when something else changes, and passes the version', async () => {
    await stage.deployed();
    await publish();
    stage.proxy.clear();
    await stage.deployed(changed());
    const { Table: table } = await stage.glue.getTable(address);
    expect(table?.Description).to.equal('New');
    expect(table?.StorageDescriptor?.Location).to.equal(published);
    expect(table?.Parameters).to.include({
      table_type: 'ICEBERG',
      metadata_location: 'm.json',
      run: '7',
    });
    const update = stage.proxy.calls.find(({ name }) => name === 'Glue UpdateTable');
    expect(JSON.parse(update?.body ?? '{}')).to.have.property('VersionId', '2');
  });

  it('does not undo a publish that happens in between', async () => {
    await stage.deployed();
    let raced = false;
    stage.proxy.fate = async ({ name }): Promise<'pass'> => {
      // By now the deployer has read the table, and believes to know its location.
      if (name === 'Glue UpdateTable' && !raced) {
        raced = true;
        await publish();
      }
      return 'pass';
    };
    await stage.deployed(changed());
    expect(raced).to.equal(true);
    const { Table: table } = await stage.glue.getTable(address);
    expect(table?.StorageDescriptor?.Location).to.equal(published);
    expect(table?.Description).to.equal('New');
  });
});
