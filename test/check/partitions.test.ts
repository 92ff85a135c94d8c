import { expect } from 'chai';
import { check } from '../../check/index.ts';
import { column, job, library, project, sink, source, table } from './plain.ts';

const days = table('day', {
  day: column('date'),
  Week: column('int'),
  place: column('string?'),
  length: column('double'),
  month: column('long'),
});
const texts = table('word', { word: column('string') });

/** Codes and, where one says why, what it says. */
function problems(table: string, ...partitionedBy: readonly string[]) {
  const jobs = [job('output', source(table), sink('curated', 'output'), { partitionedBy })];
  return check(library(jobs, { tables: [days, texts] })).diagnostics.map(
    ({ code, parameters }) => `${code} ${'why' in parameters ? parameters.why : ''}`,
  );
}

describe('columns that folders tell', () => {
  it('are texts, whole numbers and days that are never null', () => {
    expect(problems('landing.day', 'day', 'month')).to.deep.equal([]);
    expect(problems('landing.day', 'length', 'place')).to.deep.equal([
      'schema/no-folder-column it is of type double',
      'schema/no-folder-column it may be null',
    ]);
  });

  it('have names that Athena finds', () => {
    expect(problems('landing.day', 'Week')).to.deep.equal([
      'schema/no-folder-column its name is not in lower case',
    ]);
  });

  it('are columns of the rows, and not all of them', () => {
    expect(problems('landing.day', 'dya')).to.deep.equal(['schema/unknown-column ']);
    expect(problems('landing.word', 'word')).to.deep.equal([
      'schema/no-folder-column no column is left for the files',
    ]);
  });

  it('say nothing of a person, under no other name either', () => {
    const people = table(
      'person',
      { email: column('string', 'subject:customer'), born: column('int', 'quasi-identifier') },
      { owner: { kind: 'subject', name: 'customer', column: 'email' } },
    );
    const rows = project(source('landing.person'), { decade: 'born', other: 'email' }, 'rename');
    const codes = ['decade', 'other'].map((name) => {
      const jobs = [job('output', rows, sink('trusted', 'output'), { partitionedBy: [name] })];
      return check(library(jobs, { tables: [people] })).diagnostics.map(({ code }) => code);
    });
    for (const found of codes) expect(found).to.include('privacy/folder-tells-of-people');
  });
});
