// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this

import { type Environment, environmentOf, parseEnvironments } from '../../deploy/environments.ts';
import { type Generated, type ResourceKind, sha256 } from '../../deploy/manifest.ts';
import { type Library, openLibrary } from '../../export/library.ts';

/** Jobs by name, each with the jobs that it waits for; those must come before it. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/** When jobs start that wait for nobody: with the workflow, or by a schedule of their own. */
export type Schedules = Readonly<Record<string, string>>;

/** A generated library of nothing but jobs and the triggers between them, as exports read it. */
export function graphLibrary(graph: Graph, schedules: Schedules = {}, name = 'graph'): Library {
  const files = new Map<string, Buffer>();
  const put = (path: string, value: object) => files.set(path, Buffer.from(JSON.stringify(value)));
  const own = ownSchedules(graph, schedules);
  const glueName = (job: string) => `${name}_${job}`;
  for (const job of Object.keys(graph)) {
    files.set(`jobs/${job}.py`, Buffer.from(`print(${JSON.stringify(job)})\n`));
    put(`jobs/${job}.json`, {
      Name: literal(glueName(job)),
      Role: 'arn:aws:iam::${account}:role/lakewright',
      Command: { Name: 'glueetl', ScriptLocation: '${script}', PythonVersion: '3' },
      Timeout: 15,
    });
  }
  const starting = Object.keys(graph).filter((job) => graph[job]?.length === 0 && !own.has(job));
  const triggers = [
    { Name: `${name}_start`, WorkflowName: name, Type: 'ON_DEMAND', Actions: starting },
    ...Object.entries(graph).flatMap(([job, after]) => {
      if (after.length === 0 && !own.has(job)) return [];
      const inWorkflow = own.has(job) ? {} : { WorkflowName: name };
      const starts =
        schedules[job] === undefined
          ? { Type: 'CONDITIONAL', Conditions: after }
          : { Type: 'SCHEDULED', Schedule: schedules[job] };
      return [{ Name: glueName(job), ...inWorkflow, ...starts, Actions: [job] }];
    }),
  ].map((trigger) => ({
    ...trigger,
    Actions: trigger.Actions.map((job) => ({ JobName: glueName(job) })),
    ...('Conditions' in trigger ? { Predicate: predicate(trigger.Conditions.map(glueName)) } : {}),
  }));
  const text = JSON.stringify({ Workflow: { Name: name }, Triggers: triggers });
  files.set('workflow.json', Buffer.from(literal(text)));
  const listed = (kind: ResourceKind, one: string, file: string, dependsOn: string[] = []) => ({
    id: `${kind}/${one}`,
    kind,
    file,
    sha256: sha256(files.get(file) ?? ''),
    dependsOn,
  });
  const generated: Generated = {
    library: name,
    files,
    manifest: '',
    graph: [],
    exceptions: [],
    resources: [
      ...Object.keys(graph).flatMap((job) => [
        listed('script', job, `jobs/${job}.py`),
        listed('job', job, `jobs/${job}.json`, [`script/${job}`]),
      ]),
      listed('workflow', name, 'workflow.json'),
      ...triggers.map((one) => listed('trigger', one.Name, 'workflow.json', [`workflow/${name}`])),
    ],
  };
  return openLibrary(generated);
}

function ownSchedules(graph: Graph, schedules: Schedules): ReadonlySet<string> {
  const own = new Set(Object.keys(schedules));
  for (const [job, after] of Object.entries(graph)) {
    if (after.length > 0 && after.every((one) => own.has(one))) own.add(job);
  }
  return own;
}

/** `${` as generated files write it. */
function literal(text: string): string {
  return text.replaceAll('${', (found) => `$${found}`);
}

function predicate(names: readonly string[]): object {
  const conditions = names.map((name) => ({
    LogicalOperator: 'EQUALS',
    JobName: name,
    State: 'SUCCEEDED',
  }));
  return { Logical: 'AND', Conditions: conditions };
}

/** An environment as its file would give it. */
export function environmentIn(more: object): Environment {
  const place = { bucket: 'lake-dev', account: '123456789012', region: 'eu-west-1' };
  const text = JSON.stringify({ environments: { dev: { ...place, ...more } } });
  return environmentOf(parseEnvironments(text, 'environments.json'), 'dev');
}
