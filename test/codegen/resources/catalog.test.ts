// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${name}` is what the deployer fills in.
import { expect } from 'chai';
import type { CheckedTable } from '../../../check/index.ts';
import { databaseResource, tableResource } from '../../../codegen/resources/catalog.ts';
import { hiveType } from '../../../codegen/resources/hive-type.ts';
import { describe as described } from '../../../codegen/resources/text.ts';
import { substitute } from '../../../deploy/parameters.ts';
import {
  checkedTable,
  column,
  customerColumns,
  job,
  shop,
  source,
  table,
} from './checked-fixture.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

function tableInput(table: CheckedTable) {
  return plain(tableResource(shop(), table)).TableInput;
}

describe('the catalog of a library', () => {
  it('has a database for each zone, below the bucket', () => {
    expect(plain(databaseResource(shop(), 'trusted'))).to.deep.equal({
      DatabaseInput: {
        Name: 'shop${suffix}_trusted',
        Description: 'The trusted zone: people in it consent to research.',
        LocationUri: 's3://${bucket}/trusted/',
        Parameters: { 'lakewright:library': 'shop' },
      },
    });
  });

  it('describes a landing table as JSON lines', () => {
    const table = shop().tables.get('landing.customer');
    if (!table) throw new Error('no such table');
    const { StorageDescriptor: storage, ...input } = tableInput(table);
    expect(input).to.deep.equal({
      Name: 'customer',
      Description: 'Customers as they register.',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { EXTERNAL: 'TRUE', classification: 'json', 'lakewright:library': 'shop' },
    });
    expect(storage.Location).to.equal('s3://${bucket}/landing/customer/');
    expect(storage.SerdeInfo.SerializationLibrary).to.equal('org.openx.data.jsonserde.JsonSerDe');
  });

  it('describes a written table as Parquet with zstd', () => {
    const table = shop().tables.get('curated.participant');
    if (!table) throw new Error('no such table');
    const input = tableInput(table);
    expect(input.Parameters['parquet.compression']).to.equal('ZSTD');
    expect(input.StorageDescriptor.SerdeInfo.SerializationLibrary).to.match(/ParquetHiveSerDe$/);
    expect(input.StorageDescriptor.Location).to.equal('s3://${bucket}/curated/participant/');
  });

  it('writes column names in lower case and remembers spelling, labels and docs', () => {
    const table = checkedTable('trusted.customer', customerColumns, { kind: 'public' });
    expect(tableInput(table).StorageDescriptor.Columns).to.deep.equal([
      {
        Name: 'email',
        Type: 'string',
        Comment: 'Where to write to.',
        Parameters: { 'lakewright:labels': 'identifier subject:customer' },
      },
      {
        Name: 'sharewithresearchasofdate',
        Type: 'bigint',
        Parameters: {
          'lakewright:labels': 'consent:research',
          'lakewright:name': 'shareWithResearchAsOfDate',
        },
      },
      {
        Name: 'lastupdatedate',
        Type: 'bigint',
        Parameters: { 'lakewright:name': 'lastUpdateDate' },
      },
    ]);
  });

  it('puts columns that folders tell behind those of the files, in the order of the folders', () => {
    const partitionedBy = ['lastUpdateDate', 'email'];
    const table = checkedTable('trusted.customer', customerColumns, { kind: 'public' });
    const { StorageDescriptor: storage, PartitionKeys: keys } = tableInput({
      ...table,
      writer: job('customer', source('landing.customer'), { partitionedBy }),
    });
    const names = (columns: readonly { Name: string }[]) => columns.map((one) => one.Name);
    expect(names(storage.Columns)).to.deep.equal(['sharewithresearchasofdate']);
    expect(names(keys)).to.deep.equal(['lastupdatedate', 'email']);
  });

  it('describes an Iceberg table without files, which its metadata tells', () => {
    const checked = shop();
    const written = checked.tables.get('trusted.customer');
    if (!written?.writer) throw new Error('no such table');
    const writer = { ...written.writer, format: 'iceberg', partitionedBy: ['email'] } as const;
    const table = { ...written, writer };
    const tables = new Map([...checked.tables, [table.id, table]]);
    const input = plain(tableResource({ ...checked, tables }, table)).TableInput;
    expect(input)
      .to.include({ TableType: 'EXTERNAL_TABLE' })
      .and.not.to.have.property('PartitionKeys');
    expect(input.Parameters).to.deep.equal({
      table_type: 'ICEBERG',
      'lakewright:library': 'shop',
    });
    expect(Object.keys(input.StorageDescriptor)).to.deep.equal(['Columns', 'Location']);
    const names = input.StorageDescriptor.Columns.map(({ Name }: { Name: string }) => Name);
    expect(names).to.deep.equal(table.schema.map(({ name }) => name.toLowerCase()));
  });

  it('gives readers of Avro the schema, which they do not take from the files', () => {
    const inner = { name: 'City', type: { kind: 'string' }, nullable: false } as const;
    const columns = [
      column('at', [], { type: { kind: 'timestamp' } }),
      column('homes', [], {
        type: {
          kind: 'array',
          element: { kind: 'struct', fields: [inner] },
          elementNullable: true,
        },
      }),
      column('day', [], { type: { kind: 'date' } }),
    ];
    const declared = table('visit', { format: 'avro', partitionedBy: ['day'] });
    const visits = checkedTable('landing.visit', columns, { kind: 'public' }, { declared });
    const { SerdeInfo: serde } = tableInput(visits).StorageDescriptor;
    expect(serde.SerializationLibrary).to.match(/AvroSerDe$/);
    const record = {
      type: 'record',
      name: 'visit_homes',
      fields: [{ name: 'City', type: 'string' }],
    };
    expect(JSON.parse(serde.Parameters['avro.schema.literal'])).to.deep.equal({
      type: 'record',
      name: 'visit',
      fields: [
        {
          name: 'at',
          type: ['null', { type: 'long', logicalType: 'timestamp-millis' }],
          default: null,
        },
        {
          name: 'homes',
          type: ['null', { type: 'array', items: ['null', record] }],
          default: null,
        },
      ],
    });
  });

  it('writes types as Hive does', () => {
    const inner = { name: 'City', type: { kind: 'long' }, nullable: true } as const;
    expect(hiveType({ kind: 'struct', fields: [inner] })).to.equal('struct<city:bigint>');
    expect(hiveType({ kind: 'decimal', precision: 10, scale: 2 })).to.equal('decimal(10,2)');
    expect(
      hiveType({ kind: 'array', element: { kind: 'timestamp' }, elementNullable: true }),
    ).to.equal('array<timestamp>');
    expect(
      hiveType({
        kind: 'map',
        key: { kind: 'string' },
        value: { kind: 'double' },
        valueNullable: true,
      }),
    ).to.equal('map<string,double>');
  });
});

