import { expect } from 'chai';
import type { Expression } from '../../algebra/expressions.ts';
import type { Stated } from '../../algebra/table-expectations.ts';
import { check } from '../../check/index.ts';
import { comment, number, quoted } from '../../codegen/dqdl.ts';
import { qualityRules } from '../../codegen/quality.ts';
import {
  column,
  filter,
  job,
  join,
  library,
  literal,
  sink,
  source,
  table,
} from '../check/plain.ts';
import { call, expectRows, nowhere } from '../verbs/nodes.ts';
import { hostileTexts } from './hostile-texts.ts';

const measured = table('measured', {
  k: column('string'),
  n: column('long?'),
  x: column('double?'),
  at: column('timestamp?'),
});

const rows: Readonly<Record<string, Expression>> = {
  'n is not negative': call('or', call('isNull', 'n'), call('gte', 'n', literal('long', '0'))),
  'x is a number': call('not', call('isNaN', 'x')),
  'x < 1.5': call('lt', 'x', literal('double', 1.5)),
  'k is lower': call('eq', 'k', call('lower', 'k')),
};

const ofTable: readonly Stated[] = [
  { kind: 'unique', columns: ['k'] },
  { kind: 'unique', columns: ['k', 'n'] },
  { kind: 'rowCount', least: 1, most: 1000 },
  { kind: 'complete', column: 'k', share: 1 },
  { kind: 'complete', column: 'x', share: 0.975 },
  { kind: 'mean', column: 'x', least: -1e-7, most: 2.5 },
  { kind: 'fresh', column: 'at', hours: 24 },
  { kind: 'fresh', column: 'n', hours: 1 },
  { kind: 'references', column: 'k', table: 'trusted.key', of: 'k' },
];

/** The ruleset of a table of which all that can be expected is. */
function ruleset(): string {
  const keys = job('keys', source('landing.measured'), sink('trusted', 'key'));
  const early = expectRows(source('landing.measured'), 'drop', {
    early: call('isNotNull', 'k'),
  });
  const known = join('semi', filter(early, call('isNotNull', 'x')), source('trusted.key'), {
    k: 'k',
  });
  const output = job('output', expectRows(known, 'drop', rows), sink('trusted', 'output'), {
    expectations: ofTable.map((one) => ({ ...one, onUnmet: 'warn', span: nowhere }) as const),
  });
  const { checked, diagnostics } = check(library([keys, output], { tables: [measured] }));
  if (!checked) throw new Error(diagnostics.map(({ code }) => code).join());
  const files = qualityRules(checked);
  expect([...files.keys()]).to.deep.equal(['quality/trusted.output.dqdl']);
  return files.get('quality/trusted.output.dqdl') ?? '';
}

const GOLDEN = `\
# What is expected of trusted.output.
# warn: unique by k
# warn: unique by k, n
# warn: rows: 1 or more, 1000 or less
# warn: k is in every row
# warn: x is in a share of 0.975 of the rows or more
# warn: mean of x: -1e-7 or more, 2.5 or less
# warn: newest at at most 24 hours old
# warn: newest n at most 1 hours old
# warn: each k is a k of trusted.key (with trusted.key as data source trusted_key)
# drop: early, looked at by the script alone
# drop: n is not negative
# drop: x is a number
# drop: x < 1.5
# drop: k is lower, looked at by the script alone

Rules = [
    IsUnique "k",
    CustomSql "SELECT count(*) - count(DISTINCT struct(\`k\`, \`n\`)) FROM primary" = 0,
    (RowCount >= 1) and (RowCount <= 1000),
    IsComplete "k",
    Completeness "x" >= 0.975,
    (Mean "x" >= -0.0000001) and (Mean "x" <= 2.5),
    CustomSql "SELECT (unix_millis(current_timestamp()) - unix_millis(max(\`at\`))) / 3600000 FROM primary" <= 24,
    CustomSql "SELECT (unix_millis(current_timestamp()) - max(\`n\`)) / 3600000 FROM primary" <= 1,
    CustomSql "SELECT count(*) FROM primary LEFT ANTI JOIN \`trusted_key\` ON primary.\`k\` = \`trusted_key\`.\`k\` WHERE \`k\` IS NOT NULL" = 0,
    CustomSql "SELECT count(*) FROM primary WHERE NOT coalesce(((\`n\` IS NULL) OR (\`n\` >= 0)), false)" = 0,
    CustomSql "SELECT count(*) FROM primary WHERE NOT coalesce((NOT isnan(\`x\`)), false)" = 0,
    CustomSql "SELECT count(*) FROM primary WHERE NOT coalesce((\`x\` < double('1.5')), false)" = 0
]
`;

/** The tokens that Glue's grammar knows in a ruleset, and nothing else. */
const token = /^(?:[ \t\n]+|#[^\n]*\n|"(?:\\["\\]|[^"\\\n])*"|[a-zA-Z0-9_.]+|[=<>]=?|[-[\](),])/;

function isOfTokens(text: string): boolean {
  let rest = text;
  for (let found = token.exec(rest); found; found = token.exec(rest))
    rest = rest.slice(found[0].length);
  return rest === '';
}

describe('rulesets for Glue Data Quality', () => {
  it('say what is expected of a table, and list what the language cannot say', () => {
    expect(ruleset()).to.equal(GOLDEN);
  });

  it('are of tokens that the language has', () => {
    expect(isOfTokens(ruleset())).to.equal(true);
  });

  it('keep any text within its quotes, or its line', () => {
    for (const text of hostileTexts) {
      expect(quoted(text), JSON.stringify(text)).to.match(/^"(?:\\["\\]|[^"\\\n\r])*"$/);
      expect(comment(text), JSON.stringify(text)).to.match(/^# [^\p{Cc}]*$/u);
      expect(isOfTokens(`${comment(text)}\n${quoted(text)}`)).to.equal(true);
    }
  });

  it('have digits only in numbers', () => {
    for (const value of [0, 1, -1, 0.5, 1e21, 1.5e22, 1e-7, 1.25e-9, 123456.75, 5e-324]) {
      expect(number(value)).to.match(/^-?\d+(?:\.\d+)?$/);
      expect(Number(number(value))).to.equal(value);
    }
  });
});
