import { expect } from 'chai';
import type { Label } from '../../algebra/labels.ts';
import type { Permit } from '../../algebra/permit.ts';
import type { Relation } from '../../algebra/relation.ts';
import { check } from '../../check/index.ts';
import {
  aggregate,
  declassify,
  job,
  join,
  keepConsented,
  library,
  over,
  project,
  select,
  sink,
  source,
  union,
} from './plain.ts';

const consenting = () => keepConsented(source('landing.customer'));
const counted = () => aggregate(source('landing.review'), ['stars'], { n: over('count') });
const rowsFor = (...purposes: readonly string[]) => ({ of: 'rows', purposes }) as const;
const lowered = (column: string, was: readonly Label[], is: readonly Label[] = []) =>
  ({ of: 'column', column, was, is }) as const;
const birthday = lowered('birthday', ['quasi-identifier']);

function codesOf(rows: Relation, zone: 'curated' | 'trusted' = 'curated', now = new Date()) {
  const given = library([job('the_job', rows, sink(zone, 'output'))]);
  return check(given, now).diagnostics.map(({ code }) => code);
}

describe('a permit to declassify', () => {
  it('lets one column through, and no other', () => {
    expect(codesOf(select(declassify(consenting(), birthday), 'birthday'))).to.deep.equal([]);
    const both = declassify(consenting(), birthday);
    expect(codesOf(select(both, 'birthday', 'updated'))).to.deep.equal([
      'privacy/quasi-identifier-in-training-set',
    ]);
  });

  it('lets mixed rows through, for its purposes alone', () => {
    expect(codesOf(declassify(counted(), rowsFor('research')))).to.deep.equal([]);
    expect(codesOf(declassify(counted(), rowsFor('marketing')))).to.deep.equal([
      'privacy/other-purpose',
    ]);
  });

  it('gives nobody else consent: what is put beside its rows has to have it', () => {
    const stars = select(source('landing.review'), 'stars');
    const left = select(declassify(counted(), rowsFor('research')), 'stars');
    expect(codesOf(union(left, stars))).to.deep.equal(['privacy/mixed-subjects']);
    const people = select(consenting(), 'email', 'birthday');
    const found = join('inner', people, project(left, { stars: 'stars' }), { birthday: 'stars' });
    expect(codesOf(found)).not.to.deep.equal([]);
  });

  it('says exactly what it lowers', () => {
    const wrong = [
      lowered('birthday', ['quasi-identifier', 'sensitive']),
      lowered('birthday', ['identifier']),
      lowered('birthday', []),
      lowered('birthday', ['quasi-identifier'], ['quasi-identifier']),
      lowered('birthday', ['quasi-identifier'], ['sensitive']),
      lowered('email', ['identifier']),
      rowsFor('research'),
    ];
    for (const one of wrong)
      expect(codesOf(select(declassify(consenting(), one), 'birthday'))).to.deep.equal([
        'privacy/declassify-mismatch',
      ]);
  });

  it('is refused where nothing needs it, or less of it', () => {
    const needless = ['privacy/declassify-needless'];
    const plain = declassify(consenting(), birthday);
    expect(codesOf(plain, 'trusted')).to.deep.equal(needless);
    expect(codesOf(select(plain, 'serial'))).not.to.deep.equal([]);
    const twice = declassify(counted(), rowsFor('marketing', 'research'));
    expect(codesOf(twice)).to.deep.equal(needless);
    const sensitive = lowered('x', ['sensitive']);
    const readings = select(declassify(source('landing.reading'), sensitive), 'x');
    const mean = aggregate(readings, [], { mean: over('avg', 'x') });
    expect(codesOf(declassify(mean, rowsFor('research')))).to.deep.equal(needless);
  });

  it('is needed also where only a job behind another needs it', () => {
    const first = job('first', declassify(consenting(), birthday), sink('trusted', 'first'));
    const second = (column: string) =>
      job('second', select(source('trusted.first'), column), sink('curated', 'second'));
    const codes = (column: string) =>
      check(library([first, second(column)])).diagnostics.map(({ code }) => code);
    expect(codes('birthday')).to.deep.equal([]);
    expect(codes('name')).to.deep.equal(['privacy/identifier-in-training-set']);
  });

  it('ends with its last day, in UTC', () => {
    const until = (expires: string, now: string) =>
      codesOf(declassify(counted(), rowsFor('research'), { expires }), 'curated', new Date(now));
    expect(until('2027-03-31', '2027-03-31T23:59:59.999Z')).to.deep.equal([]);
    expect(until('2027-03-31', '2027-04-01T00:00:00Z')).to.deep.equal([
      'privacy/declassify-expired',
    ]);
    expect(until('2027-03-31', '2027-04-01T01:00:00+02:00')).to.deep.equal([]);
  });

  it('ends within a year, on a day that there is', () => {
    const until = (expires: string) =>
      codesOf(
        declassify(counted(), rowsFor('research'), { expires }),
        'curated',
        new Date('2027-01-01T12:00:00Z'),
      );
    expect(until('2028-01-02')).to.deep.equal([]);
    for (const wrong of ['2028-01-03', '9999-12-31', '2027-02-29', '2027-3-1', '', 'never', 'now'])
      expect(until(wrong), wrong).to.deep.equal(['privacy/declassify-expires']);
  });

  it('names a reason and a reviewer', () => {
    const blank = (more: Partial<Permit>) =>
      codesOf(declassify(counted(), rowsFor('research'), more));
    for (const more of [{ reason: '' }, { reviewer: '\t ' }])
      expect(blank(more)).to.deep.equal(['privacy/declassify-unreviewed']);
  });

  it('is looked at also where its rows are used twice', () => {
    const old = declassify(counted(), rowsFor('research'), { expires: '2024-01-01' });
    expect(codesOf(union(old, old))).to.deep.equal(['privacy/declassify-expired']);
  });
});
