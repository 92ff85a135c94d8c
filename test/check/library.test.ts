import { expect } from 'chai';
import type { Library } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { check } from '../../check/index.ts';
import { scheduleProblem } from '../../check/schedule.ts';
import {
  aggregate,
  calendar,
  call,
  column,
  customers,
  filter,
  job,
  join,
  keepConsented,
  library,
  literal,
  over,
  project,
  select,
  sink,
  source,
  table,
} from './plain.ts';

const days = () => source('landing.calendar');

function codes(given: Library): readonly string[] {
  return check(given).diagnostics.map((one) => one.code);
}

function codesOf(rows: Relation): readonly string[] {
  return codes(library([job('output', rows, sink('curated', 'output'))]));
}

describe('names', () => {
  for (const name of [
    'Customer',
    '1st',
    'a-b',
    'a b',
    '',
    "a'b",
    'a\nb',
    '{{a}}',
    'ü',
    'x'.repeat(101),
  ])
    it(`refuses ${JSON.stringify(name.slice(0, 10))} for a library, a job and a table`, () => {
      const made = job(name, days(), sink('curated', name));
      expect(codes(library([made], { name }))).to.deep.equal(Array(3).fill('names/bad-name'));
    });

  it('takes a hundred lower-case letters', () => {
    const name = 'x'.repeat(100);
    expect(codes(library([job(name, days(), sink('curated', name))], { name }))).to.deep.equal([]);
  });

  it('tells of columns that differ in case where they come together, once', () => {
    const upper = project(days(), { Day: 'day' });
    const both = join('inner', days(), project(upper, { Day: 'Day', other: 'Day' }), {
      day: 'other',
    });
    expect(codesOf(filter(both, call('isNotNull', 'day')))).to.deep.equal(['names/same-but-case']);
  });

  it('looks at declared columns', () => {
    const tables = [table('t', { 'a b': column('int'), c: column('int'), C: column('int') })];
    expect(codes(library([], { tables }))).to.deep.equal([
      'names/bad-column',
      'names/same-but-case',
    ]);
  });
});

describe('schedules', () => {
  for (const good of [
    'cron(0 3 * * ? *)',
    'cron(15 12 * * ? *)',
    'cron(0/15 8-18 ? * MON-FRI *)',
    'cron(0 8 1 * ? 2026-2030)',
    'cron(0 18 LW JAN,JUL ? *)',
    'cron(0 18 ? * 6L *)',
    'cron(5,35 * ? * sun *)',
  ])
    it(`takes ${good}`, () => expect(scheduleProblem(good)).to.equal(undefined));

  for (const bad of [
    'rate(1 day)',
    '0 3 * * ? *',
    'cron(0 3 * * *)',
    'cron(60 3 * * ? *)',
    'cron(0 24 * * ? *)',
    'cron(0 3 * * * *)',
    'cron(0 3 ? * ? *)',
    'cron(0 3 * FOO ? *)',
    'cron(0 3 * * ? 1969)',
    'cron(30-10 3 * * ? *)',
    'cron(* * * * ? *)',
    'cron(0/4 * * * ? *)',
    'cron(0,3 * * * ? *)',
    'cron(0 3 * * ? *)\n',
    'cron(0/0 3 * * ? *)',
  ])
    it(`refuses ${JSON.stringify(bad)}`, () => expect(scheduleProblem(bad)).to.be.a('string'));
});

describe('the graph of jobs', () => {
  const a = job('a', days(), sink('curated', 'a'));
  const b = job('b', source('curated.a'), sink('curated', 'b'));
  const c = job(
    'c',
    join('inner', source('curated.a'), project(source('curated.b'), { d: 'day' }), { day: 'd' }),
    sink('curated', 'c'),
  );

  it('runs jobs after those they read from, else as the author wrote them', () => {
    const other = job('z', days(), sink('curated', 'z'));
    const { checked } = check(library([c, other, b, a]));
    expect(checked?.jobs.map((one) => one.job.name)).to.deep.equal(['z', 'a', 'b', 'c']);
    expect(checked?.jobs.map((one) => one.after)).to.deep.equal([[], [], ['a'], ['a', 'b']]);
    expect(checked?.jobs.map((one) => one.reads).at(-1)).to.deep.equal(['curated.a', 'curated.b']);
  });

  it('tells of each cycle once, and of a job that reads its own table', () => {
    const own = job('own', source('curated.own'), sink('curated', 'own'));
    const first = job('d', source('curated.e'), sink('curated', 'd'));
    const second = job('e', source('curated.d'), sink('curated', 'e'));
    const after = job('f', source('curated.d'), sink('curated', 'f'));
    const { diagnostics } = check(library([after, own, first, second]));
    expect(diagnostics.map((one) => one.parameters)).to.deep.equal([
      { path: ['own', 'own'] },
      { path: ['d', 'e', 'd'] },
    ]);
  });

  it('tells of an unknown table at every step that reads it, and not of what follows from it', () => {
    const broken = job('broken', source('landing.nothing'), sink('curated', 'broken'));
    const after = job('after', select(source('curated.broken'), 'x'), sink('curated', 'after'));
    expect(codes(library([broken, after, a]))).to.deep.equal(['schema/unknown-table']);
  });
});

