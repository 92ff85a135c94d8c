import { expect } from 'chai';
import { inOrder } from '../../algebra/fold.ts';
import type { Relation } from '../../algebra/relation.ts';
import { columnNames } from '../../algebra/schema.ts';
import { type CheckedLibrary, check } from '../../check/index.ts';
import { optimize } from '../../optimize/index.ts';
import {
  aggregate,
  call,
  column,
  customers,
  dedupe,
  desc,
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
  soleOwner,
  source,
  table,
  union,
} from '../check/plain.ts';

/** About nobody, so that no privacy rule is in the way. */
const tables = [
  table(
    'wide',
    { a: column('long?'), b: column('long?'), c: column('string?'), d: column('double?') },
    { zone: 'landing', format: 'parquet' },
  ),
  table('lines', { a: column('long'), e: column('string?'), f: column('string?') }),
];
const wide = source('landing.wide');
const lines = source('landing.lines');
const positive = call('gt', 'b', literal('long', '0'));

interface Case {
  readonly it: string;
  readonly write: Relation;
  /** By table, the columns read before and after. */
  readonly reads: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { it: 'reads all where all is written', write: wide, reads: { 'landing.wide': 'a b c d' } },
  {
    it: 'reads what is selected and what conditions look at',
    write: select(filter(wide, positive), 'a'),
    reads: { 'landing.wide': 'a b' },
  },
  {
    it: 'carries on no column that only the partner of a row still has',
    write: select(
      project(
        join('semi', select(wide, 'a', 'b', 'c'), filter(wide, call('isNotNull', 'c')), { a: 'a' }),
        { a: 'a', b: 'b', c: 'c', sum: call('add', 'a', 'b') },
      ),
      'sum',
    ),
    reads: { 'landing.wide': 'a b c' },
  },
  {
    it: 'carries on no column whose name only the column joined on still has',
    write: select(
      project(join('inner', select(wide, 'a', 'b', 'c'), select(lines, 'f'), { c: 'f' }), {
        b: 'b',
        g: call('isNull', 'b'),
      }),
      'g',
    ),
    reads: { 'landing.wide': 'b c', 'landing.lines': 'a f' },
  },
  {
    it: 'reads what expressions are made of, once their result is used',
    write: select(project(wide, { a: 'a', sum: call('add', 'a', 'b'), d: 'd' }), 'sum'),
    reads: { 'landing.wide': 'a b' },
  },
  {
    it: 'reads nothing for results that are not used',
    write: select(project(wide, { a: 'a', sum: call('add', 'a', 'b'), d: 'd' }), 'd'),
    reads: { 'landing.wide': 'd' },
  },
  {
    it: 'reads every column where whole rows are compared',
    write: select(dedupe(wide, ['a', 'b', 'c', 'd'], [], 'distinct'), 'a'),
    reads: { 'landing.wide': 'a b c d' },
  },
  {
    it: 'reads every column that can break a tie',
    write: select(dedupe(wide, ['a'], [desc('b')]), 'a'),
    reads: { 'landing.wide': 'a b c d' },
  },
  {
    it: 'compares only the columns that the author left for it',
    write: dedupe(select(wide, 'a', 'c'), ['a', 'c'], [], 'distinct'),
    reads: { 'landing.wide': 'a c' },
  },
  {
    it: 'reads keys on both sides of a join, and of a partner looked up nothing else',
    write: select(join('semi', wide, lines, { a: 'a' }), 'd'),
    reads: { 'landing.wide': 'a d', 'landing.lines': 'a' },
  },
  {
    it: 'reads what a join brings',
    write: select(join('left', wide, lines, { a: 'a' }), 'b', 'e'),
    reads: { 'landing.wide': 'a b', 'landing.lines': 'a e' },
  },
  {
    it: 'reads groups and what is summed up',
    write: aggregate(wide, ['a'], { most: over('max', 'b') }),
    reads: { 'landing.wide': 'a b' },
  },
  {
    it: 'reads one column to count rows by',
    write: aggregate(wide, [], { n: over('count') }),
    reads: { 'landing.wide': 'a' },
  },
  {
    it: 'reads the same columns on both sides of a union',
    write: select(union(wide, filter(wide, positive)), 'c'),
    reads: { 'landing.wide': 'b c' },
  },
  {
    it: 'always reads what decides whether a line of a landing table is sound',
    write: select(lines, 'e'),
    reads: { 'landing.lines': 'a e' },
  },
  {
    it: 'reads for each use of a table what any use needs',
    write: join('inner', select(wide, 'a', 'b'), project(wide, { z: 'a', y: 'd' }), { a: 'z' }),
    reads: { 'landing.wide': 'a b d' },
  },
];

