import { literal } from '../verbs/nodes.ts';
import type { Signature } from './signature.ts';

const T = true;
const F = false;
const text = (value: string) => literal('string', value);

const like = (pattern: string, ...rows: Signature['rows'] & {}): Signature => ({
  name: 'like',
  of: ['string?', text(pattern)],
  gives: 'boolean?',
  rows,
});
const rlike = (pattern: string, ...rows: Signature['rows'] & {}): Signature => ({
  name: 'rlike',
  of: ['string?', text(pattern)],
  gives: 'boolean?',
  rows,
});
const extract = (pattern: string, group: number, ...rows: Signature['rows'] & {}): Signature => ({
  name: 'regexpExtract',
  of: ['string?', text(pattern), literal('int', group)],
  gives: 'string?',
  rows,
});
const replace = (pattern: string, other: string, ...rows: Signature['rows'] & {}): Signature => ({
  name: 'regexpReplace',
  of: ['string?', text(pattern), text(other)],
  gives: 'string?',
  rows,
});
const refused = (pattern: string): Signature => ({
  name: 'rlike',
  of: ['string', text(pattern)],
  problem: 'schema/wrong-type',
});

export const regexp: readonly Signature[] = [
  like('a%', ['abc', T], ['ba', F], ['a', T], ['', F], [null, null]),
  like('_b_', ['😀bc', T], ['bb', F], ['\nb\n', T]),
  like('100\\%', ['100%', T], ['1000', F]),
  like('\\\\_', ['\\x', T], ['\\', F], ['x', F]),
  like('', ['', T], ['a', F]),
  like('%.(%', ['a.(b', T], ['a-(b', F]),
  { name: 'like', of: ['string', text('a\\b')], problem: 'schema/wrong-type' },
  { name: 'like', of: ['string', text('a\\')], problem: 'schema/wrong-type' },
  { name: 'like', of: ['string', 'string'], problem: 'schema/wrong-type' },

  rlike('b', ['abc', T], ['ac', F], ['', F], [null, null]),
  rlike('^a$', ['a', T], ['a\n', F], ['ba', F], ['a\r\n', F]),
  rlike('^.$', ['a', T], ['😀', T], ['\n', F], ['\u0085', F], ['\u2028', F], ['ab', F]),
  rlike('^\\d+$', ['12', T], ['٣', F], ['1\n', F]),
  rlike('^\\w$', ['_', T], ['é', F], ['ſ', F], ['\u212a', F]),
  rlike('^\\s\\S$', ['\tx', T], ['\u00a0x', F], ['\ufeffx', F], ['\u000bx', T], [' \u00a0', T]),
  rlike('^[^\\s]$', ['\u00a0', T], [' ', F], ['😀', T], ['\n', F]),
  rlike('^[\\W]+$', ['-.', T], ['a', F], ['é😀', T]),
  rlike('^[a-c\\-.\\]]+$', ['a-.]', T], ['d', F]),
  rlike('^[-a]+[b-]$', ['a-b', T], ['b', F], ['--', T]),
  rlike('^[😀-😂]$', ['😁', T], ['😃', F], ['a', F]),
  rlike('^😀{2}$', ['😀😀', T], ['😀', F]),
  rlike('^(?:ab){2,3}$', ['abab', T], ['ab', F], ['abababab', F]),
  rlike('^a{2,}$', ['aaa', T], ['a', F]),
  rlike('^\\/\\.\\-\\#\\ $', ['/.-# ', T]),
  rlike('^(cat|dog)?$', ['cat', T], ['', T], ['cow', F]),
  rlike('a&~b', ['a&~b', T]),
  rlike('i', ['I', F], ['İ', F], ['i', T]),

  extract('^([A-Z]+)-(\\d+)', 2, ['ST-12x', '12'], ['x', ''], [null, null]),
  extract('\\d+', 0, ['a12b3', '12'], ['', '']),
  extract('a(b)?', 1, ['ac', ''], ['ab', 'b']),
  extract('<(.*?)>', 1, ['<a><b>', 'a'], ['<>', '']),
  extract('<(.*)>', 1, ['<a><b>', 'a><b']),
  extract('(a|ab)(c|bcd)', 2, ['abcd', 'bcd']),
  extract('(ab)+', 1, ['ababx', 'ab']),
  extract('[^,]*$', 0, ['a,😀', '😀'], ['a,', '']),

  replace('[^0-9]', '', ['+49 (30) 1', '49301'], ['😀1', '1'], ['', ''], [null, null]),
  replace('(\\w)(\\d)', '$2$1', ['a1b2', '1a2b']),
  replace('(a)|b', '[$1]', ['ab', '[a][]']),
  replace('a', '$', ['ba', 'b$']),
  replace('a', '\\n$$', ['a', '\\n$$']),
  replace('a', '$0$0', ['ba', 'baa']),
  replace('\\s+', ' ', ['a \t\n b', 'a b']),

  {
    name: 'split',
    of: ['string?', text(',')],
    gives: 'array<string>?',
    rows: [
      ['a,b', ['a', 'b']],
      [',a,,', ['', 'a', '', '']],
      ['', ['']],
      ['😀', ['😀']],
      [null, null],
    ],
  },
  {
    name: 'split',
    of: ['string', text('.*')],
    gives: 'array<string>',
    rows: [
      ['a.*b', ['a', 'b']],
      ['a.b', ['a.b']],
    ],
  },
  {
    name: 'split',
    of: ['string', text('\\E|')],
    gives: 'array<string>',
    rows: [['a\\E|b', ['a', 'b']]],
  },
  { name: 'split', of: ['string', text('')], problem: 'schema/wrong-type' },
  {
    name: 'split',
    of: ['string', text('@')],
    labels: [['identifier']],
    gives: 'array<string> [identifier]',
  },

  ...[
    '',
    '(',
    ')',
    'a**',
    '*a',
    'a{2',
    '[',
    '[]a]',
    '[b-a]',
    '[\\d-z]',
    '[a&&b]',
    '[[a]]',
    'a++',
  ].map(refused),
  ...['\\b', '\\1', '\\p{L}', '\\x41', '\\', '(?i)a', '(?=a)', '(?<n>a)', 'a]', '{', '^*'].map(
    refused,
  ),
  ...['(a|b)*', '(a+)+', '(a*)?', '(?:.b)*', '(?:[^a]b)+', '(a?){2}', 'a{3,2}', 'a{0}'].map(
    refused,
  ),
  {
    name: 'regexpExtract',
    of: ['string', text('(a)'), literal('int', 2)],
    problem: 'schema/wrong-type',
  },
  { name: 'regexpReplace', of: ['string', text('a*'), text('')], problem: 'schema/wrong-type' },
  { name: 'regexpReplace', of: ['string', text('a'), text('$1')], problem: 'schema/wrong-type' },
  { name: 'regexpReplace', of: ['string', text('(a)'), text('$12')], problem: 'schema/wrong-type' },
  { name: 'rlike', of: ['string', 'string'], problem: 'schema/wrong-type' },
];
