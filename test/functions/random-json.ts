import fc from 'fast-check';

/** Parts of texts, of which some are no JSON. */
const texts = fc.oneof(
  fc.constantFrom('', 'x', 'é😀', 'a"b', 'a\\b', '/', '\u007f', '\u2028', '{"a":1}', '[1]', 'true'),
  fc.string({ maxLength: 3 }),
);
const quoted = texts.map((text) => JSON.stringify(text));
const odd = fc.constantFrom(
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"\\x"',
  '"a\tb"',
  "'it\\'s'",
  '"ab',
  'nul',
);
const numbers = fc.constantFrom(
  ...['0', '-0', '7', '2147483648', '9223372036854775808', '1.0', '1.50', '-0.0', '1e5', '1E+2'],
  ...['1e400', '12345678901234567.123456789', '123456789012345678901234567890', '01', '.5', 'NaN'],
);
const blank = fc.constantFrom('', '', '', ' ', '\t', '\n', '\u00a0');

const { any } = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: fc.constantFrom('null', 'true', 'false'), weight: 2 },
    { arbitrary: fc.oneof(numbers, quoted, odd), weight: 4 },
    { arbitrary: listOf(tie('any')), weight: 2 },
    {
      arbitrary: objectOf(fc.constantFrom('a', 's', 'l', 'd', 'n', 'é'), () => tie('any')),
      weight: 3,
    },
  ),
}));

/** Values that mostly fit the kinds above. */
const fitting: Readonly<Record<string, fc.Arbitrary<string>>> = {
  a: fc.constantFrom('0', '-7', '2147483647', 'null'),
  s: fc.oneof(quoted, any),
  d: fc.constantFrom('1', '-0.0', '1.5e3', 'null'),
  b: fc.constantFrom('true', 'false', 'null'),
  l: listOf(fc.constantFrom('1', '-9223372036854775808', 'null')),
};
const inner = objectOf(fc.constantFrom('a', 's', 'l'), fit);
const object = objectOf(fc.constantFrom('a', 's', 'l', 'd', 'b', 'n', 'm'), fit);

function fit(key: string): fc.Arbitrary<string> {
  const fits = { ...fitting, n: inner, m: listOf(inner) }[key] ?? any;
  return fc.oneof({ arbitrary: fits, weight: 15 }, { arbitrary: any, weight: 1 });
}

function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      blank,
      fc.array(
        fc.tuple(item, blank).map((parts) => parts.join('')),
        { maxLength: 3 },
      ),
    )
    .map(([space, items]) => `[${space}${items.join(',')}]`);
}

function objectOf(
  keys: fc.Arbitrary<string>,
  value: (key: string) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const entry = keys.chain((key) => fc.tuple(fc.constant(JSON.stringify(key)), blank, value(key)));
  return fc
    .array(entry, { maxLength: 5 })
    .map((entries) => `{${entries.map(([key, space, one]) => `${key}:${space}${one}`).join(',')}}`);
}

/** Texts that are JSON, nearly: some cut off, with a sign less, or with something behind or before them. */
export const jsonTexts: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(any, object, object, listOf(object), listOf(numbers)), fc.nat(), fc.nat(11))
  .map(([text, number, how]) => {
    const place = text.length === 0 ? 0 : number % text.length;
    if (how === 0) return text.slice(0, place);
    if (how === 1) return text.slice(0, place) + text.slice(place + 1);
    if (how === 2) return text + ([' x', '}', ']', ',', '{"a":1}', '\n'][number % 6] ?? '');
    if (how === 3) return (['\ufeff', ' ', '/**/', ','][number % 4] ?? '') + text;
    return text;
  })
  .map((text) => text.replace(/\p{Surrogate}/gu, '?'));