describe('columns and types', () => {
  it('finds two mistakes of one job, where the first cannot have caused the second', () => {
    const first = filter(days(), call('isNotNull', 'dya'));
    expect(codesOf(select(first, 'day', 'hollyday'))).to.deep.equal([
      'schema/unknown-column',
      'schema/unknown-column',
    ]);
  });

  it('tells one mistake once, however often its step is used', () => {
    const wrong = project(days(), { next: call('add', 'dya', literal('long', '1')) });
    const twice = join('inner', wrong, project(wrong, { again: 'next' }), { next: 'again' });
    const used = filter(twice, call('gt', 'next', literal('long', '0')));
    const jobs = [
      job('one', used, sink('curated', 'one')),
      job('two', wrong, sink('curated', 'two')),
      job('three', source('curated.one'), sink('curated', 'three')),
    ];
    expect(codes(library(jobs))).to.deep.equal(['schema/unknown-column']);
  });

  it('gives readers of a written table what its job gives it', () => {
    const jobs = [
      job('reads', select(source('curated.counts'), 'days'), sink('curated', 'reads')),
      job(
        'writes',
        aggregate(days(), ['holiday'], { days: over('count') }),
        sink('curated', 'counts'),
      ),
    ];
    const { checked } = check(library(jobs));
    expect(
      checked?.tables.get('curated.reads')?.schema.map((one) => [one.name, one.type.kind]),
    ).to.deep.equal([['days', 'long']]);
  });

  it('looks at what a declaration says of its columns', () => {
    const wrong = table(
      't',
      { who: column('string', 'subject:person'), since: column('string?'), at: column('int') },
      {
        owner: { kind: 'subject', name: 'person', column: 'whom' },
        eventTime: 'at',
        consents: [{ purpose: 'research', grantedAt: 'since', version: 'at' }],
      },
    );
    expect(codes(library([], { tables: [wrong] }))).to.deep.equal([
      'schema/unknown-column',
      'schema/wrong-type',
      'schema/wrong-type',
      'schema/wrong-type',
    ]);
  });

  it('labels what a declaration says of its rows, whether or not the columns say so', () => {
    const bare = table(
      't',
      { who: column('string'), since: column('long?'), at: column('long') },
      {
        owner: { kind: 'subject', name: 'person', column: 'who' },
        eventTime: 'at',
        consents: [{ purpose: 'research', grantedAt: 'since', version: 'at' }],
      },
    );
    const { checked } = check(library([], { tables: [bare] }));
    expect(checked?.tables.get('landing.t')?.schema.map((one) => one.labels)).to.deep.equal([
      ['subject:person'],
      ['consent:research'],
      ['quasi-identifier'],
    ]);
  });
});

describe('a checked library', () => {
  const people = job(
    'people',
    keepConsented(source('landing.customer')),
    sink('trusted', 'people'),
  );
  const who = call('pseudonym', call('lower', 'email'), literal('string', 'research'));
  const rows = project(source('trusted.people'), { who, always: literal('int', 1) });
  const training = job('training', rows, sink('curated', 'training'));
  const { checked } = check(
    library([training, people], { tables: [{ ...customers, size: 'small' }] }),
  );

  it('knows of every column what it is made of, through all jobs', () => {
    expect([...(checked?.tables.get('curated.training')?.lineage ?? [])]).to.deep.equal([
      ['who', ['landing.customer.email']],
      ['always', []],
    ]);
  });

  it('lists declared tables, then written ones, with their size', () => {
    expect([...(checked?.tables.values() ?? [])].map((one) => [one.id, one.size])).to.deep.equal([
      ['landing.customer', 'small'],
      ['curated.training', 'large'],
      ['trusted.people', 'large'],
    ]);
  });

  it('has a frame for every relation of every job', () => {
    expect(checked?.frames.get(training.rows)?.state.kind).to.equal('clean');
    expect(checked?.frames.get(people.rows)?.schema).to.have.length(customers.columns.length);
  });

  it('says nothing about a library with a mistake', () => {
    const wrong = library([training, people], { name: 'Not Good', tables: [customers, calendar] });
    expect(check(wrong)).to.have.all.keys('diagnostics');
  });

  it('is found quickly, for a hundred jobs of fifty steps', () => {
    const jobs = Array.from({ length: 100 }, (_, index) => {
      let steps: Relation = index === 0 ? days() : source(`curated.t${index - 1}`);
      for (let step = 0; step < 50; step += 1) steps = filter(steps, call('isNotNull', 'day'));
      return job(`t${index}`, steps, sink('curated', `t${index}`));
    });
    const begin = performance.now();
    expect(codes(library(jobs.toReversed()))).to.deep.equal([]);
    expect(performance.now() - begin).to.be.lessThan(5000);
  });
});
