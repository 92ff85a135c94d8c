import { expect } from 'chai';
import fc from 'fast-check';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { type AsOfCase, asOf } from './as-of.ts';
import { checkedCase, sampleOf } from './checked-case.ts';
import { type Given, named, type TypeText } from './given.ts';
import { describeVerb, type VerbCase } from './harness.ts';
import { people, readings } from './people.ts';
import { comparable } from './row-comparison.ts';

const on = { k: 'k' };
const time = { left: 'at', right: 'time' };

const given = {
  left: {
    columns: { k: 'string?', at: 'long?' },
    rows: [
      ['x', 9n],
      ['x', 10n],
      ['x', 10n],
      ['x', 12n],
      ['x', 15n],
      ['x', 99n],
      ['x', null],
      ['y', 10n],
      [null, 10n],
    ],
  },
  right: {
    columns: { k: 'string?', time: 'long?', v: 'string?' },
    rows: [
      ['x', 10n, 'b'],
      ['x', 10n, 'a'],
      ['x', 10n, 'a'],
      ['x', 14n, 'c'],
      ['x', 20n, null],
      ['x', null, 'no time'],
      ['y', null, 'alone without a time'],
      [null, 10n, 'nobody'],
    ],
  },
} as const satisfies Readonly<Record<'left' | 'right', Given>>;

/** Rows of the left in their order, each with the time and the value of its partner. */
function partners(...found: readonly (readonly [bigint, string | null] | undefined)[]) {
  return given.left.rows.map((row, index) => [...row, ...(found[index] ?? [null, null])]);
}

const a = [10n, 'a'] as const;
const c = [14n, 'c'] as const;
const last = [20n, null] as const;

function found(
  it: string,
  options: Omit<AsOfCase, 'on' | 'time'>,
  rows: VerbCase['rows'],
): VerbCase {
  return {
    it,
    given,
    write: () => asOf(given, { on, time, ...options }),
    schema: ['k string?', 'at long?', 'time long?', 'v string?'],
    ...(rows ? { rows } : {}),
  };
}

/** One row each, of another type of time. */
function typed(type: TypeText, left: Given['rows'][number][number], right: typeof left) {
  return {
    left: { columns: { at: type }, rows: [[left]] },
    right: { columns: { time: type, v: 'string' }, rows: [[right, 'near']] },
  } as const;
}

const ofOnePerson = {
  left: people([
    ['ada', null, 5n, null, 7n],
    ['ada', null, 5n, null, 5n],
    ['bob', null, null, null, 9n],
  ]),
  right: readings([
    ['ada', 6n, 0.5],
    ['ada', 8n, 1.5],
  ]),
};

const instant = (micros: bigint) => 1_577_836_800_000_000n + micros;

