import { gzipSync } from 'node:zlib';
import { GOOD, line, lines, type Malformed, type Read } from './case.ts';

const NOT_ONE = { quarantined: { 'not one JSON object': 1 } } as const;
const good = '{"k":"good","n":1}\n';
/** The good line through bzip2. */
const BZIPPED = 'QlpoOTFBWSZTWUnA4J0AAAjZgAAQEAQgEASJgAogADEDQNAp6Jk9J+qFvGNytC2jx8XckU4UJBJwOCdA';
const readGood: Read = { rows: [GOOD] };

/** Bytes of the line that is long: 4 MB, or what is asked for. */
const LONG = Number(process.env['LAKEWRIGHT_LONG_LINE_MB'] ?? '4') * 1024 * 1024;

const withoutN = { row: { k: 'a' }, unreadable: { n: 1 } } as const;

/** One line that is odd, beside a good one. */
export const jsonLines: readonly Malformed[] = [
  line('two objects on a line', '{"k":"a"}{"k":"b"}', NOT_ONE),
  line('two objects on a line, with a comma', '{"k":"a"},{"k":"b"}', NOT_ONE),
  line('text after the object', '{"k":"a"} and more', NOT_ONE),
  line('brackets that end what a reader put around it', '{"k":"a"}]} and more', NOT_ONE),
  line('an object in the place of another', '{"k":"a"}],"rows":[{"k":"b"}', NOT_ONE),
  line('brackets within a text', '{"k":"]} ],"}', { row: { k: ']} ],' } }),
  line('a line that is cut off', '{"k":"a","n":', NOT_ONE),
  line('no JSON', 'k=a', NOT_ONE),
  line('a list', '["a"]', NOT_ONE),
  line('null', 'null', NOT_ONE),
  line('single quotes', "{'k':'a'}", NOT_ONE),
  line('a comma at the end', '{"k":"a",}', NOT_ONE),
  line('NaN', '{"k":"a","x":NaN}', NOT_ONE),
  line('Infinity', '{"k":"a","x":Infinity}', NOT_ONE),
  line('a number with a leading zero', '{"k":"a","n":01}', NOT_ONE),
  line('a NUL byte in a text', '{"k":"a\u0000b"}', NOT_ONE),
  line('a NUL byte, escaped', '{"k":"a\\u0000b"}', { row: { k: 'a\u0000b' } }),
  line('a key twice, of a required column', '{"k":"a","k":"b"}', {
    quarantined: { 'k appears twice or in another case': 1 },
  }),
  line('a key twice, of an optional column', '{"k":"a","n":1,"n":2}', withoutN),
  line('a key in another case, of a required column', '{"K":"a"}', {
    quarantined: { 'k appears twice or in another case': 1 },
  }),
  line('a key in another case, of an optional column', '{"k":"a","N":2}', withoutN),
  line('keys that differ by case', '{"k":"a","n":2,"N":3}', withoutN),
  line('a required key is absent', '{"n":2}', { quarantined: { 'k is missing': 1 } }),
  line('null in a required column', '{"k":null}', { quarantined: { 'k is null': 1 } }),
  line('an optional key is absent', '{"k":"a"}', { row: { k: 'a' } }),
  line('a key that is not declared', '{"k":"a","new":2}', { row: { k: 'a' }, undeclared: 1 }),
  line('a number as text', '{"k":"a","n":"2"}', withoutN),
  line('a text as a number', '{"k":7}', { quarantined: { 'k is not string': 1 } }),
  line('an object for a text', '{"k":{"a":1}}', { quarantined: { 'k is not string': 1 } }),
  line('a fraction for a whole number', '{"k":"a","n":2.5}', withoutN),
  line('a whole number beyond 64 bits', '{"k":"a","n":9223372036854775808}', withoutN),
  line('the largest whole number', '{"k":"a","n":9223372036854775807}', {
    row: { k: 'a', n: '9223372036854775807' },
  }),
  line('a number beyond a double', '{"k":"a","x":1e400}', {
    row: { k: 'a' },
    unreadable: { x: 1 },
  }),
  line('minus zero', '{"k":"a","x":-0.0}', { row: { k: 'a', x: '-0.0' } }),
  line('a decimal that would be rounded', '{"k":"a","p":1.005}', {
    row: { k: 'a' },
    unreadable: { p: 1 },
  }),
  line('a decimal with zeros at the end', '{"k":"a","p":1.500}', { row: { k: 'a', p: '1.50' } }),
  line('a decimal with too many digits', '{"k":"a","p":12345.6}', {
    row: { k: 'a' },
    unreadable: { p: 1 },
  }),
  line('a boolean as text', '{"k":"a","b":"true"}', { row: { k: 'a' }, unreadable: { b: 1 } }),
  line('a day that does not exist', '{"k":"a","day":"0000-00-00"}', {
    row: { k: 'a' },
    unreadable: { day: 1 },
  }),
  line('a clock time without a day', '{"k":"a","at":"12:30"}', {
    row: { k: 'a' },
    unreadable: { at: 1 },
  }),
  line('an object for a list', '{"k":"a","tags":{"a":1}}', {
    row: { k: 'a' },
    unreadable: { tags: 1 },
  }),
  line('a number in a list of texts', '{"k":"a","tags":["b"],"n":{}}', {
    row: { k: 'a', tags: ['b'] },
    unreadable: { n: 1 },
  }),
  line('half of a pair of surrogates', '{"k":"a\\ud83d"}', {
    quarantined: { 'k is not string': 1 },
  }),
  line('a pair of surrogates, escaped, and a question mark', '{"k":"?\\ud83d\\ude00"}', {
    row: { k: '?😀' },
  }),
  line('10,000 levels', `{"k":"a","n":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, NOT_ONE),
  line('a long line', `{"k":"a","more":[${'1234567,'.repeat(LONG / 8)}0]}`, {
    row: { k: 'a' },
    undeclared: 1,
  }),
];

/** Files and folders that are odd. */
export const jsonFiles: readonly Malformed[] = [
  lines('blank lines', `\n${good}  \n\t\n`, readGood),
  lines('a byte order mark', `\ufeff${good}`, readGood),
  lines('line ends of Windows', '{"k":"good","n":1}\r\n{"k":"b"}\r\n', {
    rows: [GOOD, { k: 'b' }],
  }),
  lines('line ends of old Macs', '{"k":"good","n":1}\r{"k":"b"}\r', { rows: [GOOD, { k: 'b' }] }),
  lines('no line end at the end', good.trim(), readGood),
  lines('bytes that are no UTF-8', Buffer.from(`${good}{"k":"M\xfcller"}\n`, 'latin1'), {
    rows: [GOOD],
    quarantined: { 'k is not string': 1 },
  }),
  lines('bytes of UTF-16', Buffer.from(good, 'utf16le'), { stops: 'none of its rows can be read' }),
  lines('only lines that cannot be read', 'a\nb\n', {
    stops: 'none of its rows can be read (not one JSON object: 2)',
  }),
  lines('a column of another type in every line', '{"k":1}\n{"k":2}\n', {
    stops: 'none of its rows can be read (k is not string: 2)',
  }),
  lines('an empty file', '', { stops: 'no lines' }),
  { it: 'no folder', table: 'json', files: {}, gives: { stops: 'no' } },
  { it: 'an empty folder', table: 'json', files: {}, gives: { stops: 'no' } },
  {
    it: 'only files that Spark ignores',
    table: 'json',
    files: { _SUCCESS: '', '.part.json.crc': 'x', _metadata: good },
    gives: { stops: 'no' },
  },
  {
    it: 'files that Spark ignores beside data',
    table: 'json',
    files: { 'a.json': good, _SUCCESS: '', '.a.json.crc': 'x', '_b/c.json': good },
    gives: readGood,
  },
  {
    it: 'folders in folders',
    table: 'json',
    files: { '2024/01/a.json': good, '2024/b.json': '{"k":"b"}\n' },
    gives: { rows: [GOOD, { k: 'b' }] },
  },
  {
    it: 'compressed with gzip',
    table: 'json',
    files: { 'a.json.gz': gzipSync(good) },
    gives: readGood,
  },
  {
    it: 'compressed with gzip and cut off',
    table: 'json',
    files: { 'a.json': good, 'b.json.gz': gzipSync(good.repeat(1000)).subarray(0, -20) },
    gives: { stops: '' },
  },
  {
    it: 'compressed with gzip, of nothing',
    table: 'json',
    files: { 'a.json.gz': gzipSync('') },
    gives: { stops: 'no lines' },
  },
  {
    it: 'plain, with the name of gzip',
    table: 'json',
    files: { 'a.json.gz': good },
    gives: { stops: '' },
  },
  {
    it: 'compressed with gzip, without its name',
    table: 'json',
    files: { 'a.json': gzipSync(good) },
    gives: { stops: 'none of its rows can be read' },
  },
  {
    it: 'compressed with bzip2',
    table: 'json',
    files: { 'a.json.bz2': Buffer.from(BZIPPED, 'base64') },
    gives: readGood,
    onlySpark: 'Node has no bzip2',
  },
];
