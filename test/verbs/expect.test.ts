import { expect } from 'chai';
import { ExpectationFailed, unmetCounts } from '../../algebra/verbs/expect.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { checkedCase, sampleOf } from './checked-case.ts';
import type { Given } from './given.ts';
import { describeVerb } from './harness.ts';
import { call, column, expectRows, filter, keepConsented, literal, source } from './nodes.ts';
import { people, research, version } from './people.ts';

const nasty: Given = {
  columns: { k: 'string', x: 'double?', s: 'string?' },
  rows: [
    ['a', 1, 'x'],
    ['b', Number.NaN, ''],
    ['c', null, null],
    ['d', -0, '😀'],
    ['e', Number.POSITIVE_INFINITY, 'x'],
    ['a', 1, 'x'],
  ],
};
const isNumber = {
  'x is a number': call('and', call('not', call('isNaN', 'x')), call('gte', 'x', 'x')),
};
const isPositive = { 'x > 0': call('gt', 'x', literal('double', 0)) };

const customers = people([
  version('ann', { device: 'd', granted: 5n }),
  version('ann', { granted: 5n, version: 2n }),
  version('bob'),
]);
const hasDevice = { 'has a device': call('isNotNull', 'device') };

describeVerb('expect', [
  {
    it: 'keeps rows that are otherwise where it only warns',
    given: { nasty },
    write: (table) => expectRows(table('nasty'), 'warn', { ...isNumber, ...isPositive }),
    schema: ['k string', 'x double?', 's string?'],
    state: 'public',
    rows: nasty.rows,
  },
  {
    it: 'drops rows for which a condition is false or null; equal rows stay as often as they are there',
    given: { nasty },
    write: (table) => expectRows(table('nasty'), 'drop', isNumber),
    rows: [
      ['a', 1, 'x'],
      ['d', -0, '😀'],
      ['e', Number.POSITIVE_INFINITY, 'x'],
      ['a', 1, 'x'],
    ],
  },
  {
    it: 'drops rows that do not meet one of several conditions; NaN is the greatest number, -0.0 is zero',
    given: { nasty },
    write: (table) =>
      expectRows(table('nasty'), 'drop', {
        ...isPositive,
        's is said': call('ne', 's', literal('string', '')),
      }),
    rows: [
      ['a', 1, 'x'],
      ['e', Number.POSITIVE_INFINITY, 'x'],
      ['a', 1, 'x'],
    ],
  },
  {
    it: 'goes on where all rows are as they have to be',
    given: { nasty },
    write: (table) => expectRows(table('nasty'), 'fail', { 'k is there': call('isNotNull', 'k') }),
    rows: nasty.rows,
  },
  {
    it: 'expects anything of no rows',
    given: { nasty: { ...nasty, rows: [] } },
    write: (table) => expectRows(table('nasty'), 'fail', isPositive),
    rows: [],
  },
  {
    it: 'takes any line for a name',
    given: { nasty },
    write: (table) =>
      expectRows(table('nasty'), 'drop', {
        '"""\'\\n{} # F.col("x") 😀': call('eq', 'k', literal('string', 'd')),
      }),
    rows: [['d', -0, '😀']],
  },
  {
    it: 'leaves consent to be read after it, where no row went',
    given: { customers },
    write: (table) =>
      keepConsented(expectRows(table('customers'), 'warn', hasDevice), 'email', research),
    rows: [['ann', null, 5n, null, 2n]],
  },
  {
    it: 'does not let consent be read where rows may have gone',
    given: { customers },
    write: (table) =>
      keepConsented(expectRows(table('customers'), 'drop', hasDevice), 'email', research),
    problems: ['privacy/consent-after-filter'],
  },
  {
    it: 'refuses what is no condition',
    given: { nasty },
    write: (table) => expectRows(table('nasty'), 'warn', { k: column('k') }),
    problems: ['schema/wrong-type'],
  },
  {
    it: 'refuses a column that is not there',
    given: { nasty },
    write: (table) => expectRows(table('nasty'), 'drop', { y: call('isNull', 'y') }),
    problems: ['schema/unknown-column'],
  },
  {
    it: 'is a filter like any other where it drops',
    given: { nasty },
    write: (table) =>
      filter(expectRows(table('nasty'), 'drop', isNumber), call('eq', 'k', literal('string', 'd'))),
    rows: [['d', -0, '😀']],
  },
]);

describe('what is not as expected', () => {
  it('is counted by name, null as well as false', () => {
    const node = expectRows(source('nasty'), 'warn', { ...isNumber, ...isPositive });
    const written = checkedCase({ nasty }, node);
    const rows = written.tables.get('landing.nasty') ?? [];
    const schema = written.checked.frames.get(node.from.input)?.schema ?? [];
    const nothing = () => {
      throw new TypeError('conditions of a row need nothing else');
    };
    const execution = { rows: nothing, consentAsOf: 0n, pseudonymKey: nothing, schema: nothing };
    expect(unmetCounts(node, rows, schema, execution)).to.deep.equal([
      { name: 'x is a number', rows: 2 },
      { name: 'x > 0', rows: 2 },
    ]);
  });

  it('ends a run that requires otherwise, with the count and no value', () => {
    const written = checkedCase({ nasty }, expectRows(source('nasty'), 'fail', isNumber));
    const run = () => interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
    expect(run).to.throw(ExpectationFailed, /^2 rows do not meet: x is a number$/);
  });
});
