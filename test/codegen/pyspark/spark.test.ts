import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { Relation } from '../../../algebra/relation.ts';
import type { Row } from '../../../algebra/row.ts';
import {
  aggregate,
  call,
  cast,
  column,
  dedupe,
  desc,
  filter,
  join,
  literal,
  over,
  project,
  select,
  source,
  table,
  union,
} from '../../check/plain.ts';
import { gluesUnderTest } from '../../runtime/warm-spark.ts';
import { caseKey } from '../../verbs/checked-case.ts';
import { type SparkCase, sparkRows } from '../../verbs/spark-rows.ts';
import { schemasOf } from './schemas.ts';

const odd = 'a.b "c" \\d\n{{e}} \u{1f600}';
const things = table('thing', {
  name: column('string?'),
  n: column('int'),
  big: column('long'),
  [odd]: column('string?'),
});
const given: readonly Row[] = [
  { name: 'ann', n: 1, big: 5n, [odd]: 'x' },
  { name: 'ann', n: 2, big: 6n, [odd]: null },
  { name: null, n: 3, big: 2n ** 62n, [odd]: 'y' },
];
const thing = source('landing.thing');

interface Case {
  readonly it: string;
  readonly write: Relation;
  readonly types?: readonly string[];
  readonly rows: readonly (readonly Row[string][])[];
}

/** What the verbs' own cases do not reach: odd names, pseudonyms within expressions, tables that meet themselves, types of constants. */
const cases: readonly Case[] = [
  {
    it: 'keeps columns of odd names apart through every verb',
    write: aggregate(
      dedupe(
        join(
          'inner',
          filter(thing, call('isNotNull', odd)),
          project(thing, { [odd]: odd, m: 'n' }),
          { [odd]: odd },
        ),
        [odd],
        [desc('m')],
      ),
      [odd],
      { [`max ${odd}`]: over('max', 'm'), n: over('count') },
    ),
    rows: [
      ['x', 1, 1n],
      ['y', 3, 1n],
    ],
  },
  {
    it: 'casts columns of odd names',
    write: project(thing, { [odd]: cast(odd, { kind: 'long' }) }, 'cast'),
    types: ['bigint'],
    rows: [[null], [null], [null]],
  },
  {
    it: 'makes pseudonyms within expressions and conditions',
    write: project(
      filter(thing, call('eq', pseudonym('name'), literal('string', hmac('ann')))),
      {
        n: 'n',
        text: call('concat', literal('string', 'p:'), pseudonym('name')),
        shouted: call('pseudonym', call('upper', 'name'), literal('string', 'research')),
        twice: call('pseudonym', pseudonym('name'), literal('string', 'research')),
      },
      'select',
    ),
    rows: [1, 2].map((n) => [n, `p:${hmac('ann')}`, hmac('ANN'), hmac(hmac('ann'))]),
  },
  {
    it: 'counts pseudonyms',
    write: aggregate(thing, [], { people: over('countDistinct', pseudonym('name')) }),
    rows: [[1n]],
  },
  {
    it: 'joins a step with itself and with steps made of it',
    write: selfJoin(),
    rows: [
      [1, 2n, 2n],
      [2, 2n, 2n],
    ],
  },
  {
    it: 'unites a step with itself',
    write: union(select(thing, 'n'), select(thing, 'n')),
    rows: [[1], [1], [2], [2], [3], [3]],
  },
  {
    it: 'lets names change places',
    write: project(thing, { n: 'big', big: 'n' }, 'rename'),
    types: ['bigint', 'int'],
    rows: [
      [5n, 1],
      [6n, 2],
      [2n ** 62n, 3],
    ],
  },
  {
    it: 'computes all changes from the columns as they were',
    write: project(
      thing,
      {
        name: 'name',
        n: call('add', 'n', literal('int', 10)),
        big: 'big',
        [odd]: odd,
        was: 'n',
      },
      'derive',
    ),
    rows: [
      ['ann', 11, 5n, 'x', 1],
      ['ann', 12, 6n, null, 2],
      [null, 13, 2n ** 62n, 'y', 3],
    ],
  },
  {
    it: 'gives constants their own types',
    write: project(
      filter(thing, call('eq', 'n', literal('int', 1))),
      {
        long: literal('long', '7'),
        wide: call('add', 'n', literal('long', '1')),
        same: call('add', 'big', literal('long', '1')),
        day: literal('date', '2024-02-29'),
        none: { kind: 'literal', type: { kind: 'double' }, value: null },
        money: {
          kind: 'literal',
          type: { kind: 'decimal', precision: 10, scale: 2 },
          value: '1.50',
        },
        either: chosen(),
      },
      'select',
    ),
    types: ['bigint', 'bigint', 'bigint', 'date', 'double', 'decimal(10,2)', 'bigint'],
    rows: [[7n, 2n, 6n, '2024-02-29', null, '1.50', 1n]],
  },
];

describe('scripts on Spark', () => {
  for (const glue of gluesUnderTest()) {
    it(`give the rows that were meant (Glue ${glue})`, async () => {
      const answers = await sparkRows(glue, cases.map(sparkCase));
      for (const [index, { it: title, write, types, rows }] of cases.entries()) {
        const answer = answers[index];
        if (!answer || answer instanceof Error) throw answer ?? new Error(title);
        const names = sparkCase({ it: title, write, rows })
          .schema(write)
          .map(({ name }) => name);
        expect(Object.keys(answer.types), title).to.deep.equal(names);
        if (types) expect(Object.values(answer.types), title).to.deep.equal(types);
        const found = answer.rows.map((row) => names.map((name) => row[name]));
        expect(found, title).to.have.deep.members(rows);
      }
    });
  }
});

function sparkCase({ write }: Case): SparkCase {
  const schemas = schemasOf([things]);
  return {
    relation: write,
    schema: (relation) => schemas(write, relation),
    tables: new Map([['landing.thing', given]]),
    consentAsOf: 0n,
  };
}

function pseudonym(name: string) {
  return call('pseudonym', name, literal('string', 'research'));
}

function hmac(text: string): string {
  return createHmac('sha256', caseKey).update(text, 'utf8').digest('hex');
}

function chosen() {
  const branch = { when: call('eq', 'n', literal('int', 1)), result: literal('long', '1') };
  // biome-ignore lint/suspicious/noThenProperty: a case's branches are called so
  const branches = [{ when: branch.when, then: branch.result }];
  return { kind: 'case', branches, otherwise: literal('long', '2') } as const;
}

/** A step, the counts of its groups, and the same counts again, all on one key. */
function selfJoin(): Relation {
  const people = select(thing, 'name', 'n');
  const counts = aggregate(people, ['name'], { rows: over('count') });
  const again = project(counts, { name: 'name', more: 'rows' }, 'rename');
  const both = join('inner', join('inner', people, counts, { name: 'name' }), again, {
    name: 'name',
  });
  return select(join('semi', both, people, { name: 'name' }), 'n', 'rows', 'more');
}
