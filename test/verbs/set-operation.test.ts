import type { DataType } from '../../algebra/types.ts';
import type { SetOperation } from '../../algebra/verbs/set-operation.ts';
import type { Given } from './given.ts';
import { describeVerb, type VerbCase } from './harness.ts';
import { call, column, filter, keepConsented, literal, project, setOperation } from './nodes.ts';
import { people, readings, research } from './people.ts';

const spring: Given = {
  columns: { k: 'string?', n: 'long?', x: 'double?' },
  rows: [
    ['a', 1n, 0.5],
    ['a', 1n, 0.5],
    ['a', 2n, 0.5],
    [null, null, null],
    [null, null, null],
    ['nan', 1n, Number.NaN],
    ['zero', 1n, -0],
    ['', null, Number.POSITIVE_INFINITY],
    ['😀', 9223372036854775807n, 1e308],
    ['only', 1n, 1],
    ['only', 1n, 1],
  ],
};

/** The same in other places, some of it once more. */
const autumn: Given = {
  columns: { x: 'double?', k: 'string', n: 'long?' },
  rows: [
    [0.5, 'a', 1n],
    [0.5, 'A', 2n],
    [Number.NaN, 'nan', 1n],
    [0, 'zero', 1n],
    [1e308, '😀', 9223372036854775807n],
    [2, 'other', 1n],
  ],
};

const nulls: Given = {
  columns: { x: 'double?', k: 'string?', n: 'long?' },
  rows: [[null, null, null]],
};

const both =
  (operation: SetOperation['operation'], right: string): VerbCase['write'] =>
  (table) =>
    setOperation(operation, table('spring'), table(right));

const list: DataType = { kind: 'array', element: { kind: 'int' }, elementNullable: true };
const struct: DataType = {
  kind: 'struct',
  fields: [{ name: 'a', type: { kind: 'double' }, nullable: true }],
};
const map: DataType = {
  kind: 'map',
  key: { kind: 'string' },
  value: { kind: 'int' },
  valueNullable: true,
};

const nested: Given = {
  columns: { items: list, whole: struct },
  rows: [
    [[1, null], { a: -0 }],
    [[1, null], { a: 0 }],
    [[], { a: Number.NaN }],
    [null, null],
  ],
};

const consenting: VerbCase['write'] = (table) =>
  project(keepConsented(table('people'), 'email', research), { email: 'email' });
const emails: VerbCase['write'] = (table) => project(table('readings'), { email: 'user' });
const given = { people: people([]), readings: readings([]) };

describeVerb('set operations', [
  {
    it: 'keep what both have, once, by all columns wherever they lie',
    given: { spring, autumn },
    write: both('intersect', 'autumn'),
    schema: ['k string?', 'n long?', 'x double?'],
    state: 'public',
    rows: [
      ['a', 1n, 0.5],
      ['nan', 1n, Number.NaN],
      ['zero', 1n, 0],
      ['😀', 9223372036854775807n, 1e308],
    ],
  },
  {
    it: 'keep what the other has not, once',
    given: { spring, autumn },
    write: both('except', 'autumn'),
    schema: ['k string?', 'n long?', 'x double?'],
    state: 'public',
    rows: [
      ['a', 2n, 0.5],
      [null, null, null],
      ['', null, Number.POSITIVE_INFINITY],
      ['only', 1n, 1],
    ],
  },
  {
    it: 'take null for equal to null: both have it',
    given: { spring, nulls },
    write: both('intersect', 'nulls'),
    rows: [[null, null, null]],
  },
  {
    it: 'take null for equal to null: only the left has the rest',
    given: { spring: { ...spring, rows: spring.rows.slice(0, 5) }, nulls },
    write: both('except', 'nulls'),
    rows: [
      ['a', 1n, 0.5],
      ['a', 2n, 0.5],
    ],
  },
  {
    it: 'of nothing give nothing',
    given: { spring: { ...spring, rows: [] }, autumn },
    write: both('except', 'autumn'),
    rows: [],
  },
  {
    it: 'with nothing keep nothing that both have',
    given: { spring, autumn: { ...autumn, rows: [] } },
    write: both('intersect', 'autumn'),
    rows: [],
  },
  {
    it: 'of rows and a part of them leave the other part, and where the condition is null',
    given: { spring },
    write: (table) =>
      setOperation(
        'except',
        table('spring'),
        filter(table('spring'), call('gt', 'n', literal('long', '0'))),
      ),
    rows: [
      [null, null, null],
      ['', null, Number.POSITIVE_INFINITY],
    ],
  },
  {
    it: 'compare lists and structs by what is in them',
    given: { nested, other: { ...nested, rows: nested.rows.slice(1, 3) } },
    write: (table) =>
      project(setOperation('intersect', table('nested'), table('other')), {
        items: 'items',
        a: { kind: 'field', input: column('whole'), field: 'a' },
      }),
    rows: [
      [[1, null], 0],
      [[], Number.NaN],
    ],
  },
  {
    it: 'label what both have with what each tells',
    given: {
      left: { columns: { a: 'string' }, labels: { a: ['sensitive'] }, rows: [] },
      right: { columns: { a: 'string' }, labels: { a: ['biometric'] }, rows: [] },
    },
    write: (table) => setOperation('intersect', table('left'), table('right')),
    schema: ['a string [biometric sensitive]'],
  },
  {
    it: 'keep whose rows they are: those that consenting people have too are of consenting people',
    given,
    write: (table) => setOperation('intersect', emails(table), consenting(table)),
    state: 'clean person by email !lost for research',
  },
  {
    it: 'keep nobody who consents because the other table has no such row',
    given,
    write: (table) => setOperation('except', emails(table), consenting(table)),
    state: 'local person by email !lost (no) with others for research',
  },
  {
    it: 'leave consenting people out by rows of anybody of the same key',
    given,
    write: (table) => setOperation('except', consenting(table), emails(table)),
    state: 'clean person by email !lost for research',
  },
  {
    it: 'mix people where the columns name nobody',
    given,
    write: (table) =>
      setOperation(
        'intersect',
        project(keepConsented(table('people'), 'email', research), { t: 'version' }),
        project(table('readings'), { t: 'taken' }),
      ),
    state: 'mixed',
  },
  {
    it: 'of consenting people only, whoever they are, are of consenting people',
    given,
    write: (table) =>
      setOperation(
        'except',
        project(keepConsented(table('people'), 'email', research), { t: 'device' }),
        project(keepConsented(table('people'), 'email', research), { t: 'email' }),
      ),
    state: 'clean person for research',
  },
  {
    it: 'refuse other columns',
    given: { spring, autumn },
    write: (table) =>
      setOperation('except', table('spring'), project(table('autumn'), { k: 'k', n: 'x' })),
    problems: ['schema/unlike-union'],
  },
  {
    it: 'refuse maps, which Spark does not compare',
    given: { maps: { columns: { m: map }, rows: [] } },
    write: (table) => setOperation('intersect', table('maps'), table('maps')),
    problems: ['schema/wrong-type'],
  },
]);
