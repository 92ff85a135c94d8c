import { DeployError } from './errors.ts';
import { around, type GraphJob } from './job-graph.ts';
import { isJsonObject, type Json } from './json.ts';
import type { ManifestResource } from './manifest.ts';
import type { Action, Plan } from './plan.ts';
import { printable } from './printable.ts';
import type { Kind } from './resource.ts';

/** The part of a generated library that a selection looks at. */
export interface Selectable {
  readonly library: string;
  readonly graph: readonly GraphJob[];
  readonly resources: readonly ManifestResource[];
}

/** Guards of the lake, and who is told, are never behind the jobs that they are about: they go with every selection. */
const GUARDS: readonly Kind[] = ['bucket', 'key', 'bucket-policy', 'bucket-lifecycle', 'alarm'];
/** Of one job, and named as it is. */
const OF_A_JOB: readonly Kind[] = ['script', 'role', 'job'];

/**
 * The part of a plan that is about some jobs, and what they need: script, support modules, role, the tables that they write, the
 * tables that no job writes and they read, what is said of access to these, their trigger, and whatever else must be there before
 * and is not.
 *
 * @param selectors in dbt's syntax ("Node selection", docs.getdbt.com): several, or with spaces between, unite; commas intersect
 * @throws DeployError `deploy/selector-unknown`
 */
export function selectedPlan(
  plan: Plan,
  library: Selectable,
  selectors: readonly string[],
): { readonly plan: Plan; readonly jobs: readonly string[] } {
  const jobs = selectedJobs(plan, library, selectors);
  const ids = resourcesOf(plan, library, jobs);
  const chosen = ({ desired }: { readonly desired: Action['desired'] }): boolean =>
    ids.has(desired.id);
  const part = { actions: plan.actions.filter(chosen), conflicts: plan.conflicts.filter(chosen) };
  const inOrder = library.graph.flatMap(({ job }) => (jobs.has(job) ? [job] : []));
  return { plan: part, jobs: inOrder };
}

function selectedJobs(
  plan: Plan,
  library: Selectable,
  selectors: readonly string[],
): ReadonlySet<string> {
  const unions = selectors.flatMap((one) => one.split(/\s+/)).filter((one) => one !== '');
  const found = unions.flatMap((union) => {
    const parts = union.split(',').map((atom) => selectedBy(plan, library, atom));
    const inAll = library.graph.filter(({ job }) => parts.every((part) => part.has(job)));
    return inAll.map(({ job }) => job);
  });
  return new Set(found);
}

const ATOM = /^(?:(\d*)\+)?([^+]+)(?:\+(\d*))?$/;

function selectedBy(plan: Plan, library: Selectable, atom: string): ReadonlySet<string> {
  const [whole, up, what = '', down] = ATOM.exec(atom) ?? [];
  if (whole === undefined) throw unknown(library, atom);
  const at = what.indexOf(':');
  const [method, value] = at < 0 ? ['name', what] : [what.slice(0, at), what.slice(at + 1)];
  const matches = METHODS[method]?.(value, plan, library);
  const jobs = matches === undefined ? [] : library.graph.filter(matches);
  // Nothing may be modified; nothing of a name is a mistake.
  if (matches === undefined || (jobs.length === 0 && method !== 'state')) {
    throw unknown(library, atom);
  }
  return around(library.graph, new Set(jobs.map(({ job }) => job)), {
    up: steps(up),
    down: steps(down),
  });
}

function steps(typed: string | undefined): number | undefined {
  return typed === '' ? Number.POSITIVE_INFINITY : typed === undefined ? undefined : Number(typed);
}

type Matches = (job: GraphJob) => boolean;
type Method = (value: string, plan: Plan, library: Selectable) => Matches | undefined;

const METHODS: Readonly<Record<string, Method>> = {
  name(value) {
    const like = wildcards(value);
    return ({ job, writes }) => like.test(job) || like.test(writes);
  },
  zone(value) {
    const like = wildcards(value);
    return ({ zone }) => like.test(zone);
  },
  tag(value, plan) {
    const [name = '', wanted] = value.split('=', 2);
    const tags = new Map(plan.actions.map(({ desired }) => [desired.id, desired.tags]));
    return ({ job }) => {
      const found = tags.get(`job/${job}`)?.[name];
      return found !== undefined && (wanted === undefined || found === wanted);
    };
  },
  state(value, plan, library) {
    if (value !== 'modified' && value !== 'new') return undefined;
    const kinds = new Map(plan.actions.map(({ desired, kind }) => [desired.id, kind]));
    return (job) => {
      if (value === 'new') return kinds.get(`job/${job.job}`) === 'create';
      return ownIds(library, job).some((id) => (kinds.get(id) ?? 'unchanged') !== 'unchanged');
    };
  },
};

