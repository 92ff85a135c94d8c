import type { CheckedJob, CheckedLibrary, CheckedTable } from '../../check/index.ts';
import { rulesets } from '../quality.ts';
import { supportModules } from '../support-modules.ts';
import { alarmResources } from './alarm.ts';
import { bucketLifecycleResource } from './bucket-lifecycle.ts';
import { bucketPolicyResource } from './bucket-policy.ts';
import { databaseResource, lakeTables, tableResource, zoneOf, zonesInUse } from './catalog.ts';
import { connectionResource, madeNetworks } from './connection.ts';
import { jobResource } from './job.ts';
import { keyResource } from './key.ts';
import { databaseAccess, dataTags, tableAccess } from './lake-formation.ts';
import { roleResource } from './role.ts';
import { rulesetResource } from './ruleset.ts';
import { securityConfigurationResource } from './security-configuration.ts';
import { jsonText } from './text.ts';
import { type WorkflowResource, workflowResource } from './workflow.ts';
import { networkOf, quarantineAccess, tablesOf, zoneAccesses } from './zone-access.ts';

export type ResourceKind =
  | 'script'
  | 'support'
  | 'role'
  | 'database'
  | 'table'
  | 'job'
  | 'workflow'
  | 'trigger'
  | 'key'
  | 'bucket-policy'
  | 'data-tag'
  | 'data-access'
  | 'ruleset'
  | 'alarm'
  | 'connection'
  | 'security-configuration'
  | 'bucket-lifecycle';

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
  const tables = sortedTables(checked).map((table) =>
    file('table', table.id, `tables/${table.id}.json`, [`database/${zoneOf(table.id)}`], () =>
      tableResource(checked, table),
    ),
  );
  const configuration = securityConfigurationResource(checked);
  const security =
    configuration === undefined
      ? []
      : [
          file(
            'security-configuration',
            checked.library.name,
            'security-configuration.json',
            [],
            () => configuration,
          ),
        ];
  const jobs = checked.jobs.map((job) => {
    const { name } = job.job;
    const support = supportModules.map((module) => `support/${module}`);
    const network = networkOf(checked, job);
    const connection = typeof network === 'object' ? [`connection/${network.name}`] : [];
    const secured = security.flatMap((one) => one.resources.map(({ id }) => id));
    const needs = [`script/${name}`, ...support, `role/${name}`, ...connection, ...secured];
    return file('job', name, `jobs/${name}.json`, needs, () =>
      jobResource(checked, job, argumentsOf(name)),
    );
  });
  return [
    ...roles,
    ...keyFiles(checked),
    ...databases,
    ...tables,
    ...dataAccessFiles(checked),
    ...rulesetFiles(checked),
    ...madeNetworks(checked).map((network) =>
      file('connection', network.name, `connections/${network.name}.json`, [], () =>
        connectionResource(checked, network),
      ),
    ),
    ...security,
    ...jobs,
    workflowFile(workflowResource(checked)),
    ...alarmResources(checked).map(({ name, input }) =>
      file('alarm', name, `alarms/${name}.json`, [], () => input),
    ),
  ];
}

/** The zones' keys, then the bucket's policy, which names them, and what the bucket deletes by itself. */
function keyFiles(checked: CheckedLibrary): readonly ResourceFile[] {
  const accesses = zoneAccesses(checked);
  const keys = [...accesses, ...quarantineAccess(accesses)].map((access) =>
    file('key', access.zone, `keys/${access.zone}.json`, [], () => keyResource(checked, access)),
  );
  const needs = keys.flatMap((key) => key.resources.map(({ id }) => id));
  const policy = file('bucket-policy', checked.library.name, 'bucket-policy.json', needs, () =>
    bucketPolicyResource(checked, accesses),
  );
  const lifecycle = bucketLifecycleResource(checked);
  if (lifecycle === undefined) return [...keys, policy];
  const name = checked.library.name;
  const rules = file('bucket-lifecycle', name, 'bucket-lifecycle.json', [], () => lifecycle);
  return [...keys, policy, rules];
}

/** What Lake Formation knows of the data: its tags, then what has them and who may do what with it. */
function dataAccessFiles(checked: CheckedLibrary): readonly ResourceFile[] {
  const tags = dataTags(checked);
  const tagResources = tags.map(
    ({ TagKey }): Resource => ({ id: `data-tag/${TagKey}`, kind: 'data-tag', dependsOn: [] }),
  );
  const tagIds = tagResources.map(({ id }) => id);
  const rolesFor = (allowed: (job: CheckedJob) => boolean) =>
    checked.jobs.filter(allowed).map(({ job }) => `role/${job.name}`);
  const databases = zonesInUse(checked).map((zone) => {
    const needs = [
      `database/${zone}`,
      ...tagIds,
      ...rolesFor((job) => tablesOf(checked, job).some((id) => zoneOf(id) === zone)),
    ];
    return file('data-access', zone, `access/${zone}.json`, needs, () =>
      databaseAccess(checked, zone),
    );
  });
  const tables = sortedTables(checked).map((table) => {
    const needs = [
      `table/${table.id}`,
      ...tagIds,
      ...rolesFor((job) => tablesOf(checked, job).some((id) => id === table.id)),
    ];
    return file('data-access', table.id, `access/${table.id}.json`, needs, () =>
      tableAccess(checked, table),
    );
  });
  return [
    { path: 'data-tags.json', text: jsonText({ LFTags: tags }), resources: tagResources },
    ...databases,
    ...tables,
  ];
}

/** Only of tables of which the language of rulesets can say something. */
function rulesetFiles(checked: CheckedLibrary): readonly ResourceFile[] {
  return rulesets(checked)
    .filter(({ rules }) => rules > 0)
    .map((ruleset) => {
      const { table } = ruleset;
      return file('ruleset', table, `quality/${table}.json`, [`table/${table}`], () =>
        rulesetResource(checked, ruleset),
      );
    });
}

function sortedTables(checked: CheckedLibrary): readonly CheckedTable[] {
  return lakeTables(checked).toSorted((a, b) => (a.id < b.id ? -1 : 1));
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
