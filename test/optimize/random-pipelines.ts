import fc from 'fast-check';
import type { Expression } from '../../algebra/expressions.ts';
import type { Relation } from '../../algebra/relation.ts';
import type { Row } from '../../algebra/row.ts';
import type { JoinKind } from '../../algebra/verbs/join.ts';
import { bringsColumns } from '../../algebra/verbs/join-columns.ts';
import {
  aggregate,
  call,
  column,
  dedupe,
  desc,
  explode,
  filter,
  join,
  literal,
  over,
  project,
  select,
  setOperation,
  source,
  table,
  union,
  unpivot,
} from '../check/plain.ts';
import { across, expectRows, window } from '../verbs/nodes.ts';

/** Tables about nobody, so that no privacy rule is in the way of any pipeline. */
export const randomTables = [
  table(
    'wide',
    { a: column('long'), b: column('long?'), c: column('string?'), d: column('double') },
    { format: 'parquet' },
  ),
  table('lines', { a: column('long?'), e: column('string?'), f: column('long?') }),
];

/** Few values, so that keys meet, groups have members and rows occur twice. */
export const randomRows: fc.Arbitrary<ReadonlyMap<string, readonly Row[]>> = fc
  .tuple(rowsOf(['a', 'b'], ['c'], ['d']), rowsOf(['a', 'f'], ['e'], []))
  .map(
    ([wide, lines]) =>
      new Map([
        ['landing.wide', wide.map((row) => ({ ...row, a: row['a'] ?? 0n, d: row['d'] ?? 0 }))],
        ['landing.lines', lines],
      ]),
  );

function rowsOf(longs: readonly string[], texts: readonly string[], doubles: readonly string[]) {
  const cell = <T>(...values: readonly T[]) => fc.constantFrom(...values, null);
  const columns = [
    ...longs.map((name) => [name, cell(0n, 1n, 2n)] as const),
    ...texts.map((name) => [name, cell('x', 'y')] as const),
    ...doubles.map((name) => [name, cell(0, 1.5)] as const),
  ];
  const row: fc.Arbitrary<Row> = fc.record(Object.fromEntries(columns));
  return fc.array(row, { maxLength: 12 });
}

interface Columns {
  readonly [name: string]: 'int' | 'long' | 'string' | 'double';
}

interface Part {
  readonly relation: Relation;
  readonly columns: Columns;
}

/** Chooses one of some things; the same numbers choose the same. */
type Choose = <T>(things: readonly T[]) => T;

const sources: readonly Part[] = [
  {
    relation: source('landing.wide'),
    columns: { a: 'long', b: 'long', c: 'string', d: 'double' },
  },
  { relation: source('landing.lines'), columns: { a: 'long', e: 'string', f: 'long' } },
];

/** Pipelines of up to eight verbs that use their own earlier steps again. */
export const randomPipeline: fc.Arbitrary<Relation> = fc
  .array(fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 8 })
  .map((steps) => {
    const parts = [...sources];
    for (const [index, numbers] of steps.entries()) {
      const left = [...numbers];
      const choose: Choose = (things) => {
        const chosen = things[(left.pop() ?? 0) % things.length];
        if (chosen === undefined) throw new TypeError('nothing to choose from');
        return chosen;
      };
      const verb = choose(verbs);
      // Mostly the newest step, so that pipelines grow long.
      const from = choose([parts.at(-1), parts.at(-1), ...parts]) ?? choose(parts);
      parts.push(verb(from, choose, `n${index}`, parts));
    }
    const last = parts.at(-1) ?? sources[0];
    if (!last) throw new TypeError('no sources');
    // Without a column that nobody wants there is nothing to prune.
    const [first = 'a', ...more] = Object.keys(last.columns).toReversed();
    return select(last.relation, first, ...more.slice(0, steps.length % 2));
  });

type Write = (from: Part, choose: Choose, fresh: string, parts: readonly Part[]) => Part;