/** `*` and `?` as in a shell, and as in dbt. */
function wildcards(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}

/** What belongs to one job alone. */
function ownIds({ resources }: Selectable, { job, writes }: GraphJob): readonly string[] {
  const own = new Set([...OF_A_JOB.map((kind) => `${kind}/${job}`), `table/${writes}`]);
  const about = resources.filter(
    ({ id, kind, dependsOn }) =>
      own.has(id) ||
      (kind !== 'trigger' && kind !== 'job' && dependsOn.includes(`table/${writes}`)),
  );
  return about.map(({ id }) => id);
}

function resourcesOf(
  { actions }: Plan,
  library: Selectable,
  jobs: ReadonlySet<string>,
): ReadonlySet<string> {
  const written = new Set(library.graph.map(({ writes }) => writes));
  const chosen = library.graph.filter(({ job }) => jobs.has(job));
  const landing = chosen.flatMap(({ reads }) => reads.filter((table) => !written.has(table)));
  const kinds = new Map(actions.map(({ desired, kind }) => [desired.id, kind]));
  const ids = new Set([
    ...actions.flatMap(({ desired }) => (GUARDS.includes(desired.kind) ? [desired.id] : [])),
    ...chosen.flatMap((job) => ownIds(library, job)),
    ...landing.flatMap((table) => [`table/${table}`, `data-access/${table}`]),
    ...chosen.flatMap((job) => zonesOf(job).map((zone) => `data-access/${zone}`)),
  ]);
  const byId = new Map(library.resources.map((resource) => [resource.id, resource]));
  const needed = (id: string): readonly string[] => byId.get(id)?.dependsOn ?? [];
  const started = names(actions, jobs);
  const present = (id: string): boolean => ids.has(id) || kinds.get(id) !== 'create';
  for (const { desired } of actions) {
    const { id } = desired;
    const watches = needed(id).filter((other) => other.startsWith('job/'));
    if (startsAny(desired, started) && watches.every(present)) ids.add(id);
  }
  // What its job is made of is as new as the job; of the rest, what is not there yet.
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const other of needed(id)) {
      const isPart = byId.get(id)?.kind === 'job';
      const missing = kinds.get(other) === 'create';
      if (ids.has(other) || !(isPart || missing)) continue;
      ids.add(other);
      waiting.push(other);
    }
  }
  return ids;
}

function zonesOf({ reads, writes }: GraphJob): readonly string[] {
  return [...reads, writes].map((table) => table.slice(0, table.indexOf('.')));
}

/** Names in AWS of some jobs. */
function names(actions: readonly Action[], jobs: ReadonlySet<string>): readonly string[] {
  return actions.flatMap(({ desired: { id, name } }) =>
    id.startsWith('job/') && jobs.has(id.slice('job/'.length)) ? [name] : [],
  );
}

function startsAny({ kind, definition }: Action['desired'], jobs: readonly string[]): boolean {
  const started = kind === 'trigger' ? definition['Actions'] : [];
  return (
    Array.isArray(started) &&
    started.some((one: Json) => isJsonObject(one) && jobs.includes(String(one['JobName'])))
  );
}

const MOST_NAMED = 40;

function unknown({ graph }: Selectable, atom: string): DeployError {
  const names = graph.map(({ job }) => job);
  const more = names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : [];
  const zones = [...new Set(graph.map(({ zone }) => zone))];
  return new DeployError(
    'deploy/selector-unknown',
    `${printable(JSON.stringify(atom))} selects nothing: the jobs are ${[...names.slice(0, MOST_NAMED), ...more].join(', ')}; the zones are ${zones.join(', ')}.`,
    'A selector is a job or its zone.table, zone:, tag:, state:modified or state:new, each with + before or behind.',
  );
}
