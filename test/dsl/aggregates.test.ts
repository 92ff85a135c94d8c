import { expect } from 'chai';
import {
  avg,
  boolean,
  collectSorted,
  count,
  countDistinct,
  countIf,
  decimal,
  int,
  maxBy,
  string,
  sum,
  zone,
} from '#lakewright';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { stepOf } from '../../dsl/step.ts';
import { describeVerb } from '../verbs/harness.ts';

const sales = zone('landing').table('sale', {
  columns: {
    shop: string(),
    item: string().nullable(),
    pieces: int(),
    price: decimal(6, 2),
    returned: boolean().nullable().sensitive(),
  },
});

const given = {
  sale: {
    columns: {
      shop: 'string',
      item: 'string?',
      pieces: 'int',
      price: 'decimal(6,2)',
      returned: 'boolean?',
    },
    labels: { returned: ['sensitive'] },
    rows: [
      ['a', 'pen', 3, '1.10', true],
      ['a', 'pen', 1, '2.00', false],
      ['a', null, 1, '9999.99', true],
      ['a', 'cup', 9, '0.01', null],
      ['b', 'pen', 7, '5.00', false],
    ],
  },
} as const;

const measured = sales.groupBy('shop').aggregate((c) => ({
  lines: count().where(c.returned),
  named: count(c.item).where(c.returned),
  items: countDistinct(c.item).where(c.returned.not()),
  many: countIf(c.pieces.gt(2)).where(c.returned),
  value: sum(c.price.times(c.pieces)).where(c.returned),
  price: avg(c.price).where(c.returned),
  dearest: maxBy(c.item, c.price).where(c.returned),
  all: collectSorted(c.item).where(c.pieces.lt(5)),
}));

describeVerb('an aggregate of the rows for which a condition is true', [
  {
    it: 'is that of those rows alone',
    given,
    write: () => stepOf(measured, 'test', { file: '', line: 1, column: 1 }).relation,
    schema: [
      'shop string',
      'lines long [sensitive]',
      'named long [sensitive]',
      'items long [sensitive]',
      'many long [sensitive]',
      'value decimal(27, 2)? [sensitive]',
      'price double? [sensitive]',
      'dearest string? [sensitive]',
      'all array<string>',
    ],
    rows: [
      ['a', 2n, 1n, 1n, 1n, '10003.29', 5000.545, null, ['pen', 'pen']],
      ['b', 0n, 0n, 1n, 0n, null, null, null, []],
    ],
  },
]);

describe('an aggregate with a condition', () => {
  it('takes no plain value for one', () => {
    const write = () => sales.aggregate((c) => ({ n: sum(c.pieces).where(true as never) }));
    expect(write)
      .to.throw()
      .that.satisfies((error: DiagnosticError) =>
        error.diagnostics.some(({ code }) => code === 'dsl/not-an-expression'),
      );
  });
});