describeVerb('asOfJoin', [
  found(
    'takes the latest before or at the time; doubles of a row keep their partner each',
    { match: 'before' },
    partners(undefined, a, a, a, c, last),
  ),
  found(
    'takes the latest before, and not at, the time',
    { match: 'before', allowExact: false },
    partners(undefined, undefined, undefined, a, c, last),
  ),
  found('takes the first after or at the time', { match: 'after' }, partners(a, a, a, c, last)),
  found(
    'takes the first after, and not at, the time',
    { match: 'after', allowExact: false },
    partners(a, c, c, c, last),
  ),
  found(
    'takes the nearest, of two at one distance the earlier',
    { match: 'nearest' },
    partners(a, a, a, a, c, last),
  ),
  found(
    'takes none out of the tolerance',
    { match: 'nearest', tolerance: 1 },
    partners(a, a, a, undefined, c),
  ),
  found(
    'counts the tolerance before',
    { match: 'before', tolerance: 2 },
    partners(undefined, a, a, a, c),
  ),
  found('counts the tolerance after', { match: 'after', tolerance: 2 }, partners(a, a, a, c)),
  {
    it: 'finds none where there is none',
    given: { ...given, right: { ...given.right, rows: [] } },
    write: () => asOf(given, { on, time, match: 'nearest' }),
    rows: partners(),
  },
  {
    it: 'finds one for all rows, joined on nothing',
    given: {
      left: { columns: { at: 'int?' }, rows: [[-2147483648], [2147483647], [null]] },
      right: { columns: { time: 'int?' }, rows: [[-5], [2147483647], [null]] },
    },
    write: () =>
      asOf(
        {
          left: { columns: { at: 'int?' }, rows: [] },
          right: { columns: { time: 'int?' }, rows: [] },
        },
        { on: {}, time, match: 'nearest' },
      ),
    rows: [
      [-2147483648, -5],
      [2147483647, 2147483647],
      [null, null],
    ],
  },
  {
    it: 'takes what is further away than a long can say for nobody’s partner',
    given: typed('long', -9223372036854775808n, 9223372036854775807n),
    write: () =>
      asOf(typed('long', 0n, 0n), { on: {}, time, match: 'nearest', tolerance: 9007199254740991 }),
    rows: [[-9223372036854775808n, null, null]],
  },
  ...(['2020-02-29', '2020-03-02'] as const).map(
    (day): VerbCase => ({
      it: `counts days to ${day}`,
      given: typed('date', day, '2020-03-01'),
      write: () => asOf(typed('date', day, day), { on: {}, time, match: 'nearest', tolerance: 1 }),
      rows: [[day, '2020-03-01', 'near']],
    }),
  ),
  ...([4999n, 5001n] as const).map(
    (micros): VerbCase => ({
      it: `counts microseconds: ${micros}`,
      given: typed('timestamp', instant(micros), instant(0n)),
      write: () =>
        asOf(typed('timestamp', 0n, 0n), { on: {}, time, match: 'before', tolerance: 0.005 }),
      rows: [[instant(micros), ...(micros > 5000n ? [null, null] : [instant(0n), 'near'])]],
    }),
  ),
  {
    it: 'of one person keeps whose rows they are, and all versions of them',
    given: ofOnePerson,
    write: () =>
      asOf(ofOnePerson, {
        on: { email: 'user' },
        time: { left: 'version', right: 'taken' },
        match: 'before',
      }),
    state: 'local person by email !lost (versions)',
    rows: [
      ['ada', null, 5n, null, 7n, 6n, 0.5],
      ['ada', null, 5n, null, 5n, null, null],
      ['bob', null, null, null, 9n, null, null],
    ],
  },
]);

/** The partner of a left row, found by looking at every row of the right. */
function partnerOf(
  at: bigint | null,
  right: readonly (readonly [bigint | null, string])[],
  how: AsOfCase,
) {
  const distance = (one: bigint) => (at !== null && at > one ? at - one : one - (at ?? 0n));
  const fits = (one: bigint | null): one is bigint => {
    if (at === null || one === null || distance(one) > BigInt(how.tolerance ?? 99)) return false;
    if (one === at) return how.allowExact !== false;
    return how.match === 'nearest' || (how.match === 'before' ? one < at : one > at);
  };
  const order = (x: bigint | string, y: bigint | string) => (x < y ? -1 : x > y ? 1 : 0);
  const [first] = right
    .flatMap(([time, v]) => (fits(time) ? [{ time, v }] : []))
    .toSorted(
      (x, y) =>
        order(distance(x.time), distance(y.time)) || order(x.time, y.time) || order(x.v, y.v),
    );
  return first ? [first.time, first.v] : [null, null];
}

describe('asOfJoin', () => {
  it('finds what looking at every pair finds', () => {
    const times = fc.option(fc.bigInt(-4n, 4n), { freq: 6 });
    const keys = fc.option(fc.constantFrom('x', 'y'), { freq: 6 });
    const hows = fc.record(
      {
        match: fc.constantFrom('before', 'after', 'nearest'),
        tolerance: fc.integer({ min: 0, max: 3 }),
        allowExact: fc.boolean(),
      },
      { requiredKeys: ['match'] },
    );
    const left = fc.array(fc.tuple(keys, times), { maxLength: 8 });
    const right = fc.array(fc.tuple(keys, times, fc.constantFrom('a', 'b')), { maxLength: 8 });
    fc.assert(
      fc.property(left, right, hows, (own, others, { allowExact, ...how }) => {
        const exact = how.match === 'nearest' || allowExact === undefined ? {} : { allowExact };
        const options = { on, time, ...how, ...exact } as AsOfCase;
        const tables = {
          left: { ...given.left, rows: own },
          right: { ...given.right, rows: others },
        };
        const written = checkedCase(tables, asOf(tables, options));
        const found = interpretRelation(written.checked, written.job.rows, sampleOf(written, 0n));
        const wanted = own.map(([key, at]) => {
          const same = others.flatMap(([k, t, v]) =>
            key !== null && k === key ? [[t, v] as const] : [],
          );
          return [key, at, ...partnerOf(at, same, options)];
        });
        const names = ['k', 'at', 'time', 'v'];
        expect(comparable(found)).to.deep.equal(comparable(named(names, wanted)));
      }),
      { numRuns: 500 },
    );
  });
});
