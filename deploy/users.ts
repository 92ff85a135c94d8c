import type { Aws } from './clients.ts';
import { DeployError } from './errors.ts';
import { pages } from './pages.ts';
import type { Plan } from './plan.ts';
import { printable } from './printable.ts';
import type { Kind } from './resource.ts';

const MOST_NAMED = 10;

/**
 * Refuses deletions that would break or take along what is in no part of the plan: jobs with a script, role, connection or security configuration that goes, triggers
 * that start a job that goes, tables in a database that goes.
 *
 * @param runs whether an argument of a job names a script that goes
 * @throws DeployError `deploy/still-used`
 */
export async function refuseUsed(
  aws: Aws,
  plan: Plan,
  runs: (argument: string) => boolean,
): Promise<void> {
  const planned = (kind: Kind): ReadonlySet<string> => names(plan.actions, kind);
  const deletions = plan.actions.filter(({ kind }) => kind === 'delete');
  const going = (kind: Kind): ReadonlySet<string> => names(deletions, kind);
  const users = [
    ...(await jobsWith(aws, planned('job'), going, runs)),
    ...(await triggersOf(aws, planned('trigger'), going('job'))),
    ...(await tablesIn(aws, going('database'), going('table'))),
  ];
  if (users.length === 0) return;
  const more = users.length > MOST_NAMED ? [`and ${users.length - MOST_NAMED} more`] : [];
  throw new DeployError(
    'deploy/still-used',
    `What would be deleted is used by others: ${[...users.slice(0, MOST_NAMED).map(printable), ...more].join('; ')}.`,
    'Delete or change these first; what the library had earlier and left behind is among them.',
  );
}

function names(actions: Plan['actions'], kind: Kind): ReadonlySet<string> {
  return new Set(actions.flatMap(({ desired }) => (desired.kind === kind ? [desired.name] : [])));
}

async function jobsWith(
  aws: Aws,
  jobs: ReadonlySet<string>,
  going: (kind: Kind) => ReadonlySet<string>,
  runs: (argument: string) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  const roles = going('role');
  const connections = going('connection');
  const security = going('security-configuration');
  for await (const { Name: name = '', Role: role = '', Command, ...rest } of pages(
    async (NextToken) => {
      const page = await aws.glue.getJobs({ NextToken });
      return [page.Jobs, page.NextToken];
    },
  )) {
    if (jobs.has(name)) continue;
    const { Connections, DefaultArguments, NonOverridableArguments } = rest;
    const { SecurityConfiguration: configuration = '' } = rest;
    const texts = [
      Command?.ScriptLocation ?? '',
      ...Object.values({ ...DefaultArguments, ...NonOverridableArguments }),
    ];
    if (texts.some(runs)) found.push(`job ${name} runs its scripts`);
    else if (roles.has(role.slice(role.lastIndexOf('/') + 1))) {
      found.push(`job ${name} has a role of its`);
    } else if (Connections?.Connections?.some((one) => connections.has(one)) === true) {
      found.push(`job ${name} has a connection of its`);
    } else if (security.has(configuration)) {
      found.push(`job ${name} has a security configuration of its`);
    }
  }
  return found;
}

async function triggersOf(
  aws: Aws,
  triggers: ReadonlySet<string>,
  jobs: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Name: name = '', Actions: actions = [] } of pages(async (NextToken) => {
    const page = await aws.glue.getTriggers({ NextToken });
    return [page.Triggers, page.NextToken];
  })) {
    const started = actions.find(({ JobName: job }) => job !== undefined && jobs.has(job));
    if (started === undefined || triggers.has(name)) continue;
    found.push(`trigger ${name} starts ${started.JobName}`);
  }
  return found;
}

async function tablesIn(
  aws: Aws,
  databases: ReadonlySet<string>,
  tables: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const DatabaseName of databases) {
    for await (const { Name } of pages(async (NextToken) => {
      const page = await aws.glue.getTables({ DatabaseName, NextToken });
      return [page.TableList, page.NextToken];
    })) {
      const name = `${DatabaseName}.${Name}`;
      if (!tables.has(name)) found.push(`table ${name} is in its database`);
    }
  }
  return found;
}