describe('prune-columns', () => {
  for (const { it: title, write, reads } of cases) {
    it(title, () => {
      const { before, after } = optimized(write);
      expect(readsOf(after)).to.deep.equal(reads);
      expect(columnNames(schemaOf(after))).to.deep.equal(columnNames(schemaOf(before)));
    });
  }

  it('puts a selection under a union whose sides were left with different columns', () => {
    const { after } = optimized(select(union(wide, filter(wide, positive)), 'c'));
    const [both] = inOrder(rowsOf(after)).filter((node) => node.kind === 'union');
    const sides = Object.values(both?.from ?? {}) as readonly Relation[];
    const columns = sides.map((side) => columnNames(after.frames.get(side)?.schema ?? []));
    expect(columns[0]).to.deep.equal(columns[1]);
  });

  it('leaves a relation that reads no more than it needs as it is', () => {
    const narrow = aggregate(dedupe(wide, ['a', 'b', 'c', 'd'], [], 'distinct'), ['a'], {
      n: over('count'),
    });
    expect(rowsOf(optimized(narrow).after)).to.equal(narrow);
  });

  it('gives every relation a schema that its verb derives again, and the state that was checked', () => {
    for (const { write } of cases) {
      const { before, after } = optimized(write);
      const again = check(after.library);
      expect(again.diagnostics, JSON.stringify(again.diagnostics)).to.deep.equal([]);
      for (const node of inOrder(rowsOf(after))) {
        const derived = again.checked?.frames.get(node);
        expect(after.frames.get(node)?.schema, node.kind).to.deep.equal(derived?.schema);
      }
      expect(after.frames.get(rowsOf(after))?.state).to.deep.equal(
        before.frames.get(rowsOf(before))?.state,
      );
    }
  });

  it('keeps the columns that say whose a device is', () => {
    const trusted = job(
      'customer_trusted',
      keepConsented(source('landing.customer')),
      sink('trusted', 'customer'),
    );
    const owned = soleOwner(source('landing.customer'));
    const consenting = join('semi', owned, source('trusted.customer'), { email: 'email' });
    const names = job('names', select(consenting, 'name'), sink('trusted', 'names'));
    const stored = { ...customers, format: 'parquet' } as const;
    const { checked } = check(library([trusted, names], { tables: [stored] }));
    if (!checked) throw new TypeError('the library is wrong');
    const [, pruned] = optimize(checked).jobs;
    const read = inOrder(pruned?.job.rows ?? owned).filter((node) => node.kind === 'source');
    expect(read.map(({ table: id, columns }) => ({ id, columns }))).to.deep.equal([
      { id: 'landing.customer', columns: ['email', 'name', 'serial', 'updated'] },
      { id: 'trusted.customer', columns: ['email'] },
    ]);
  });
});

function optimized(rows: Relation): { before: CheckedLibrary; after: CheckedLibrary } {
  const given = library([job('out', rows, sink('trusted', 'out'))], { tables });
  const { checked, diagnostics } = check(given);
  if (!checked) throw new TypeError(JSON.stringify(diagnostics));
  return { before: checked, after: optimize(checked) };
}

function rowsOf(checked: CheckedLibrary): Relation {
  const [first] = checked.jobs;
  if (!first) throw new TypeError('no job');
  return first.job.rows;
}

function schemaOf(checked: CheckedLibrary) {
  return checked.frames.get(rowsOf(checked))?.schema ?? [];
}

function readsOf(checked: CheckedLibrary): Readonly<Record<string, string>> {
  const sources = inOrder(rowsOf(checked)).filter((node) => node.kind === 'source');
  return Object.fromEntries(
    sources.map((node) => [
      node.table,
      columnNames(checked.frames.get(node)?.schema ?? []).join(' '),
    ]),
  );
}
