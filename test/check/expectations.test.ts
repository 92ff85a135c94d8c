import { expect } from 'chai';
import type { Relation } from '../../algebra/relation.ts';
import type { Stated } from '../../algebra/table-expectations.ts';
import { check } from '../../check/index.ts';
import { call, expectRows, nowhere } from '../verbs/nodes.ts';
import { job, join, keepConsented, library, select, sink, source } from './plain.ts';

const days = source('landing.calendar');
const people = job('people', keepConsented(source('landing.customer')), sink('trusted', 'people'));

function codes(rows: Relation, ...stated: readonly Stated[]): readonly string[] {
  const expectations = stated.map((one) => ({ ...one, onUnmet: 'fail', span: nowhere }) as const);
  const output = job('output', rows, sink('trusted', 'output'), { expectations });
  return check(library([people, output])).diagnostics.map(({ code }) => code);
}

describe('expectations', () => {
  it('are of columns of the table, of types for which they mean something', () => {
    const sound: readonly Stated[] = [
      { kind: 'unique', columns: ['day', 'holiday'] },
      { kind: 'rowCount', least: 1 },
      { kind: 'complete', column: 'holiday', share: 0.5 },
      { kind: 'mean', column: 'day', most: 5 },
      { kind: 'fresh', column: 'day', hours: 1 },
    ];
    expect(codes(days, ...sound)).to.deep.equal([]);
    expect(codes(select(days, 'day'), ...sound)).to.deep.equal([
      'schema/unknown-column',
      'schema/unknown-column',
    ]);
    const meaningless: readonly Stated[] = [
      { kind: 'mean', column: 'holiday', most: 5 },
      { kind: 'fresh', column: 'holiday', hours: 1 },
    ];
    expect(codes(days, ...meaningless)).to.deep.equal(['schema/wrong-type', 'schema/wrong-type']);
  });

  it('refer to tables that the job reads and another job writes', () => {
    const reading = join('semi', source('landing.review'), source('trusted.people'), {
      author: 'email',
    });
    const to = (column: string, table: string, of: string): Stated => ({
      kind: 'references',
      column,
      table,
      of,
    });
    expect(codes(reading, to('author', 'trusted.people', 'email'))).to.deep.equal([]);
    expect(codes(reading, to('author', 'trusted.people', 'nobody'))).to.deep.equal([
      'schema/unknown-column',
    ]);
    expect(codes(reading, to('stars', 'trusted.people', 'email'))).to.deep.equal([
      'schema/wrong-type',
    ]);
    expect(codes(reading, to('author', 'landing.review', 'author'))).to.deep.equal([
      'schema/wrong-type',
    ]);
    expect(codes(days, to('day', 'trusted.people', 'updated'))).to.deep.equal([
      'schema/wrong-type',
    ]);
  });

  it('of rows have lines for names', () => {
    for (const name of ['', ' ', 'a\nb', 'a\u0000b', 'a\u202eb', 'a\u2028b', 'x'.repeat(101)]) {
      const rows = expectRows(days, 'warn', { [name]: call('isNotNull', 'day') });
      expect(codes(rows), JSON.stringify(name)).to.deep.equal(['names/bad-name']);
    }
    for (const name of ['day is there', '"); print("', '# 😀 {{day}} `'])
      expect(codes(expectRows(days, 'warn', { [name]: call('isNotNull', 'day') }))).to.deep.equal(
        [],
      );
  });
});
