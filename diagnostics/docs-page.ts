import { type Code, codes } from './catalogue/index.ts';
import { allCodes, explanation } from './explanation.ts';

/** Headings of the page, in the order of a library's way through the compiler; every area of codes has one. */
const areas: readonly (readonly [area: string, heading: string])[] = [
  ['dsl', 'What an author writes'],
  ['names', 'Names and limits'],
  ['graph', 'Jobs and the tables between them'],
  ['schema', 'Columns and types'],
  ['privacy', 'Privacy'],
  ['zones', 'Zones'],
  ['portability', 'Glue 5.1 and Glue 6.0 alike'],
  ['generate', 'Generated files'],
  ['runtime', 'Local runs'],
  ['deploy', 'Deploying, and other calls to AWS'],
  ['run', 'Runs on AWS'],
  ['erasure', 'Forgetting a person'],
  ['export', 'Exports for other tools'],
];

const introduction = `<!-- Written by test/diagnostics/page.test.ts with UPDATE=1; the words are in diagnostics/catalogue/. -->

# Diagnostics

Every message has a code. \`npm run explain -- <code>\` prints its entry here. Commands exit with 1 where lakewright finds a
mistake, with 3 where a privacy rule refuses, and with 70 where the mistake is lakewright's own.
`;

/**
 * The page docs/diagnostics.md: every code with what it means and what it looks like.
 * @param example the rendered message that a code's fixture provokes; the codes of failures, whose messages quote what AWS,
 * Spark or a file said, have none
 */
export function docsPage(example: (code: Code) => string): string {
  const sections = areas.map(([area, heading]) => {
    const entries = allCodes
      .filter((code) => code.startsWith(`${area}/`))
      .map((code) => {
        const shown = codes.find((one) => one === code);
        const block = shown === undefined ? '' : `\n${fenced(example(shown))}`;
        return `### ${code}\n\n${explanation(code)}\n${block}`;
      });
    return `## ${heading}\n\n${entries.join('\n')}`;
  });
  return `${introduction}\n${sections.join('\n')}`;
}

/** Messages quote source text, which may itself hold fences. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}\n`;
}
