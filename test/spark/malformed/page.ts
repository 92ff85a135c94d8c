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
| \`jdbc({ connection, table, ... })\` | no files: a table of a PostgreSQL database |

Tables that jobs write need no declaration: they are of Parquet or, with \`format: 'iceberg'\`, of Iceberg ([guide](guide.md)). Iceberg tables that
others fill cannot be declared, since their earlier snapshots would keep whoever withdraws or is erased.

JSON and CSV may be compressed (\`.gz\`, \`.bz2\`). \`partitionedBy: ['day']\` names columns that only folders tell
(\`day=2024-01-31/\`): without labels, as paths stand in logs. Names that begin with a dot or an underscore are no data.

What can be read is read, and the rest is accounted for: rows delivered = rows read + rows set aside, or nothing is published.

- **A row without a required value is set aside**: a line of JSON or CSV is kept in the quarantine, with its reason; a row of
  Parquet, ORC, Avro or a database stays where it is. Reports and logs have counts by reason, never values.
- **An optional value that cannot be read is null**, and counted by column; its line is kept in the quarantine too.
- **A new column is left out**, and the rows that have it are counted (\`undeclared\`), whatever its name.
- **A column that is missing, or of another type, stops the run** where files have a schema: a header of CSV, Parquet, ORC, Avro.
  JSON has none: there an absent optional key is null, and each line is judged by itself.
- **An input none of whose rows can be read stops the run**; so do a missing or empty one, a file that is cut off, and a quote
  of CSV that is not closed in its line: what follows it could pass for a row of anybody. The last good table stays.
  An Avro file that is cut off between two of its blocks cannot be told from a whole one: it has no end that says so.

\`lakewright forget\` takes people out of JSON lines. Where a table about people is of another format it says so and changes
nothing; jobs leave out the rows of whom the suppression list holds in every format.

## Tables of a database

\`format: jdbc({ connection: 'crm', table: 'customer' })\` reads a table or view of the schema \`public\`, or of \`schema\`. Nothing of it
lies in the lake or in the catalog. The secret \`lakewright/<library>/connection/crm\` in Secrets Manager, which the job's role may
read and which you make, holds \`{"url": "jdbc:postgresql://host/database", "user": "...", "password": "..."}\`; locally
that is the file \`.lakewright/pseudonym-keys/lakewright.<library>.connection.crm\`. What goes over the network is encrypted unless
the URL has an \`sslmode\` of its own; \`?sslmode=verify-full\` also asks whose certificate it is. The user needs no more than
\`SELECT\`: each transaction is read only. Glue has the driver (42.7.3).

- **All that a run makes of a table is of one moment**, that of one snapshot of the database, also where \`split\` reads it over several
  connections. Two tables are of two moments. Before a job publishes it reads anew who consents, and rows of whoever has withdrawn
  since stop it.
- **Types are those of the database's catalog**: \`string\` is text, varchar, char (without the blanks that fill it), citext, uuid, json,
  jsonb or an enum; \`int\` integer or smallint; \`long\` bigint; \`double\` double precision or real; \`decimal(10, 2)\` numeric(10,2),
  or numeric of any digits; \`boolean\` and \`date\` themselves; \`timestamp\` timestamptz, or timestamp as of UTC. A domain is
  what it is made of. Another type or a missing column stops the run, a new column is left out and counted.
- **A value that its declared type cannot hold** (an infinite date, a numeric of more digits, NaN for a decimal) is as one of CSV that
  cannot be read: null where the column is optional, else its row is left out; both are counted.
- Reports say of an error of the database its SQLSTATE alone. Spark's own log has the first line of it too, which quotes a value where
  a view of yours fails at one (a cast, say): no statement of a job does.
- **The database keeps its people**: \`lakewright forget\` says so and changes nothing. Delete there, and run the workflow twice.
- **A database within a VPC** is reached through a Glue connection, which attaches the jobs that read the table to a subnet. A job has
  one network. Either the library makes it:
  \`network: { name: 'crm', subnet: 'subnet-0a1b2c3d', securityGroups: ['sg-0a1b2c3d'], availabilityZone: 'eu-central-1a' }\` becomes the
  connection \`<library>_crm\` of the kind \`NETWORK\`, which holds no URL, user or password, and which [environments](deploy.md#environments)
  may put elsewhere. Or somebody else does: \`network: 'vpc-of-crm'\` names a connection, of any kind with a subnet and security groups,
  that whoever keeps the network makes. Subnet and groups are theirs in both cases: the subnet needs endpoints, or a NAT gateway, for S3,
  Glue, KMS, CloudWatch Logs and Secrets Manager, and one of the groups has to let itself in at all TCP ports, since a job's workers
  [talk to each other](https://docs.aws.amazon.com/glue/latest/dg/connection-JDBC-VPC.html). The jobs' roles may join a network, in any
  subnet of the account: whether these ids exist shows when a job starts.

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