describe("an author's text in a resource", () => {
  const parameters = {
    account: '1',
    region: 'r',
    bucket: 'b',
    suffix: '',
    prefix: 'p',
    support: 's',
  };

  for (const text of [
    '${bucket}',
    '$${bucket}',
    '$$$${x}${',
    'a $ {b}',
    'it\'s "quoted" \\',
    '{{name}}',
    '日本語 🙂',
  ]) {
    it(`comes out of the deployer as it was: ${JSON.stringify(text)}`, () => {
      expect(substitute(described(text, 2048), parameters, 'x.json')).to.equal(text);
    });
  }

  it('is one line without control characters', () => {
    expect(described(' a\r\n\tb\u0000\u001b[31m c\u2028d ', 2048)).to.equal('a b[31m c d');
  });

  it('is cut to the bytes that Glue takes, between characters', () => {
    const cut = described('é🙂'.repeat(200), 255);
    expect(Buffer.byteLength(cut)).to.be.at.most(255);
    expect(cut).to.match(/^(é🙂)+é?…$/u);
  });

  it('may be a comment as long as Glue takes', () => {
    const table = checkedTable('trusted.t', [column('a', [], { doc: 'x'.repeat(300) })], {
      kind: 'public',
    });
    const [first] = tableInput(table).StorageDescriptor.Columns;
    expect(Buffer.byteLength(first.Comment)).to.equal(255);
  });
});
