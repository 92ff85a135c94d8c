import { expect } from 'chai';
import {
  databaseAccess,
  dataTags,
  tableAccess,
} from '../../../codegen/resources/lake-formation.ts';
import { checkedTable, column, shop } from './checked-fixture.ts';

const role = (job: string, zone: string) =>
  `arn:aws:iam::\${account}:role/lakewright/shop\${suffix}/${zone}/lakewright-shop\${suffix}-${job}`;

describe('what Lake Formation is told', () => {
  const checked = shop();
  const access = (id: string) => {
    const table = checked.tables.get(id);
    if (table === undefined) throw new Error(`no table ${id}`);
    return tableAccess(checked, table);
  };

  it('has a tag for the columns, for what is held, and for each purpose', () => {
    expect(dataTags(checked).map(({ TagKey }) => TagKey)).to.deep.equal([
      'lakewright_column',
      'lakewright_holds',
      'lakewright_purpose_research',
    ]);
  });

  it('says of a zone what it holds and what its people consent to', () => {
    expect(databaseAccess(checked, 'landing')['LFTags']).to.deep.equal({
      lakewright_holds: 'identified',
    });
    expect(databaseAccess(checked, 'curated')['LFTags']).to.deep.equal({
      lakewright_holds: 'pseudonymous',
      lakewright_purpose_research: 'consented',
    });
  });

  it('takes a column for identifying unless its labels say less', () => {
    const labelled = checkedTable(
      'landing.customer',
      [
        column('email', ['identifier']),
        column('Birthday', ['quasi-identifier', 'sensitive']),
        column('Diagnosis', ['sensitive', 'pseudonym:research']),
        column('gait', ['biometric']),
        column('participant', ['pseudonym:research']),
        column('count', []),
      ],
      { kind: 'public' },
    );
    const told = tableAccess(checked, labelled);
    expect(told['LFTags']).to.deep.equal({ lakewright_column: 'identifying' });
    expect(told['ColumnLFTags']).to.deep.equal({
      diagnosis: { lakewright_column: 'sensitive' },
      gait: { lakewright_column: 'sensitive' },
      participant: { lakewright_column: 'pseudonym' },
      count: { lakewright_column: 'plain' },
    });
  });

  it('says of a table what its job was told it may hold', () => {
    expect(access('curated.participant')['LFTags']).to.include({
      lakewright_holds: 'pseudonymous',
    });
    expect(access('trusted.customer')['LFTags']).to.include({ lakewright_holds: 'identified' });
  });

  it('lets jobs read what they read and change what they write, and nothing else', () => {
    expect(access('landing.customer')['Permissions']).to.deep.equal([
      { Principal: role('customer_trusted', 'trusted'), Permissions: ['DESCRIBE', 'SELECT'] },
    ]);
    expect(access('trusted.customer')['Permissions']).to.deep.equal([
      { Principal: role('participants', 'curated'), Permissions: ['DESCRIBE', 'SELECT'] },
      { Principal: role('customer_trusted', 'trusted'), Permissions: ['ALTER', 'DESCRIBE'] },
    ]);
    expect(access('curated.participant')['Permissions']).to.deep.equal([
      { Principal: role('participants', 'curated'), Permissions: ['ALTER', 'DESCRIBE'] },
    ]);
    expect(databaseAccess(checked, 'landing')['Permissions']).to.deep.equal([
      { Principal: role('customer_trusted', 'trusted'), Permissions: ['DESCRIBE'] },
    ]);
  });
});
