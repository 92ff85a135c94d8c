import { expect } from 'chai';
import {
  array,
  boolean,
  count,
  countDistinct,
  double,
  int,
  long,
  min,
  string,
  struct,
  zone,
} from '#lakewright';
import type { DiagnosticError } from '../../diagnostics/index.ts';
import { stepOf } from '../../dsl/step.ts';
import { accelerometer, customers } from '../types/fixtures/tables.ts';
import { describeVerb } from '../verbs/harness.ts';
import { agree } from './agreement.ts';

const changes = zone('landing').table('change', {
  columns: {
    shop: string().nullable(),
    number: int(),
    at: long().nullable(),
    city: string().nullable().quasi(),
    open: boolean(),
  },
});

const given = {
  change: {
    columns: { shop: 'string?', number: 'int', at: 'long?', city: 'string?', open: 'boolean' },
    labels: { city: ['quasi-identifier'] },
    rows: [
      ['a', 1, 10n, 'Ulm', true],
      ['a', 1, 30n, 'Bonn', true],
      ['a', 1, 20n, 'Ulm', false],
      ['a', 1, 40n, null, false],
      ['a', 1, 50n, null, true],
      ['a', 1, null, 'Kiel', true],
      ['a', 2, 10n, 'Ulm', true],
      ['a', 2, 10n, 'Aalen', true],
      [null, 2, 9223372036854775807n, 'Ulm', true],
      [null, 2, -9223372036854775808n, 'Ulm', true],
    ],
  },
} as const;

const relationOf = (dataset: object) =>
  stepOf(dataset, 'test', { file: '', line: 1, column: 1 }).relation;

const [low, high] = [-9223372036854775808n, 9223372036854775807n];

describeVerb('scdType2', [
  {
    it: 'ends each version where the next begins, and says which is current',
    given,
    write: () => relationOf(changes.scdType2({ by: ['shop', 'number'], time: 'at' })),
    schema: [
      ...['shop string?', 'number int', 'validFrom long?', 'city string? [quasi-identifier]'],
      ...['open boolean', 'validTo long?', 'isCurrent boolean'],
    ],
    rows: [
      ['a', 1, 10n, 'Ulm', true, 20n, false],
      ['a', 1, 20n, 'Ulm', false, 30n, false],
      ['a', 1, 30n, 'Bonn', true, 40n, false],
      ['a', 1, 40n, null, false, 50n, false],
      ['a', 1, 50n, null, true, null, true],
      ['a', 2, 10n, 'Aalen', true, null, true],
      [null, 2, low, 'Ulm', true, high, false],
      [null, 2, high, 'Ulm', true, null, true],
    ],
  },
  {
    it: 'begins a version only where one of the columns changes, null too',
    given,
    write: () =>
      relationOf(changes.scdType2({ by: ['shop', 'number'], time: 'at', columns: ['city'] })),
    rows: [
      ['a', 1, 10n, 'Ulm', true, 30n, false],
      ['a', 1, 30n, 'Bonn', true, 40n, false],
      ['a', 1, 40n, null, false, null, true],
      ['a', 2, 10n, 'Aalen', true, null, true],
      [null, 2, low, 'Ulm', true, null, true],
    ],
  },
]);

const parts = zone('landing').table('part', {
  columns: { a: string().nullable().identifier(), b: string().nullable(), n: long().nullable() },
});

const partRows = {
  part: {
    columns: { a: 'string?', b: 'string?', n: 'long?' },
    labels: { a: ['identifier'] },
    rows: [
      ['x', 'yz', 1n],
      ['xy', 'z', 1n],
      ['', null, 1n],
      [null, '', 1n],
      ['","', '', null],
      ['', '","', null],
      ['null', null, 0n],
      [null, 'null', 0n],
    ],
  },
} as const;

describeVerb('surrogateKey', [
  {
    it: 'tells nulls from texts, and has the labels of all columns',
    given: partRows,
    write: () =>
      relationOf(
        parts
          .surrogateKey({ of: ['a', 'b'], as: 'key' })
          .aggregate((c) => ({ keys: countDistinct(c.key), least: min(c.key) })),
      ),
    schema: ['keys long [identifier]', 'least string? [identifier]'],
    rows: [[8n, '2f9593ea269f5ef977d83821c430ea5fa009a3eb10f7601214902e9f48ff1e23']],
  },
]);

