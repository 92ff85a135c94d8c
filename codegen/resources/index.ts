import type { CheckedLibrary } from '../../check/index.ts';
import { databaseResource, tableResource, zoneOf, zonesInUse } from './catalog.ts';
import { jobResource } from './job.ts';
import { roleResource } from './role.ts';
import { jsonText } from './text.ts';
import { type WorkflowResource, workflowResource } from './workflow.ts';

export type ResourceKind =
  | 'script'
  | 'support'
  | 'role'
  | 'database'
  | 'table'
  | 'job'
  | 'workflow'
  | 'trigger';

/** Something the deployer makes. Ids are `<kind>/<name>`. */
export interface Resource {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly dependsOn: readonly string[];
}

/** A file below `generated/<library>/` and the resources it describes. */
export interface ResourceFile {
  readonly path: string;
  readonly text: string;
  readonly resources: readonly Resource[];
}

/**
 * The JSON files of a library, in an order in which their resources can be created after the scripts.
 * @param scriptArguments by job name: what its script reads beside `JOB_NAME`
 */
export function resourceFiles(
  checked: CheckedLibrary,
  scriptArguments: ReadonlyMap<string, readonly string[]>,
): readonly ResourceFile[] {
  const argumentsOf = (job: string) => scriptArguments.get(job) ?? [];
  const roles = checked.jobs.map((job) =>
    file('role', job.job.name, `roles/${job.job.name}.json`, [], () =>
      roleResource(checked, job, argumentsOf(job.job.name)),
    ),
  );
  const databases = zonesInUse(checked).map((zone) =>
    file('database', zone, `databases/${zone}.json`, [], () => databaseResource(checked, zone)),
  );
  const tables = [...checked.tables.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((table) =>
      file('table', table.id, `tables/${table.id}.json`, [`database/${zoneOf(table.id)}`], () =>
        tableResource(checked, table),
      ),
    );
  const jobs = checked.jobs.map((job) => {
    const { name } = job.job;
    const needs = [`script/${name}`, 'support/lakewright_runtime', `role/${name}`];
    return file('job', name, `jobs/${name}.json`, needs, () =>
      jobResource(checked, job, argumentsOf(name)),
    );
  });
  return [...roles, ...databases, ...tables, ...jobs, workflowFile(workflowResource(checked))];
}

function file(
  kind: ResourceKind,
  name: string,
  path: string,
  dependsOn: readonly string[],
  make: () => Parameters<typeof jsonText>[0],
): ResourceFile {
  return { path, text: jsonText(make()), resources: [{ id: `${kind}/${name}`, kind, dependsOn }] };
}

function workflowFile(workflow: WorkflowResource): ResourceFile {
  const id = `workflow/${workflow.name}`;
  const triggers = workflow.triggers.map((trigger): Resource => {
    const jobs = trigger.jobs.map((job) => `job/${job}`);
    return {
      id: `trigger/${trigger.name}`,
      kind: 'trigger',
      dependsOn: [...(trigger.inWorkflow ? [id] : []), ...jobs],
    };
  });
  return {
    path: 'workflow.json',
    text: jsonText({
      Workflow: workflow.input,
      Triggers: workflow.triggers.map((trigger) => trigger.input),
    }),
    resources: [{ id, kind: 'workflow', dependsOn: [] }, ...triggers],
  };
}
