import { gzipSync } from 'node:zlib';
import { GOOD, type Malformed, record, sheet } from './case.ts';

const NO_CSV = { quarantined: { 'not CSV': 1 } } as const;
const RAGGED = { quarantined: { 'has more or fewer values than columns': 1 } } as const;
const open = 'a quote is not closed in its line';
const good = 'k,n,x\ngood,1,\n';

/** Records, headers and files of CSV; the columns are k, n and x. */
export const csvFiles: readonly Malformed[] = [
  record('a value too few', 'a,1', RAGGED),
  record('a value too many', 'a,1,2,3', RAGGED),
  record('a delimiter at the end', 'a,1,2,', RAGGED),
  record('a delimiter in quotes', '"a,b",2,', { row: { k: 'a,b', n: '2' } }),
  record('quotes doubled in quotes', '"a ""b""",2,', { row: { k: 'a "b"', n: '2' } }),
  record('quotes after a backslash, where they are doubled', '"a \\"b\\"",2,', NO_CSV),
  record(
    'quotes after a backslash, as declared',
    '"a \\"b\\"",2,',
    { row: { k: 'a "b"', n: '2' } },
    {
      escape: 'backslash',
    },
  ),
  record('a quote within a value', '5" pipe,2,', NO_CSV),
  record('text after a quoted value', '"a" b,2,', NO_CSV),
  record('blanks around values', ' a , 2,', { row: { k: ' a ' }, unreadable: { n: 1 } }),
  record('nothing in a required column', ',2,', { quarantined: { 'k is null': 1 } }),
  record('quotes around nothing', '"",2,', { row: { k: '', n: '2' } }),
  record(
    'the text for null, and the same in quotes',
    '"-",-,-',
    { row: { k: '-' }, unreadable: { x: 1 } },
    { nullValue: '-' },
  ),
  record('a text for a number', 'a,two,', { row: { k: 'a' }, unreadable: { n: 1 } }),
  record('a number beyond 64 bits', 'a,9223372036854775808,', {
    row: { k: 'a' },
    unreadable: { n: 1 },
  }),
  record('a number with a leading zero', 'a,007,', { row: { k: 'a' }, unreadable: { n: 1 } }),
  record('NaN', 'a,2,NaN', { row: { k: 'a', n: '2' }, unreadable: { x: 1 } }),
  record('a number beyond a double', 'a,2,1e400', {
    row: { k: 'a', n: '2' },
    unreadable: { x: 1 },
  }),
  record('a NUL byte', 'a\u0000,2,', NO_CSV),
  record('tabs, as declared', 'a\t2\t', { row: { k: 'a', n: '2' } }, { delimiter: '\t' }),
  record(
    'quotes where nothing is quoted',
    '"a"\t2\t',
    { row: { k: '"a"', n: '2' } },
    {
      delimiter: '\t',
      quote: 'none',
    },
  ),
  record('the header once more', 'k,n,x', {}),
  record('blank lines', '\n\na,2,\n', { row: { k: 'a', n: '2' } }),
  sheet('a quote that is not closed', `${good}"a,2,\nb,3,\n`, { stops: open }),
  sheet('a line break in quotes', `${good}"a\nb",2,\n`, { stops: open }),
  sheet(
    'a line break in quotes, as declared',
    `${good}"a\nb",2,\n`,
    { rows: [GOOD, { k: 'a\nb', n: '2' }] },
    { lineBreaks: true },
  ),
  sheet(
    'a row of somebody in quotes, as declared',
    `${good}"a\nbob,3,\nc",2,\n`,
    { rows: [GOOD, { k: 'a\nbob,3,\nc', n: '2' }] },
    { lineBreaks: true },
  ),
  sheet(
    'a quote that is not closed, where lines may break',
    `${good}"a,2,\nb,3,\n`,
    { stops: open },
    { lineBreaks: true },
  ),
  sheet('a header in another order', 'x,k,n\n,good,1\n', { rows: [GOOD] }),
  sheet('a header with a column more', 'k,n,new,x\ngood,1,2,\n', { rows: [GOOD], undeclared: 1 }),
  sheet('a header with a column less', 'k,n\ngood,1\n', { stops: 'a header lacks x' }),
  sheet('a header with a column twice', 'k,n,n,x\ngood,1,1,\n', { stops: 'a header has n twice' }),
  sheet('a header in another case', 'K,n,x\ngood,1,\n', { stops: 'a header lacks k' }),
  sheet('no header', 'good,1,\n', { stops: 'a header lacks k' }),
  sheet('no header, as declared', 'good,1,\n', { rows: [GOOD] }, { header: false }),
  sheet('only a header', 'k,n,x\n', { stops: 'no lines' }),
  sheet('another delimiter', 'k;n;x\ngood;1;\n', { stops: 'a header lacks k' }),
  sheet('a byte order mark', `\ufeff${good}`, { rows: [GOOD] }),
  sheet('line ends of Windows', 'k,n,x\r\ngood,1,\r\n', { rows: [GOOD] }),
  sheet('an empty file', '', { stops: 'no lines' }),
  sheet('bytes that are no UTF-8', Buffer.from(`${good}M\xfcller,2,\n`, 'latin1'), {
    rows: [GOOD],
    quarantined: { 'k is not string': 1 },
  }),
  {
    it: 'files with headers of their own',
    table: 'csv',
    files: { 'a.csv': good, 'b.csv': 'n,k,x,new\n2,b,,3\n' },
    gives: { rows: [GOOD, { k: 'b', n: '2' }], undeclared: 1 },
  },
  {
    it: 'compressed with gzip',
    table: 'csv',
    files: { 'a.csv.gz': gzipSync(good) },
    gives: { rows: [GOOD] },
  },
];