describeVerb('sample', [
  {
    it: 'takes all rows of a key or none',
    given,
    write: () =>
      relationOf(
        changes
          .sample(0.5, { by: ['shop', 'number'], seed: 4 })
          .groupBy('shop', 'number')
          .aggregate(() => ({ rows: count() })),
      ),
    rows: [
      ['a', 1, 6n],
      ['a', 2, 2n],
    ],
  },
]);

const nested = zone('landing').table('nested', {
  columns: {
    k: int(),
    s: struct({
      p: string(),
      t: struct({ x: double().nullable(), l: array(int()) }).nullable(),
    })
      .nullable()
      .sensitive(),
  },
});

describeVerb('flatten', [
  {
    it: 'makes columns of the fields of structs within structs, null where the whole is',
    given: {
      nested: {
        columns: {
          k: 'int',
          s: {
            kind: 'struct',
            fields: [
              { name: 'p', type: { kind: 'string' }, nullable: false },
              {
                name: 't',
                type: {
                  kind: 'struct',
                  fields: [
                    { name: 'x', type: { kind: 'double' }, nullable: true },
                    {
                      name: 'l',
                      type: { kind: 'array', element: { kind: 'int' }, elementNullable: false },
                      nullable: false,
                    },
                  ],
                },
                nullable: true,
              },
            ],
          },
        },
        labels: { s: ['sensitive'] },
        rows: [
          [1, { p: 'a', t: { x: 1.5, l: [1] } }],
          [2, { p: 'b', t: null }],
          [3, null],
        ],
      },
    },
    write: () => relationOf(nested.flatten({ separator: '__' })),
    schema: [
      ...['k int', 's__p string? [sensitive]', 's__t__x double? [sensitive]'],
      's__t__l array<int>? [sensitive]',
    ],
    rows: [
      [1, 'a', 1.5, [1]],
      [2, 'b', null, null],
      [3, null, null, null],
    ],
  },
]);

describe('the types and the algebra agree on', () => {
  const id = { identifier: true, 'subject:customer': true } as const;
  const clock = { 'quasi-identifier': true } as const;
  const body = { sensitive: true } as const;

  it('the history of each person', () => {
    agree(
      accelerometer.scdType2({ by: ['user'], time: 'timestamp', columns: ['x'] }),
      {
        user: ['string', id],
        validFrom: ['long', clock],
        x: ['double', body],
        y: ['double', body],
        validTo: ['long', { ...clock, null: true }],
        isCurrent: ['boolean', clock],
      },
      { kind: 'local', keys: ['user'], aliases: [], complete: 'no' },
    );
  });

  it('keys, of which a hash still identifies', () => {
    agree(
      customers
        .select('email', 'updated')
        .surrogateKey({ of: ['email', 'updated'], as: 'version' })
        .sample(0.5, { by: ['email'] }),
      {
        email: ['string', id],
        updated: ['long', clock],
        version: ['string', { ...id, ...clock }],
      },
      { kind: 'local', keys: ['email'], aliases: [], complete: 'no' },
    );
  });

  it('flat columns', () => {
    agree(
      nested.flatten().drop('s_t_l'),
      {
        k: ['int', {}],
        s_p: ['string', { ...body, null: true }],
        s_t_x: ['double', { ...body, null: true }],
      },
      { kind: 'public', keys: [], aliases: [] },
    );
  });
});

describe('keys, samples and histories', () => {
  const codesOf = (write: () => unknown) => {
    try {
      write();
    } catch (error) {
      return (error as DiagnosticError).diagnostics.map(({ code }) => code);
    }
    return [];
  };
  const untyped = changes as unknown as Record<string, (...values: unknown[]) => unknown>;

  it('refuse what is no share, no key, no time and no separator', () => {
    const bad = [
      () => untyped['sample']?.(0, { by: ['shop'] }),
      () => untyped['sample']?.(1.1, { by: ['shop'] }),
      () => untyped['sample']?.(0.1, { by: [] }),
      () => untyped['sample']?.(0.1, {}),
      () => untyped['surrogateKey']?.({ of: [], as: 'key' }),
      () => untyped['scdType2']?.({ by: [], time: 'at' }),
      () => untyped['scdType2']?.({ by: ['shop'], time: 'city' }),
      () => untyped['flatten']?.({ separator: '.' }),
      () => nested.derive((c) => ({ x: c.s.t.x })).sample(0.5, { by: ['x' as 'k'] }),
    ];
    expect(bad.map(codesOf)).to.deep.equal(bad.map(() => ['dsl/bad-option']));
    expect(codesOf(() => untyped['sample']?.(0.1, { by: ['no'] }))).to.deep.equal([
      'dsl/unknown-column',
    ]);
  });
});
