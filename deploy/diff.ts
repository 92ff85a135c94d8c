import { createTwoFilesPatch } from 'diff';
import { explained } from './aws-errors.ts';
import type { Aws } from './clients.ts';
import type { Destination } from './desired-state.ts';
import { asObject } from './json.ts';
import { addressOf } from './kinds/object.ts';
import { readObject } from './object-bytes.ts';
import { type Plan, plan } from './plan.ts';
import type { Desired, Live } from './resource.ts';
import { type Selectable, selectedPlan } from './select.ts';
import { refuseConflicts, survey, type TargetOptions } from './survey.ts';

/** What differs between AWS and the generated files, with the text of what is text. */
export interface Diff {
  readonly library: string;
  readonly destination: Destination;
  readonly plan: Plan;
  /** By id of a script or support module: a unified diff from the one that runs now. */
  readonly patches: ReadonlyMap<string, string>;
}

/**
 * Compares the generated files with AWS, scripts line by line with those that the jobs run now. Makes no write call.
 *
 * @param select as `planDeployment` takes it
 * @throws DeployError as `planDeployment`
 */
export async function diff(
  options: TargetOptions & { readonly select?: readonly string[] },
): Promise<Diff> {
  const { aws, generated, destination, desired, live } = await survey(options);
  const whole = plan(desired, live);
  const made = selected(whole, generated, options.select ?? []);
  refuseConflicts(made.conflicts, generated.library);
  const patches = new Map<string, string>();
  try {
    for (const { kind, desired: one } of made.actions) {
      if (kind === 'unchanged' || one.body === undefined) continue;
      patches.set(one.id, await patchOf(aws, one, presentUri(one, live)));
    }
  } catch (error) {
    throw explained(error, options);
  }
  return { library: generated.library, destination, plan: made, patches };
}

function selected(whole: Plan, library: Selectable, select: readonly string[]): Plan {
  return select.length === 0 ? whole : selectedPlan(whole, library, select).plan;
}

async function patchOf(aws: Aws, one: Desired, present: string | undefined): Promise<string> {
  const name = fileName(one.name);
  const text = present === undefined ? undefined : await textOf(aws, present);
  return createTwoFilesPatch(
    text === undefined ? '/dev/null' : `aws/${name}`,
    `generated/${name}`,
    text ?? '',
    one.body?.toString('utf8') ?? '',
  );
}

async function textOf(aws: Aws, uri: string): Promise<string | undefined> {
  return (await readObject(aws.s3, addressOf(uri)))?.bytes.toString('utf8');
}

/** Where the script that a job runs now, or a module that jobs are given now, lies. */
function presentUri(
  { id, kind, name }: Desired,
  live: ReadonlyMap<string, Live>,
): string | undefined {
  if (live.has(id)) return name;
  const own = live.get(`job/${id.slice(kind.length + 1)}`)?.definition;
  if (kind === 'script') return ourUri(asObject(own?.['Command'])['ScriptLocation'], name);
  const given = [...live].flatMap(([other, { definition }]) =>
    other.startsWith('job/')
      ? String(asObject(definition?.['NonOverridableArguments'])['--extra-py-files'] ?? '').split(
          ',',
        )
      : [],
  );
  return given.find((uri) => ourUri(uri, name) !== undefined);
}

/** Only an object of the same name in the same bucket: a job that somebody changed may name anything. */
function ourUri(found: unknown, name: string): string | undefined {
  if (typeof found !== 'string' || fileName(found) !== fileName(name)) return undefined;
  const folder = name.split('/').slice(0, -2).join('/');
  return found.startsWith(`${folder}/`) ? found : undefined;
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
