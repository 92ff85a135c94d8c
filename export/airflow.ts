import {
  call,
  constant,
  dict,
  integer,
  list,
  name,
  operation,
  symbol,
  text,
} from '../codegen/python/build.ts';
import { NameScope, snakeCase } from '../codegen/python/identifier.ts';
import { printImports } from '../codegen/python/imports.ts';
import { printDocstring, printPython } from '../codegen/python/printer.ts';
import type { PyExpression, PyStatement } from '../codegen/python/tree.ts';
import { cronOf } from './cron.ts';
import { type Flow, type FlowJob, flowsOf } from './flows.ts';
import { labelsOf } from './labels.ts';
import type { Library } from './library.ts';

/** Airflow: an id "has to be made of alphanumeric characters, dashes, dots, and underscores", 250 of them at most. */
const LONGEST_ID = 250;
const ID_STYLE = { join: (words: readonly string[]) => words.join('_'), longest: LONGEST_ID };

const DAG = symbol({ module: 'airflow.sdk', name: 'DAG' });
const OPERATOR = symbol({
  module: 'airflow.providers.amazon.aws.operators.glue',
  name: 'GlueJobOperator',
});
const DATETIME = symbol({ module: 'datetime', name: 'datetime' });
const UTC = symbol({ module: 'datetime', name: 'UTC' });

/**
 * An Airflow DAG (Airflow 3, amazon provider 9) for each flow of a library, as Python. Text by path.
 *
 * @throws ExportError where a schedule has no equal in cron
 */
export function airflow(library: Library): ReadonlyMap<string, string> {
  const flows = flowsOf(library);
  const ids = labelsOf(
    flows.map((flow) => flow.name),
    ID_STYLE,
  );
  return new Map(
    flows.map((flow) => {
      const id = ids.get(flow.name) ?? flow.name;
      return [`${id}.py`, moduleOf(flow, id)];
    }),
  );
}

function moduleOf(flow: Flow, id: string): string {
  const doc = `${flow.description ?? `Runs what ${flow.name} starts.`}\n\nRuns Glue jobs that are deployed already.`;
  const body = printPython([
    { kind: 'with', value: dag(flow, id), target: 'dag', body: statements(flow.jobs) },
  ]);
  const parts = [printDocstring(doc, 0).join('\n'), printImports(body.imports), body.text];
  return `${parts.join('\n\n')}\n`;
}

function dag(flow: Flow, id: string): PyExpression {
  const { schedule } = flow;
  return call(DAG, [], {
    dag_id: text(id),
    schedule: schedule === undefined ? constant(null) : text(cronOf(schedule, flow.name)),
    // Fixed, so that the file does not depend on when it was made; nothing is caught up with.
    start_date: call(DATETIME, [integer(2024), integer(1), integer(1)], { tzinfo: UTC }),
    catchup: constant(false),
    // A job has one run at a time.
    max_active_runs: integer(1),
    default_args: dict([
      { key: text('wait_for_completion'), value: constant(true) },
      { key: text('stop_job_run_on_kill'), value: constant(true) },
    ]),
    tags: list([text('lakewright')]),
  });
}

/** A task for each job, then what each waits for. */
function statements(jobs: readonly FlowJob[]): readonly PyStatement[] {
  const taskIds = labelsOf(
    jobs.map(({ id }) => id),
    ID_STYLE,
  );
  const scope = new NameScope(['dag', 'datetime']);
  const variables = new Map(jobs.map(({ id }) => [id, scope.fresh(snakeCase(id))]));
  const variable = (id: string) => name(variables.get(id) ?? id);
  const tasks = jobs.map((job): PyStatement => {
    const task = { task_id: text(taskIds.get(job.id) ?? job.id), job_name: text(plain(job.name)) };
    return {
      kind: 'assign',
      target: variables.get(job.id) ?? job.id,
      value: call(OPERATOR, [], task),
      ...(job.description === undefined ? {} : { comment: job.description }),
    };
  });
  const waiting = jobs.filter(({ after }) => after.length > 0);
  const orders = waiting.map(({ id, after }, place): PyStatement => {
    const [first, ...more] = after.map(variable);
    const before = first !== undefined && more.length === 0 ? first : list(after.map(variable));
    return {
      kind: 'expression',
      value: operation('>>', before, variable(id)),
      ...(place === 0 ? { apart: true } : {}),
    };
  });
  return [...tasks, ...orders];
}

/** `job_name` is a Jinja template (Airflow, "Templates reference"), in which these begin something. */
function plain(text: string): string {
  return text.replaceAll(/\{(?=[{%#])/g, `{{ '{' }}`);
}
