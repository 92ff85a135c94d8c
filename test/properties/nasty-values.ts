import { fitDecimal, parseDecimal } from '../../algebra/decimals.ts';
import type { Value } from '../../algebra/row.ts';
import type { DataType } from '../../algebra/types.ts';

/** Columns of generated tables: of every scalar type, some never null. */
export const columnTypes = {
  k: 'string?',
  s: 'string',
  i: 'int?',
  j: 'int',
  n: 'long?',
  x: 'double?',
  b: 'boolean?',
  p: 'decimal(10,2)?',
  q: 'decimal(38,6)?',
  day: 'date?',
  at: 'timestamp?',
} as const;

const nasty: { readonly [kind: string]: readonly Value[] } = {
  string: [
    '',
    'a',
    'A',
    'a ',
    ' 12 ',
    '-7',
    '1.5e3',
    'true',
    '2020-02-29',
    '12:30',
    'ß',
    'e\u0301',
    'é',
    '\uffee',
    '😀',
    '\'"\\',
    'NaN',
    ',a,,b',
    '29.02.2020',
    '2016-12-31T23:59:60Z',
    'a😀b😀',
    '100%_\\',
    ' \t\n',
    'ﬁΣ',
  ],
  int: [0, 1, -1, 2, 3, 7, 1000, 2147483647, -2147483648],
  long: [
    0n,
    1n,
    -1n,
    2n,
    1000n,
    2147483648n,
    9007199254740993n,
    9223372036854775807n,
    -9223372036854775808n,
  ],
  double: [
    0,
    -0,
    1,
    -1,
    0.1,
    2.5,
    -2.5,
    1.005,
    1e-300,
    9.3e18,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ],
  boolean: [true, false],
  decimal: [
    '0',
    '0.01',
    '-0.05',
    '1',
    '2.5',
    '99999999.99',
    '-99999999.99',
    '0.000001',
    '12345678901234567890123456789012.345678',
    '99999999999999999999999999999999.999999',
    '-99999999999999999999999999999999.999999',
  ],
  date: [
    '0001-01-01',
    '0967-05-03',
    '1582-10-10',
    '1969-12-31',
    '1970-01-01',
    '2020-02-29',
    '9999-12-31',
  ],
  timestamp: [
    -62_135_596_800_000_000n,
    -1n,
    0n,
    999n,
    1_000_000n,
    1_582_934_400_000_000n,
    1_585_443_599_999_999n,
    1_603_585_800_000_000n,
    253_402_300_799_999_999n,
  ],
};

/** Values of a type at which engines tend to differ; of a list or a map, of some such elements. */
export function nastyValues(type: DataType): readonly Value[] {
  if (type.kind === 'array') {
    const some = [...nastyValues(type.element), ...(type.elementNullable ? [null] : [])];
    return [[], some.slice(0, 3), [...some.slice(1, 4), ...some.slice(1, 2)], some.slice(-2)];
  }
  if (type.kind === 'map') {
    const values = nastyValues(type.value);
    const pairs = nastyValues(type.key).map((key, index) => [key, values[index] ?? null]);
    return [[], pairs.slice(0, 2), pairs.slice(-3)];
  }
  const values = nasty[type.kind] ?? [];
  if (type.kind !== 'decimal') return values;
  return values.flatMap((text) => {
    const exact = parseDecimal(String(text));
    return (exact && fitDecimal(exact.value, exact.scale, type)) ?? [];
  });
}
