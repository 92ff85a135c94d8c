import type { TableInput } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import { destroy } from '../../deploy/index.ts';
import { BUCKET, type Fixture, fileOf, fixture } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const ADDRESS = { DatabaseName: 'stedi_trusted', Name: 'customer' };
const ROOT = `s3://${BUCKET}/trusted/customer/`;

/** Each table is one that jobs keep as Iceberg. */
function iceberg(columns: readonly object[] = [{ Name: 'email', Type: 'string' }]): Fixture {
  const of = fixture();
  fileOf(of, 'tables/trusted.customer.json')['TableInput'] = {
    Name: 'customer',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { table_type: 'ICEBERG' },
    StorageDescriptor: { Columns: JSON.parse(JSON.stringify(columns)), Location: ROOT },
  };
  return of;
}

/** What a run of the job says of the table, and another after it. */
const POINTERS = {
  table_type: 'ICEBERG',
  metadata_location: `${ROOT}jr_0123456789abcdef/metadata/v1.metadata.json`,
  previous_metadata_location: `${ROOT}jr_0123456789abcdee/metadata/v1.metadata.json`,
};

describe('a deployment of an Iceberg table', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage('iceberg');
  });
  after(() => stage?.close());
  beforeEach(() => stage.reset());

  const live = async () => (await stage.glue.getTable(ADDRESS)).Table;

  /** Table inputs of the calls that arrived, in their order. */
  const sent = (name: string): readonly TableInput[] =>
    stage.proxy.calls
      .filter((call) => call.name === `Glue ${name}`)
      .map(({ body }) => JSON.parse(body ?? '{}'))
      .filter(({ DatabaseName: of }) => of === ADDRESS.DatabaseName)
      .map(({ TableInput: input }) => input);

  async function run(): Promise<void> {
    const table = await live();
    const { StorageDescriptor, Parameters, Description, TableType } = table ?? {};
    const Location = `${ROOT}jr_0123456789abcdef/`;
    await stage.glue.updateTable({
      DatabaseName: ADDRESS.DatabaseName,
      TableInput: {
        Name: ADDRESS.Name,
        Description,
        TableType,
        StorageDescriptor: { ...StorageDescriptor, Location },
        Parameters: { ...Parameters, ...POINTERS, 'lakewright:run_id': 'jr_0123456789abcdef' },
      },
      VersionId: table?.VersionId,
    });
  }

  it('makes one whose metadata its first run will write', async () => {
    await stage.deployed(iceberg());
    const created = stage.proxy.calls.filter(({ name }) => name === 'Glue CreateTable');
    expect(created.map(({ body }) => Object.keys(JSON.parse(body ?? '{}')))).to.deep.equal([
      ['DatabaseName', 'TableInput'],
      ['DatabaseName', 'TableInput'],
    ]);
    const [input] = sent('CreateTable');
    expect(input?.Parameters).to.include({ table_type: 'ICEBERG' });
    expect(input?.Parameters).not.to.have.any.keys('metadata_location', 'EXTERNAL');
    expect(Object.keys(input?.StorageDescriptor ?? {}).toSorted()).to.deep.equal([
      'Columns',
      'Location',
    ]);
  });

  it('plans nothing after a run', async () => {
    await stage.deployed(iceberg());
    await run();
    stage.proxy.clear();
    expect((await stage.deployed(iceberg())).written).to.deep.equal([]);
    expect(stage.proxy.writes()).to.deep.equal([]);
  });

  it('says other columns, and never takes away where its metadata is', async () => {
    await stage.deployed(iceberg());
    await run();
    stage.proxy.clear();
    const columns = [
      { Name: 'email', Type: 'string' },
      { Name: 'since', Type: 'bigint' },
    ];
    const { plan } = await stage.deployed(iceberg(columns));
    const paths = plan.actions.flatMap(({ desired, differences }) =>
      desired.id === 'table/trusted.customer' ? differences.map(({ path }) => path) : [],
    );
    expect(paths).to.include('StorageDescriptor.Columns[since]');
    const updates = sent('UpdateTable');
    expect(updates).to.have.length(1);
    expect(updates[0]?.Parameters).to.include(POINTERS);
    expect(updates[0]?.StorageDescriptor?.Location).to.equal(`${ROOT}jr_0123456789abcdef/`);
    expect((await live())?.StorageDescriptor?.Columns).to.have.length(2);
  });

  it('does not undo a run that ends in between', async () => {
    await stage.deployed(iceberg());
    let raced = false;
    stage.proxy.fate = async ({ name }): Promise<'pass'> => {
      if (name === 'Glue UpdateTable' && !raced) {
        raced = true;
        await run();
      }
      return 'pass';
    };
    await stage.deployed(iceberg([{ Name: 'email', Type: 'int' }]));
    expect(raced).to.equal(true);
    expect((await live())?.Parameters).to.include(POINTERS);
  });

  it('makes none of a table that is there, nor another of one', async () => {
    await stage.deployed(fixture());
    const before = await live();
    const become = await stage.failure(iceberg());
    expect(become.cause).to.have.property('code', 'deploy/iceberg-table');
    expect(String(become.cause)).to.contain('would become one');
    expect((await live())?.VersionId).to.equal(before?.VersionId);
    await stage.reset();
    await stage.deployed(iceberg());
    await run();
    const cease = await stage.failure(fixture());
    expect(cease.cause).to.have.property('code', 'deploy/iceberg-table');
    expect((await live())?.Parameters).to.include(POINTERS);
  });

  it('can be destroyed', async () => {
    await stage.deployed(iceberg());
    await run();
    await stage.withLibrary(iceberg(), ({ directory, bucket, endpoint = '' }) =>
      destroy({ directory, bucket, endpoint, attempts: 1 }),
    );
    const error = await live().catch((thrown: unknown) => thrown);
    expect(error).to.have.property('name', 'EntityNotFoundException');
  });
});
