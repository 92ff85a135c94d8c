import { expect } from 'chai';
import type { Library } from '../../../algebra/library.ts';
import { check } from '../../../check/index.ts';
import { noWords } from '../../../codegen/author-words.ts';
import { emitScripts, type JobScript, jobScripts } from '../../../codegen/job-script.ts';
import { optimize } from '../../../optimize/index.ts';
import {
  call,
  column,
  filter,
  job,
  join,
  keepConsented,
  library,
  literal,
  project,
  select,
  sink,
  source,
  table,
} from '../../check/plain.ts';
import { ruffFindings, runPython } from '../python-tools.ts';

const consenting = job(
  'customer_trusted',
  keepConsented(source('landing.customer')),
  sink('trusted', 'customer'),
  { doc: 'Customers who agreed: "yes" \\ """no""".' },
);

const pairs = filter(
  join('inner', source('landing.reading'), source('trusted.customer'), { user: 'email' }),
  call('gte', 'time', 'researchSince'),
);
const training = project(
  select(pairs, 'user', 'x'),
  { participant: call('pseudonym', 'user', literal('string', 'research')), x: 'x' },
  'pseudonymize',
);
const learning = job('learning', training, sink('curated', 'learning'));

describe('job scripts', () => {
  const scripts = written(library([learning, consenting]));

  it('come in the order of the jobs, by path', () => {
    expect(scripts.map(({ path }) => path)).to.deep.equal([
      'jobs/customer_trusted.py',
      'jobs/learning.py',
    ]);
  });

  it('name the arguments that they need, and no others', () => {
    expect(scripts.map((script) => script.arguments)).to.deep.equal([
      [
        ...['landing_customer', 'trusted_customer', 'quarantine', 'consent_as_of'],
        ...['suppression', 'suppression_key', 'report'],
      ],
      [
        ...['landing_reading', 'trusted_customer', 'curated_learning', 'quarantine'],
        ...['pseudonym_key', 'suppression', 'suppression_key', 'report'],
      ],
    ]);
    const asked = runPython(
      resolvedOptions,
      scripts.map(({ text }) => text),
    );
    expect(asked).to.deep.equal(scripts.map((script) => ['JOB_NAME', ...script.arguments]));
  });

  it('keep the name of a table to the letter, as its argument has it', () => {
    const days = table('days__of_2024_', { day: column('long') });
    const rows = source('landing.days__of_2024_');
    const given = library([job('days', rows, sink('trusted', 'days'))], { tables: [days] });
    const [script] = written(given);
    expect(script?.arguments[0]).to.equal('landing_days__of_2024_');
    expect(script?.text).to.contain(
      'run.read_json("landing_days__of_2024_", LANDING_DAYS__OF_2024_)',
    );
  });

  it('read landing tables as JSON, and tables of jobs as Parquet, with schemas of what they use', () => {
    const [, script] = scripts;
    expect(script?.text).to.contain(
      'run.read_json("landing_reading", LANDING_READING, about="user")',
    );
    expect(script?.text).to.contain('run.read_table("trusted_customer", TRUSTED_CUSTOMER)');
    expect(script?.text).to.contain(
      [
        'TRUSTED_CUSTOMER = T.StructType(',
        '    [',
        '        T.StructField("email", T.StringType(), nullable=False),',
        '        T.StructField("researchSince", T.LongType(), nullable=False),',
        '    ]',
        ')',
      ].join('\n'),
    );
  });

  it('can be imported without Glue and without Spark running', () => {
    expect(
      runPython(
        importedNames,
        scripts.map(({ text }) => text),
      ),
    ).to.deep.equal([
      ['sys', 'lakewright_runtime', 'pyspark.sql', 'pyspark.sql', 'pyspark.sql'],
      ['sys', 'lakewright_runtime', 'pyspark.sql', 'pyspark.sql', 'pyspark.sql'],
    ]);
  });

  it('hold no places of the source: they say where their lines come from beside themselves', () => {
    for (const { text, origins } of scripts) {
      expect(text).not.to.contain('.test.ts');
      expect(origins).not.to.have.length(0);
      for (const { line, span } of origins) {
        expect(text.split('\n')[line - 1]).to.match(/^(?: {4}# | {8}(?:# |run\.)|def main\(\))/);
        expect(span.file).to.equal('test/codegen/pyspark/job-script.test.ts');
      }
    }
  });

  it('please ruff', () => expect(ruffFindings(scripts.map(({ text }) => text))).to.equal(''));

  it('are the same bytes each time', () => {
    const again = written(library([learning, consenting]));
    expect(again.map(({ text }) => text)).to.deep.equal(scripts.map(({ text }) => text));
  });

  it('are given by path to who only writes them', () => {
    const { checked } = check(library([consenting]));
    if (!checked) throw new TypeError('the library is wrong');
    expect([...emitScripts(checked, noWords).keys()]).to.deep.equal(['jobs/customer_trusted.py']);
  });
});

function written(given: Library): readonly JobScript[] {
  const { checked, diagnostics } = check(given);
  if (!checked) throw new TypeError(JSON.stringify(diagnostics));
  return jobScripts(optimize(checked), noWords);
}

const resolvedOptions = `
import ast, json, sys

def asked(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getResolvedOptions":
            return ast.literal_eval(node.args[1])

print(json.dumps([asked(text) for text in json.load(sys.stdin)]))
`;

const importedNames = `
import ast, json, sys

def imported(text):
    body = ast.parse(text).body
    plain = [alias.name for node in body if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module for node in body if isinstance(node, ast.ImportFrom)]

print(json.dumps([imported(text) for text in json.load(sys.stdin)]))
`;
