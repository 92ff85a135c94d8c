import { apply, countingApplied, type Watch } from './apply.ts';
import { explained } from './aws-errors.ts';
import { costEstimate, refuseCostly } from './cost.ts';
import type { Destination } from './desired-state.ts';
import { type AllowedException, refuseExpired } from './exceptions.ts';
import { underLock, untilNotOvertaken } from './lock/deployment.ts';
import type { LockOptions } from './lock/index.ts';
import { findOrphans } from './orphans.ts';
import { type Action, hasChanges, type Plan, plan } from './plan.ts';
import type { Choices } from './plan-document.ts';
import { provenAfter } from './proofs.ts';
import { type PruneChoices, refuseMany, withPruned } from './prune.ts';
import { recordRelease } from './releases.ts';
import { refuseRunning } from './running.ts';
import { refuseMoved, type SavedPlan } from './saved-plan.ts';
import { selectedPlan } from './select.ts';
import { refuseConflicts, type Surveyed, survey, type TargetOptions } from './survey.ts';
import { refuseUsed } from './users.ts';

export { type Adoption, type AdoptOptions, adopt } from './adopt.ts';
export { explainedCall } from './aws-errors.ts';
export type { ConnectOptions } from './clients.ts';
export type { Difference } from './compare.ts';
export type { Destination } from './desired-state.ts';
export { type Destroyed, type DestroyOptions, destroy } from './destroy.ts';
export { type Diff, diff } from './diff.ts';
export { type Drift, type Drifted, drift } from './drift.ts';
export {
  type Environment,
  type Environments,
  environmentOf,
  isPerBranch,
  type JobSize,
  readEnvironments,
} from './environments.ts';
export { DeployError, DeploymentStopped } from './errors.ts';
export type { AllowedException } from './exceptions.ts';
export type { LockOptions, LockRecord } from './lock/index.ts';
export { type Action, type ActionKind, hasChanges, type Plan } from './plan.ts';
export { type Choices, changesOf, type PlanDocument, planDocument } from './plan-document.ts';
export { printable } from './printable.ts';
export {
  earlierRelease,
  liveRelease,
  type Release,
  type ReleasesOptions,
  releases,
  withRelease,
} from './releases.ts';
export { renderDiff } from './render-diff.ts';
export { renderDrift } from './render-drift.ts';
export { renderPlan, summary } from './render-plan.ts';
export { readSavedPlan, type SavedPlan } from './saved-plan.ts';
export type { TargetOptions } from './survey.ts';
export { forceUnlock } from './unlock.ts';

/** What to deploy, and where. */
export interface DeployOptions
  extends Omit<TargetOptions, 'lock' | 'onRead' | 'readAll'>,
    LockOptions,
    PruneChoices {
  /** What decides which exceptions are over; the clock by default. */
  readonly now?: Date;
  /** Plan only; false by default. */
  readonly dryRun?: boolean;
  /** Only these jobs and what they need, by selectors as dbt has them (docs/deploy.md); all by default. */
  readonly select?: readonly string[];
  /** Delete orphans also where they are more than half of what the library owns; false by default. */
  readonly pruneMore?: boolean;
  /** How many releases stay, this one among them, at least 2; by default as the environment says, else all. */
  readonly keepReleases?: number;
  /** US dollars that one run of any job may cost at most, by list price and timeout; without it there is no cap. */
  readonly maxRunCost?: number;
  /** Change also what a run is going on of; false by default. */
  readonly whileRunning?: boolean;
  /** Deploy this plan or nothing; by default whatever is planned now. */
  readonly saved?: SavedPlan;
  /**
   * Asked before the first write, and not where there is nothing to write; what it throws ends the deployment. By default there
   * is consent.
   */
  readonly confirm?: (deployment: Deployment) => boolean | Promise<boolean>;
  /** Ends the deployment between two resources, as Ctrl-C does; the lock is given back. */
  readonly signal?: AbortSignal;
  /** Told about every step, so that long work shows. */
  readonly onProgress?: (progress: DeployProgress) => void;
}

/** One step that is over. */
export type DeployProgress =
  | { readonly step: 'read'; readonly id: string; readonly done: number; readonly total: number }
  | {
      readonly step: 'apply';
      readonly action: Action;
      readonly done: number;
      readonly total: number;
    };

/** A plan and where it goes. */
export interface Deployment {
  readonly library: string;
  readonly destination: Destination;
  readonly plan: Plan;
  /**
   * What is the library's and is declared no more, and stays. A deployment looks for it only where some is to go, and not where
   * only some jobs are selected.
   */
  readonly orphans: readonly Action[];
  readonly choices: Choices;
  /** What people allowed in the library although no rule does. */
  readonly exceptions: readonly AllowedException[];
  /** Ids of the resources that were written, in order; empty after a dry run, or where nobody consented. */
  readonly written: readonly string[];
}

/**
 * Compares a generated library with AWS. Makes no write call.
 *
 * @throws DeployError when the library or its destination is unfit, AWS cannot be asked, a resource of a wanted name belongs to
 * somebody else, or a run may cost too much
 * @example
 * const { plan, exceptions } = await planDeployment({ directory: 'generated/stedi', bucket: 'my-lake' });
 * console.log(renderPlan(plan, exceptions));
 */
