import type { Expression } from '../../algebra/expressions.ts';
import type { DataType } from '../../algebra/types.ts';
import type { Given } from './given.ts';
import { describeVerb } from './harness.ts';
import { call, column, dedupe, explode, filter, keepConsented, literal, project } from './nodes.ts';
import { people, research } from './people.ts';

const list = (element: DataType, elementNullable = true): DataType => ({
  kind: 'array',
  element,
  elementNullable,
});

const string: DataType = { kind: 'string' };
const numbers = list({ kind: 'double' });

const tags: Given = {
  columns: { k: 'int', tags: list(string), n: 'long?' },
  rows: [
    [1, ['b', 'a', 'b', null], 9n],
    [2, [], 8n],
    [3, null, 7n],
    [4, ['😀', ''], null],
  ],
};

const batches: Given = {
  columns: {
    user: 'string',
    readings: list({
      kind: 'struct',
      fields: [
        { name: 'x', type: { kind: 'double' }, nullable: true },
        { name: 'at', type: { kind: 'struct', fields: [field('day', string)] }, nullable: true },
      ],
    }),
    taken: 'long',
  },
  labels: { user: ['subject:person'], readings: ['sensitive'] },
  about: { kind: 'subject', name: 'person', column: 'user' },
  eventTime: 'taken',
  rows: [
    ['ann', [{ x: 1.5, at: { day: 'mon' } }, null, { x: null, at: null }], 1n],
    ['bob', [{ x: Number.NaN, at: { day: 'tue' } }], 2n],
  ],
};

function field(name: string, type: DataType) {
  return { name, type, nullable: true };
}

function fieldOf(of: string, ...names: readonly string[]): Expression {
  return names.reduce<Expression>(
    (input, one) => ({ kind: 'field', input, field: one }),
    column(of),
  );
}

