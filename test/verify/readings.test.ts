import { expect } from 'chai';
import type { Csv, Jdbc } from '../../algebra/library.ts';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { column, job, library, select, sink, source, table } from '../check/plain.ts';
import { type Files, verify } from './verifier.ts';

const csv: Csv = {
  kind: 'csv',
  header: true,
  delimiter: ';',
  quote: '"',
  escape: '"',
  nullValue: '-',
  lineBreaks: false,
};
const jdbc: Jdbc = {
  kind: 'jdbc',
  connection: 'crm-eu',
  schema: 'sales"; --',
  table: 'client',
  fetchSize: 500,
  split: { by: 'people', from: -5, to: 5, parts: 2 },
};
const columns = { city: column('string'), people: column('long?'), day: column('date') };
const tables = [
  table('city', columns, { format: csv, partitionedBy: ['day'] }),
  table('town', columns, { format: 'orc' }),
  table('village', columns, { format: 'avro' }),
  table('client', columns, { format: jdbc }),
];
const jobs = [
  job('cities', select(source('landing.city'), 'city', 'day'), sink('trusted', 'cities')),
  job('towns', source('landing.town'), sink('trusted', 'towns')),
  job('villages', source('landing.village'), sink('trusted', 'villages')),
  job('clients', source('landing.client'), sink('trusted', 'clients')),
  job('days', source('landing.town'), sink('trusted', 'days'), {
    format: 'iceberg',
    partitionedBy: ['day', 'city'],
    targetFileSize: 2 ** 20,
  }),
  job('later', source('trusted.days'), sink('curated', 'later')),
];

/** What somebody might make of a script, and what is said of it. */
const edits: readonly (readonly [job: string, from: string, to: string, says: RegExp])[] = [
  ['cities', 'delimiter=";"', 'delimiter=","', /is read as CSV of another form/],
  ['cities', ', null="-"', '', /is read as CSV of another form/],
  ['cities', 'null="-"', 'null="-", line_breaks=True', /is read as CSV of another form/],
  ['cities', 'null="-"', 'null="-", header=0', /is nothing that CSV is like/],
  ['cities', 'null="-"', 'null="-", **{}', /is nothing that CSV is like/],
  ['cities', 'lakewright.Csv(', 'print(', /is no form of CSV/],
  ['cities', 'columns=["city", "people", "day"]', 'columns=["city", "day"]', /other columns/],
  ['cities', 'partitioned_by=["day"]', 'partitioned_by=["city"]', /other folders/],
  ['cities', 'run.read_csv(', 'run.read_json(', /reads otherwise than the compiler emits/],
  ['towns', 'run.read_orc(', 'run.read_parquet(', /is read with read_parquet, not read_orc/],
  ['clients', 'run.read_jdbc(', 'run.read_csv(', /is no form of CSV/],
  ['clients', 'lakewright.Jdbc("crm-eu"', 'lakewright.Jdbc("crm"', /read otherwise from its data/],
  ['clients', '"client"', '"clients"', /read otherwise from its database/],
  ['clients', 'sales"; --', 'public', /read otherwise from its database/],
  ['clients', 'splits=2', 'splits=3', /read otherwise from its database/],
  ['clients', 'split_from=-5', 'split_from=sys.argv', /expected a constant/],
  ['clients', 'fetch_size=500', 'driver="x"', /says nothing of a table of a database/],
  ['clients', 'lakewright.Jdbc(', 'print(', /is no table of a database/],
  ['days', 'partitioned_by=["day", "city"]', 'partitioned_by=["day"]', /files of another layout/],
  ['days', 'partitioned_by=["day", "city"]', 'partitioned_by=["people"]', /another layout/],
  ['days', 'partitioned_by=["day", "city"]', 'partitioned_by="day"', /expected a list of columns/],
  ['days', 'format="iceberg", ', '', /files of another layout/],
  ['days', 'format="iceberg"', 'format="delta"', /files of another layout/],
  ['days', 'format="iceberg"', 'format=sys.argv', /expected a name in quotes/],
  ['days', 'target_file_size=1048576', 'target_file_size=1', /files of another layout/],
  ['days', 'target_file_size=1048576', 'target_file_size=True', /expected a number of bytes/],
  ['days', 'target_file_size=1048576', '**{}', /publishes otherwise than the compiler emits/],
  ['later', ', partitioned_by=["day", "city"]', '', /other folders/],
  ['villages', 'run.read_avro(', 'run.read_orc(', /is read with read_orc, not read_avro/],
  ['towns', 'run.read_orc(', 'run.read_table(', /is read with read_table, not read_orc/],
];

describe('the verifier, of how tables from outside are read,', () => {
  const { checked } = check(library(jobs, { tables }));
  if (!checked) throw new TypeError('the library is wrong');
  const files = new Map(
    [...generate(checked, noWords)].map(([path, text]) => [path, onOneLine(path, text)] as const),
  );
  let findings: readonly (readonly string[])[];

  before(() => {
    findings = verify([files, ...edits.map((one) => edited(files, one))]).map(
      (verdict) => verdict.findings,
    );
  });

  it('accepts what the compiler writes', () => expect(findings[0]).to.deep.equal([]));

  for (const [index, [name, , to, says]] of edits.entries()) {
    it(`refuses ${name} with ${to || 'less'}`, () => {
      expect(findings[index + 1]?.[0] ?? 'nothing').to.match(says);
    });
  }
});

/** Calls that were wrapped, in one line, so that the edits say less. */
function onOneLine(path: string, text: string): string {
  if (!path.startsWith('jobs/') || !path.endsWith('.py')) return text;
  return text.replace(/run\.(?:read_\w+\([^)]*\)[^)]*|publish\([^)]*)\)/g, (call) =>
    call
      .replace(/\s*\n\s*/g, ' ')
      .replace(/([([]) /g, '$1')
      .replace(/, ([)\]])/g, '$1'),
  );
}

function edited(files: Files, [name, from, to]: (typeof edits)[number]): Files {
  const path = `jobs/${name}.py`;
  const text = files.get(path) ?? '';
  if (text.split(from).length !== 2) throw new Error(`${path} has not ${from} once:\n${text}`);
  return new Map([...files, [path, text.replace(from, () => to)]]);
}
