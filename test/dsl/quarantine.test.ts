import { expect } from 'chai';
import { job, library, long, string, zone } from '#lakewright';
import { check } from '../../check/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { interpret } from '../../runtime/interpreter.ts';

const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research' });
const things = landing.table('thing', {
  columns: { k: string(), n: long().nullable() },
});

describe('quarantine', () => {
  const { kept, quarantined } = things.quarantine((c) => ({
    'n is positive': c.n.gt(0),
    'k is said; 😀': c.k.ne(''),
  }));
  const jobs = [
    job('kept', { rows: kept, sink: trusted.sink('kept') }),
    job('others', { rows: quarantined, sink: trusted.sink('others') }),
  ];

  it('parts rows that are as expected from the others, each with all its reasons', () => {
    const given = libraryOf(library('parted', { jobs }));
    const { checked } = given ? check(given) : {};
    if (!checked) throw new TypeError('the library was refused');
    const rows = [
      { k: 'a', n: 1n },
      { k: 'b', n: 0n },
      { k: 'c', n: null },
      { k: '', n: 2n },
      { k: '', n: null },
      { k: 'a', n: 1n },
    ];
    const tables = interpret(checked, {
      tables: new Map([['landing.thing', rows]]),
      consentAsOf: 0n,
    });
    expect(tables.get('trusted.kept')).to.deep.equal([rows[0], rows[5]]);
    expect(tables.get('trusted.others')).to.deep.equal([
      { k: 'b', n: 0n, reason: 'n is positive' },
      { k: 'c', n: null, reason: 'n is positive' },
      { k: '', n: 2n, reason: 'k is said; 😀' },
      { k: '', n: null, reason: 'n is positive; k is said; 😀' },
    ]);
  });

  it('gives the others a column that they do not have yet', () => {
    const again = quarantined.quarantine((c) => ({ other: c.k.eq('') }));
    const twice = job('twice', { rows: again.quarantined, sink: trusted.sink('twice') });
    const given = libraryOf(library('parted', { jobs: [twice] }));
    const codes = given && check(given).diagnostics.map(({ code }) => code);
    expect(codes).to.deep.equal(['schema/duplicate-column']);
  });
});