describeVerb('explode', [
  {
    it: 'makes a row of each element, null too, and none of an empty or missing list',
    given: { tags },
    write: (table) => explode(table('tags'), 'tags', 'tag'),
    schema: ['k int', 'n long?', 'tag string?'],
    state: 'public',
    rows: [
      [1, 9n, 'b'],
      [1, 9n, 'a'],
      [1, 9n, 'b'],
      [1, 9n, null],
      [4, null, '😀'],
      [4, null, ''],
    ],
  },
  {
    it: 'keeps rows without elements once, with nulls, if outer',
    given: { tags },
    write: (table) => explode(table('tags'), 'tags', 'tag', { outer: true, position: 'place' }),
    schema: ['k int', 'n long?', 'place int?', 'tag string?'],
    rows: [
      [1, 9n, 0, 'b'],
      [1, 9n, 1, 'a'],
      [1, 9n, 2, 'b'],
      [1, 9n, 3, null],
      [2, 8n, null, null],
      [3, 7n, null, null],
      [4, null, 0, '😀'],
      [4, null, 1, ''],
    ],
  },
  {
    it: 'counts places from 0, and may give the element the name of the list',
    given: { tags },
    write: (table) =>
      filter(
        explode(table('tags'), 'tags', 'tags', { position: 'place' }),
        call('gte', 'place', literal('int', 1)),
      ),
    schema: ['k int', 'n long?', 'place int', 'tags string?'],
    rows: [
      [1, 9n, 1, 'a'],
      [1, 9n, 2, 'b'],
      [1, 9n, 3, null],
      [4, null, 1, ''],
    ],
  },
  {
    it: 'keeps rows without elements of outer lists without places too',
    given: { tags },
    write: (table) =>
      filter(
        explode(table('tags'), 'tags', 'tag', { outer: true }),
        call('gt', 'k', literal('int', 1)),
      ),
    rows: [
      [2, 8n, null],
      [3, 7n, null],
      [4, null, '😀'],
      [4, null, ''],
    ],
  },
  {
    it: 'gives nothing of nothing',
    given: { tags: { ...tags, rows: [] } },
    write: (table) => explode(table('tags'), 'tags', 'tag', { outer: true }),
    rows: [],
  },
  {
    it: 'gives elements that are never null where the list has none',
    given: {
      matrix: {
        columns: { rows: list(list({ kind: 'int' }, false), false) },
        rows: [[[[1, 2], []]], [[[3]]]],
      },
    },
    write: (table) => explode(explode(table('matrix'), 'rows', 'row'), 'row', 'cell'),
    schema: ['cell int'],
    rows: [[1], [2], [3]],
  },
  {
    it: 'hands on NaN and -0.0',
    given: {
      given: {
        columns: { xs: numbers },
        rows: [[[Number.NaN, -0, 0, Number.NEGATIVE_INFINITY]]],
      },
    },
    write: (table) => explode(table('given'), 'xs', 'x'),
    rows: [[Number.NaN], [-0], [0], [Number.NEGATIVE_INFINITY]],
  },
  {
    it: 'gives structs, whose fields are read as of any other, with the labels of the list',
    given: { batches },
    write: (table) => {
      const readings = explode(table('batches'), 'readings', 'reading', { position: 'place' });
      return project(readings, {
        user: 'user',
        taken: 'taken',
        place: 'place',
        x: fieldOf('reading', 'x'),
        day: fieldOf('reading', 'at', 'day'),
      });
    },
    schema: [
      'user string [subject:person]',
      'taken long [quasi-identifier]',
      'place int [sensitive]',
      'x double? [sensitive]',
      'day string? [sensitive]',
    ],
    state: 'local person by user !taken (no)',
    rows: [
      ['ann', 1n, 0, 1.5, 'mon'],
      ['ann', 1n, 1, null, null],
      ['ann', 1n, 2, null, null],
      ['bob', 2n, 0, Number.NaN, 'tue'],
    ],
  },
  {
    it: 'leaves no version of a person to read consent off, outer or not',
    given: { people: withPhones() },
    write: (table) =>
      keepConsented(
        explode(table('people'), 'phones', 'phone', { outer: true }),
        'email',
        research,
      ),
    problems: ['privacy/consent-after-filter'],
  },
  {
    it: 'of consenting people is of consenting people',
    given: { people: withPhones() },
    write: (table) => explode(keepConsented(table('people'), 'email', research), 'phones', 'phone'),
    state: 'clean person by email for research',
  },
  {
    it: 'of the key of rows leaves nobody whose rows they are',
    given: {
      groups: {
        columns: { members: list(string, false), n: 'int' },
        labels: { members: ['subject:person'] },
        about: { kind: 'subject', name: 'person', column: 'members' },
        rows: [],
      },
    },
    write: (table) => explode(table('groups'), 'members', 'members'),
    schema: ['n int', 'members string [subject:person]'],
    state: 'mixed',
  },
  {
    it: 'takes rows of lists however often they come',
    given: { tags },
    write: (table) => explode(dedupe(table('tags'), ['k', 'tags', 'n'], []), 'tags', 'tag'),
    rows: [
      [1, 9n, 'b'],
      [1, 9n, 'a'],
      [1, 9n, 'b'],
      [1, 9n, null],
      [4, null, '😀'],
      [4, null, ''],
    ],
  },
  {
    it: 'refuses a column that is no list, or not there',
    given: { tags },
    write: (table) => explode(table('tags'), 'k', 'one'),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses a list that is not there',
    given: { tags },
    write: (table) => explode(table('tags'), 'labels', 'label'),
    problems: ['schema/unknown-column'],
  },
  {
    it: 'refuses names that are taken',
    given: { tags },
    write: (table) => explode(table('tags'), 'tags', 'k', { position: 'n' }),
    problems: ['schema/duplicate-column', 'schema/duplicate-column'],
  },
  {
    it: 'refuses one name for the element and its place',
    given: { tags },
    write: (table) => explode(table('tags'), 'tags', 'tag', { position: 'tag' }),
    problems: ['schema/duplicate-column'],
  },
]);

function withPhones(): Given {
  const { columns, ...more } = people([]);
  return { ...more, columns: { ...columns, phones: list(string) } };
}