const verbs: readonly Write[] = [
  ({ relation, columns }, choose) => {
    const where = condition(columns, choose);
    return { relation: expectRows(relation, choose(['drop', 'warn']), { where }), columns };
  },
  ({ relation, columns }, choose) => ({ relation: filtered(relation, columns, choose), columns }),
  ({ relation, columns }, choose) => {
    const names = some(columns, choose);
    return { relation: select(relation, ...names), columns: only(columns, names) };
  },
  ({ relation, columns }, choose) => {
    const names = some(columns, choose).toSorted();
    const kept = Object.keys(columns).filter((name) => names.includes(name));
    const copies = Object.fromEntries(kept.map((name) => [name, name]));
    return { relation: project(relation, copies, 'drop'), columns: only(columns, kept) };
  },
  ({ relation, columns }, choose, fresh) => {
    const [first, second] = [choose(Object.keys(columns)), choose(Object.keys(columns))];
    const both = columns[first] === 'long' && columns[second] === 'long';
    const value = both ? call('add', first, second) : call('isNull', second);
    const kept = { ...identity(columns), [fresh]: value };
    if (both)
      return { relation: project(relation, kept), columns: { ...columns, [fresh]: 'long' } };
    return {
      relation: project(relation, { ...identity(columns), [fresh]: first }),
      columns: { ...columns, [fresh]: columns[first] ?? 'long' },
    };
  },
  ({ relation, columns }, choose, fresh) => {
    const old = choose(Object.keys(columns));
    const pairs = Object.entries(columns).map(([name, type]) => ({
      name,
      type,
      to: name === old ? fresh : name,
    }));
    return {
      relation: project(
        relation,
        Object.fromEntries(pairs.map(({ name, to }) => [to, name])),
        'rename',
      ),
      columns: Object.fromEntries(pairs.map(({ to, type }) => [to, type])),
    };
  },
  ({ relation, columns }) => ({
    relation: dedupe(relation, Object.keys(columns), [], 'distinct'),
    columns,
  }),
  ({ relation, columns }, choose) => ({
    relation: dedupe(relation, some(columns, choose), [desc(choose(Object.keys(columns)))]),
    columns,
  }),
  ({ relation, columns }, choose, fresh) => {
    const by = choose([[], some(columns, choose)]);
    const order = [desc(choose(Object.keys(columns)))];
    const call = choose([across('rank'), across('rowNumber'), over('count')]);
    const type = call.kind === 'aggregate' ? 'long' : 'int';
    return {
      relation: window(relation, { by, order }, { [fresh]: call }),
      columns: { ...columns, [fresh]: type },
    };
  },
  ({ relation, columns }, choose, fresh) => {
    const by = some(columns, choose);
    const value = choose(Object.keys(columns));
    const measures = { [fresh]: over('count'), [`${fresh}max`]: over('max', value) };
    return {
      relation: aggregate(relation, by, measures),
      columns: { ...only(columns, by), [fresh]: 'long', [`${fresh}max`]: columns[value] ?? 'long' },
    };
  },
  ({ relation, columns }, choose) => ({
    relation: setOperation(
      choose(['intersect', 'except'] as const),
      relation,
      filtered(relation, columns, choose),
    ),
    columns,
  }),
  ({ relation, columns }, choose, fresh) => {
    const turned = some(columns, choose).filter((name) => columns[name] === 'long');
    if (turned.length === 0) return { relation, columns };
    const kept = Object.keys(columns).filter((name) => !turned.includes(name));
    return {
      relation: unpivot(relation, turned, `${fresh}name`, fresh),
      columns: { ...only(columns, kept), [`${fresh}name`]: 'string', [fresh]: 'long' },
    };
  },
  ({ relation, columns }, choose) => ({
    relation: union(relation, filtered(relation, columns, choose)),
    columns,
  }),
  ({ relation, columns }, choose, fresh) => {
    const text = Object.keys(columns).find((name) => columns[name] === 'string');
    if (text === undefined) return { relation, columns };
    const parts = call('split', text, literal('string', choose(['x', ','])));
    const split = project(relation, { ...identity(columns), [`${fresh}list`]: parts });
    const outer = choose([true, false]);
    return {
      relation: explode(split, `${fresh}list`, fresh, { outer, position: `${fresh}place` }),
      columns: { ...columns, [fresh]: 'string' },
    };
  },
  joined('inner'),
  joined('inner', 'where'),
  joined('left'),
  joined('left', 'where'),
  joined('full'),
  joined('semi', 'where'),
  joined('anti', 'where'),
  joined('semi'),
  joined('anti'),
];

function joined(how: JoinKind, condition?: 'where'): Write {
  return (left, choose, fresh, parts) => {
    const right = choose(parts);
    const prefixed = Object.entries(right.columns).map(([name, type]) => ({
      name,
      type,
      to: `${fresh}${name}`,
    }));
    const renamed = project(
      right.relation,
      Object.fromEntries(prefixed.map(({ name, to }) => [to, name])),
      'rename',
    );
    const pairs = Object.entries(left.columns).flatMap(([name, type]) =>
      prefixed
        .filter((one) => one.type === type && type !== 'double')
        .map(({ to }) => ({ name, to })),
    );
    if (pairs.length === 0) return left;
    const { name, to } = choose(pairs);
    const where = condition && pairCondition(left.columns, prefixed, choose);
    const more = prefixed.filter((one) => one.to !== to).map((one) => [one.to, one.type] as const);
    return {
      relation: join(how, left.relation, renamed, { [name]: to }, where ? { where } : {}),
      columns: { ...left.columns, ...(bringsColumns(how) ? Object.fromEntries(more) : {}) },
    };
  };
}

/** That a column of each side is known, or that one is not the other, so that pairs are left out. */
function pairCondition(
  left: Columns,
  right: readonly { readonly type: string; readonly to: string }[],
  choose: Choose,
): Expression | undefined {
  const own = choose(Object.keys(left));
  const other = choose(right);
  if (left[own] === other.type) return call('ne', own, other.to);
  return call('or', call('isNotNull', own), call('isNull', other.to));
}

function filtered(relation: Relation, columns: Columns, choose: Choose): Relation {
  return filter(relation, condition(columns, choose));
}

function condition(columns: Columns, choose: Choose): Expression {
  const name = choose(Object.keys(columns));
  const isLong = columns[name] === 'long';
  return isLong ? call('gt', name, literal('long', '0')) : call('isNotNull', name);
}

/** At least one column, each once. */
function some(columns: Columns, choose: Choose): readonly string[] {
  const names = Object.keys(columns);
  return [...new Set([choose(names), choose(names), choose(names)])];
}

function only(columns: Columns, names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, columns[name] ?? 'long']));
}

function identity(columns: Columns): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, name]));
}
