// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hostile names look like this
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { airflow } from '../../export/airflow.ts';
import { cronOf } from '../../export/cron.ts';
import { ExportError } from '../../export/errors.ts';
import { type Library, readLibrary } from '../../export/library.ts';
import { ruffFindings, runPython } from '../codegen/python-tools.ts';
import { graphLibrary } from './graph-library.ts';

const hostile = 'a"b\'c\\ ${x} {{ y }} {% z %} é \u202e';

/** The fixed schedule, ids and names that Python itself reads in a module. */
const tasksOf = `
import ast, json, sys
tree = ast.parse(json.load(sys.stdin))
calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
keywords = [{k.arg: k.value.value for k in c.keywords if isinstance(k.value, ast.Constant)} for c in calls]
print(json.dumps([one for one in keywords if "task_id" in one or "dag_id" in one]))
`;

describe('a library exported to Airflow', () => {
  const diamond = graphLibrary({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] });

  it('is a DAG with a task for each job, in their order', () => {
    expect(airflow(diamond).get('graph.py')).to.equal(`"""Runs what graph starts.

Runs Glue jobs that are deployed already.
"""

from datetime import UTC, datetime

from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.sdk import DAG

with DAG(
    dag_id="graph",
    schedule=None,
    start_date=datetime(2024, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"wait_for_completion": True, "stop_job_run_on_kill": True},
    tags=["lakewright"],
) as dag:
    a = GlueJobOperator(task_id="a", job_name="graph_a")
    b = GlueJobOperator(task_id="b", job_name="graph_b")
    c = GlueJobOperator(task_id="c", job_name="graph_c")
    d = GlueJobOperator(task_id="d", job_name="graph_d")

    a >> b
    a >> c
    [b, c] >> d
`);
  });

  it('has a DAG for each job with a schedule of its own', () => {
    const library = graphLibrary({ a: [], s: [], t: ['s'] }, { s: 'cron(0/15 3 ? * 2-6 *)' });
    const files = airflow(library);
    expect([...files.keys()]).to.deep.equal(['graph.py', 'graph_s.py']);
    expect(files.get('graph_s.py')).to.contain('schedule="0-59/15 3 * * 1-5"');
  });

  it('pleases ruff', async () => {
    const libraries = ['generated/stedi', 'generated/tpch'].map((one) =>
      readLibrary(one, new Date(0)),
    );
    const modules = (await Promise.all(libraries)).flatMap((library) => [
      ...airflow(library).values(),
    ]);
    expect(ruffFindings([...modules, ...airflow(diamond).values()])).to.equal('');
  });

  it('keeps hostile names, and has ids that Airflow takes', () => {
    const names = [hostile, 'é', 'x'.repeat(300), 'class', 'dag', '../up', '1st', 'a.b', 'a_b'];
    const library = graphLibrary(Object.fromEntries(names.map((name) => [name, []])));
    const [, ...tasks] = runPython(tasksOf, [...airflow(library).values()][0]) as {
      task_id: string;
      job_name: string;
    }[];
    const rendered = tasks.map(({ job_name: name }) => name.replaceAll("{{ '{' }}", '{'));
    expect(rendered).to.deep.equal(names.map((name) => `graph_${name}`));
    const ids = tasks.map(({ task_id: id }) => id);
    expect(new Set(ids).size).to.equal(names.length);
    for (const id of ids) expect(id).to.match(/^[A-Za-z0-9_.-]{1,250}$/);
    expect(ruffFindings([...airflow(library).values()])).to.equal('');
  });

  it('is loaded by Airflow, where LAKEWRIGHT_AIRFLOW names the Python of one', async function () {
    const python = process.env['LAKEWRIGHT_AIRFLOW'];
    if (python === undefined) {
      // Airflow is 380 MB: whoever changes the export sets it, see CONTRIBUTING.md.
      this.skip();
      return;
    }
    this.timeout(300_000);
    const stedi = await readLibrary('generated/stedi', new Date(0));
    expect(loaded(python, diamond)).to.deep.equal({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] });
    expect(Object.keys(loaded(python, stedi))).to.have.length(6);
  });
});

/** Tasks with those that follow them, as Airflow itself says; its warnings are errors. */
function loaded(python: string, library: Library): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-airflow-'));
  try {
    writeFileSync(join(folder, 'flow.py'), [...airflow(library).values()][0] ?? '');
    const code = `import json, sys; sys.path.insert(0, ${JSON.stringify(folder)}); import flow
print(json.dumps({t.task_id: sorted(t.downstream_task_ids) for t in flow.dag.tasks}))`;
    const env = { ...process.env, AIRFLOW_HOME: folder };
    const run = spawnSync(python, ['-W', 'error', '-c', code], { encoding: 'utf8', env });
    if (run.status !== 0) throw new Error(run.stderr);
    return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a schedule as cron', () => {
  const cases: readonly [string, string][] = [
    ['cron(0 3 * * ? *)', '0 3 * * *'],
    ['cron(0/15 3 ? * 2-6 *)', '0-59/15 3 * * 1-5'],
    ['cron(5,35 */2 1 1-6/2 ? *)', '5,35 */2 1 1-6/2 *'],
    ['cron(0 0 L * ? *)', '0 0 L * *'],
    ['cron(0 12 ? JAN-MAR MON,SUN *)', '0 12 * JAN-MAR MON,SUN'],
  ];
  for (const [aws, cron] of cases) {
    it(`of ${aws} is ${cron}`, () => expect(cronOf(aws, 'x')).to.equal(cron));
  }
  for (const aws of ['cron(0 0 LW * ? *)', 'cron(0 0 ? * 2L *)', 'cron(0 3 * * ? 2027)', 'x']) {
    it(`of ${aws} is refused`, () => {
      expect(() => cronOf(aws, 'x')).to.throw(ExportError, 'no equal in cron');
    });
  }
});