export async function planDeployment(options: DeployOptions): Promise<Deployment> {
  const looks = (options.select ?? []).length === 0;
  return (await prepare(options, { looks })).deployment;
}

/**
 * Makes AWS equal to a generated library: plans, then does exactly that under the library's lock. What exists beyond the library
 * is left alone; when nothing differs, no write call is made, and no lock taken. Where somebody else deployed between the plan
 * and the lock, it is planned, and asked for, anew.
 *
 * @throws DeployError as {@link planDeployment}; `deploy/locked`; `deploy/job-running`; `deploy/plan-outdated` where a saved plan
 * is not what would be done now; `DeploymentStopped` when an action failed
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  return await untilNotOvertaken(options, (until) => deployUnlessOvertaken(options, until));
}

async function deployUnlessOvertaken(
  options: DeployOptions,
  until: number,
): Promise<Deployment | undefined> {
  const { prune = false, pruneTables = false } = options;
  const looks = prune || pruneTables;
  const { deployment, ...surveyed } = await prepare(options, { until, looks });
  const { aws, lock } = surveyed;
  if (options.saved !== undefined) refuseMoved(options.saved, deployment);
  if (options.dryRun === true) return deployment;
  const record = (): Promise<void> => recorded(surveyed, deployment, options);
  if (!hasChanges(deployment.plan)) {
    await record();
    return deployment;
  }
  if ((await options.confirm?.(deployment)) === false) return deployment;
  if (options.whileRunning !== true) await refuseRunning(aws, deployment.plan);
  const onApplied = countingApplied(deployment.plan, (applied) =>
    options.onProgress?.({ step: 'apply', ...applied }),
  );
  const watch: Watch = { ...options, onApplied };
  const written = await underLock({ aws, ...lock, options }, deployment.plan, async (part) => {
    const ids = await apply(aws, part, options, watch);
    // The bucket comes alone, before the lock.
    if (part.actions.some(({ desired }) => desired.kind !== 'bucket')) await record();
    return ids;
  });
  return written === undefined ? undefined : { ...deployment, written };
}

/** Some jobs alone are no release. */
async function recorded(
  { aws, generated, history: known }: Pick<Surveyed, 'aws' | 'generated' | 'history'>,
  { destination, choices, plan }: Deployment,
  options: DeployOptions,
): Promise<void> {
  if (choices.select.length > 0) return;
  try {
    const now = options.now ?? new Date();
    const keep = options.keepReleases ?? destination.environment?.keepReleases;
    const proofs = await provenAfter(aws, plan);
    await recordRelease(aws, generated, destination, { now, keep, known, proofs });
  } catch (error) {
    throw explained(error, options);
  }
}

/**
 * @param until until when a deployment may wait for a lock
 * @param looks whether to look for orphans
 */
async function prepare(
  options: DeployOptions,
  { until, looks }: { readonly until?: number; readonly looks: boolean },
): Promise<
  Pick<Surveyed, 'aws' | 'generated' | 'history' | 'lock'> & { readonly deployment: Deployment }
> {
  const onRead: TargetOptions['onRead'] = (read) => options.onProgress?.({ step: 'read', ...read });
  const waits = until !== undefined && options.dryRun !== true;
  const surveyed = await survey(
    { ...options, onRead, ...(waits ? { lock: { ...options, until } } : {}) },
    ({ exceptions }) => refuseExpired(exceptions, options.now ?? new Date()),
  );
  const { aws, lock, generated, destination, desired, live, history } = surveyed;
  const { library, exceptions } = generated;
  const { select = [] } = options;
  const whole = plan(desired, live);
  const chosen = select.length === 0 ? whole : selectedPlan(whole, generated, select).plan;
  refuseConflicts(chosen.conflicts, library);
  const found = looks ? await orphansOf(surveyed, chosen, options) : { plan: chosen, orphans: [] };
  const { maxRunCost } = options;
  if (maxRunCost !== undefined) {
    refuseCostly(costEstimate(found.plan, destination.region), maxRunCost);
  }
  const {
    createBucket = false,
    lakeFormation = true,
    prune = false,
    pruneTables = false,
  } = options;
  const choices = { createBucket, lakeFormation, select, prune, pruneTables };
  return {
    aws,
    lock,
    generated,
    history,
    deployment: { library, destination, ...found, choices, exceptions, written: [] },
  };
}

/** A plan with the orphans that go, which are nobody else's to use, and those that stay. */
async function orphansOf(
  { aws, generated: { library }, destination, desired }: Surveyed,
  planned: Plan,
  options: DeployOptions,
): Promise<Pick<Deployment, 'plan' | 'orphans'>> {
  try {
    const intoFormer = options.pruneTables ?? false;
    const orphans = await findOrphans(aws, { library, destination, desired, intoFormer });
    const made = withPruned(planned, orphans, options);
    if (made.plan.actions.length === planned.actions.length) return made;
    // A saved plan was asked this when it was made.
    if (options.pruneMore !== true && options.saved === undefined) refuseMany(made.plan);
    const going = new Set(
      made.plan.actions.flatMap(({ kind, desired: one }) => {
        return kind === 'delete' ? [one.name] : [];
      }),
    );
    await refuseUsed(aws, made.plan, (text) => text.split(',').some((part) => going.has(part)));
    return made;
  } catch (error) {
    throw explained(error, options);
  }
}
