import type { CsvOptions } from '../../../dsl/index.ts';
import type { Malformed } from './case.ts';
import { catalogue } from './catalogue.ts';

const ABOUT = `<!-- Written by test/spark/malformed/page.test.ts from what it tries: UPDATE=1 npx mocha test/spark/malformed/page.test.ts -->

# Sources

A table that others fill is declared with the format of its files:

| format | files |
|---|---|
| \`'json'\` | one JSON object a line; the default in the landing zone |
| \`csv({ ... })\` | RFC 4180 with a header; \`header\`, \`delimiter\`, \`quote\`, \`escape\`, \`nullValue\`, \`lineBreaks\` say otherwise |
| \`'parquet'\`, \`'orc'\`, \`'avro'\` | files that hold their own types |

JSON and CSV may be compressed (\`.gz\`, \`.bz2\`). \`partitionedBy: ['day']\` names columns that only folders tell
(\`day=2024-01-31/\`): without labels, as paths stand in logs. Names that begin with a dot or an underscore are no data.

What can be read is read, and the rest is accounted for: rows delivered = rows read + rows set aside, or nothing is published.

- **A row without a required value is set aside**: a line of JSON or CSV is kept in the quarantine, with its reason; a row of
  Parquet, ORC or Avro stays where it is. Reports and logs have counts by reason, never values.
- **An optional value that cannot be read is null**, and counted by column; its line is kept in the quarantine too.
- **A new column is left out**, and the rows that have it are counted (\`undeclared\`), whatever its name.
- **A column that is missing, or of another type, stops the run** where files have a schema: a header of CSV, Parquet, ORC, Avro.
  JSON has none: there an absent optional key is null, and each line is judged by itself.
- **An input none of whose rows can be read stops the run**; so do a missing or empty one, a file that is cut off, and a quote
  of CSV that is not closed in its line: what follows it could pass for a row of anybody. The last good table stays.
  An Avro file that is cut off between two of its blocks cannot be told from a whole one: it has no end that says so.

\`lakewright forget\` takes people out of JSON lines. Where a table about people is of another format it says so and changes
nothing; jobs leave out the rows of whom the suppression list holds in every format.

The interpreter reads JSON and CSV, plain or as \`.gz\`, with the same verdicts; the rest is Spark's alone. Athena takes
timestamps of Avro for milliseconds; jobs ask the files.

## What becomes of malformed deliveries

Each line is tried on Spark 3.5 and 4.1, and on the interpreter where it reads the format. The columns are \`k\`, a required text, and \`n\`,
\`x\`, an optional whole number and double; in JSON also \`p\` (\`decimal(4, 2)\`), \`b\`, \`day\`, \`at\`, \`tags\`.`;

/** The text of docs/sources.md. */
export function sourcesPage(): string {
  const sections = Object.entries(catalogue).map(([title, cases]) => {
    const lines = cases.map((one) => `| ${named(one)} | ${outcome(one)} |`);
    return `### ${title}\n\n| delivered | what becomes of it |\n|---|---|\n${lines.join('\n')}`;
  });
  return `${[ABOUT, ...sections].join('\n\n')}\n`;
}

function named({ it: name, table }: Malformed): string {
  if (table === 'parquet') return `Parquet: ${name}`;
  if (table === 'orc') return `ORC: ${name}`;
  if (table === 'avro') return `Avro: ${name}`;
  return typeof table === 'string' ? name : `${name}: \`csv(${options(table.csv)})\``;
}

function options(said: CsvOptions): string {
  const each = Object.entries(said).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${each.join(', ')} }`;
}

function outcome({ gives }: Malformed): string {
  if ('stops' in gives)
    return gives.stops === '' ? 'the run stops' : `the run stops: ${gives.stops} ...`;
  const { rows, quarantined = {}, unreadable = {}, undeclared = 0 } = gives;
  const aside = Object.entries(quarantined).map(([why, count]) => `${count} set aside: ${why}`);
  const lost = Object.entries(unreadable).map(
    ([name, count]) => `${count} read as null: \`${name}\``,
  );
  const more = undeclared === 0 ? [] : [`${undeclared} with a column that is not declared`];
  return [`${rows.length} read`, ...aside, ...lost, ...more].join('; ');
}
