import { interrupted } from './apply.ts';
import type { Aws } from './clients.ts';
import { DeployError } from './errors.ts';
import { KINDS } from './kinds/index.ts';
import { underLock, untilNotOvertaken } from './lock/deployment.ts';
import type { LockOptions } from './lock/index.ts';
import { type Plan, plan } from './plan.ts';
import { type Desired, HASH_TAG, LIBRARY_TAG, type Live } from './resource.ts';
import { refuseConflicts, survey, type TargetOptions } from './survey.ts';

/** What to take over, and for which library. */
export interface AdoptOptions extends Omit<TargetOptions, 'lock'>, LockOptions {
  /** Ids as in `manifest.json`: `job/customer_trusted`. */
  readonly ids: readonly string[];
  /** Show only; false by default. */
  readonly dryRun?: boolean;
  /** Ends the work between two resources, as Ctrl-C does; the lock is given back. */
  readonly signal?: AbortSignal;
  /** Asked before the first write, with what the next deployment would change. By default there is consent. */
  readonly confirm?: (adoption: Adoption) => boolean | Promise<boolean>;
}

/** What is taken over. */
export interface Adoption {
  /** What the next deployment would make of each resource; nothing of it is done now. */
  readonly plan: Plan;
  /** Ids of the resources that were the library's before. */
  readonly owned: readonly string[];
  /** Ids of the resources that became the library's. */
  readonly adopted: readonly string[];
}

/**
 * Makes existing resources of the wanted names a library's own: they get its tag, and are otherwise left as they are until the next
 * deployment. Where the library owns one already, nothing is done. What is written, is under the library's lock; where somebody
 * deployed before it was taken, it is looked, and asked, anew.
 *
 * @throws DeployError `deploy/import-unknown` for an id that the library does not have, `deploy/import-missing` where AWS has no such
 * resource, `deploy/not-owned` where it is another library's; `deploy/locked`, `deploy/interrupted` and others as a deployment
 */
export async function adopt(options: AdoptOptions): Promise<Adoption> {
  return await untilNotOvertaken(options, (until) => adoptUnlessOvertaken(options, until));
}

async function adoptUnlessOvertaken(
  options: AdoptOptions,
  until: number,
): Promise<Adoption | undefined> {
  const { aws, lock, generated, desired, live } = await survey({
    ...options,
    ...(options.dryRun === true ? {} : { lock: { ...options, until } }),
  });
  const { library } = generated;
  const wanted = options.ids.map((id) => adoptable(desired, library, id));
  const found = wanted.map((one): readonly [Desired, Live] => [one, present(one, live)]);
  const foreign = found.filter(([one, { tags }]) => isOfAnother(one, tags));
  const conflicts = foreign.map(([one, { tags }]) => ({ desired: one, owner: tags[LIBRARY_TAG] }));
  refuseConflicts(conflicts, library);
  const free = found.filter(([one, { tags }]) => !isOwn(one, tags));
  const owned = found.filter(([one, { tags }]) => isOwn(one, tags)).map(([{ id }]) => id);
  const adoption: Adoption = { plan: asOwned(found), owned, adopted: [] };
  if (options.dryRun === true || free.length === 0) return adoption;
  if ((await options.confirm?.(adoption)) === false) return adoption;
  const adopted = await underLock({ aws, ...lock, options }, adoption.plan, async ({ actions }) => {
    const ids = new Set(actions.map(({ desired: { id } }) => id));
    const some = free.filter(([{ id }]) => ids.has(id));
    for (const one of some) {
      if (options.signal?.aborted === true) throw interrupted();
      await take(aws, one);
    }
    return some.map(([{ id }]) => id);
  });
  return adopted === undefined ? undefined : { ...adoption, adopted };
}

async function take(aws: Aws, [one, { definition }]: readonly [Desired, Live]): Promise<void> {
  const tags = ownerTags(one);
  await KINDS[one.kind].adopt?.(aws, { ...one, tags }, { definition, tags });
}

function adoptable(desired: readonly Desired[], library: string, id: string): Desired {
  const known = desired.filter(({ kind }) => KINDS[kind].adopt !== undefined);
  const found = known.find((one) => one.id === id);
  if (found !== undefined) return found;
  const kind = id.slice(0, id.indexOf('/'));
  const alike = known.filter((one) => one.kind === kind).map((one) => one.id);
  const kinds = [...new Set(known.map((one) => one.kind))];
  throw new DeployError(
    'deploy/import-unknown',
    `${library} has no ${JSON.stringify(id)} that could be taken over.`,
    alike.length > 0
      ? `It has ${alike.join(', ')}.`
      : `Name it as manifest.json does, as one of ${kinds.map((one) => `${one}/…`).join(', ')}.`,
  );
}

function present(desired: Desired, live: ReadonlyMap<string, Live>): Live {
  const found = live.get(desired.id);
  if (found !== undefined) return found;
  throw new DeployError(
    'deploy/import-missing',
    `There is no ${desired.kind} ${desired.name} to take over.`,
    'A deployment makes it. A resource of another name has to be made anew under this one.',
  );
}

/** All of the tags that say whose something is; the hash, of what was deployed last, is not among them. */
function ownerTags({ tags }: Desired): Readonly<Record<string, string>> {
  const all = Object.entries(tags);
  return Object.fromEntries(
    all.filter(([name]) => name.startsWith('lakewright:') && name !== HASH_TAG),
  );
}

function isOwn(desired: Desired, tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(ownerTags(desired)).every(([name, value]) => tags[name] === value);
}

function isOfAnother(desired: Desired, tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(ownerTags(desired)).some(
    ([name, value]) => tags[name] !== undefined && tags[name] !== value,
  );
}

/** What a deployment would change, once they are the library's. */
function asOwned(found: readonly (readonly [Desired, Live])[]): Plan {
  const live = found.map(([one, { definition, tags }]): readonly [string, Live] => [
    one.id,
    { definition, tags: { ...tags, ...ownerTags(one) } },
  ]);
  return plan(
    found.map(([one]) => one),
    new Map(live),
  );
}
