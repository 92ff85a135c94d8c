import { type AccessChanges, accessChanges } from './access-changes.ts';
import { type CostEstimate, costEstimate } from './cost.ts';
import type { Destination } from './desired-state.ts';
import type { AllowedException } from './exceptions.ts';
import { canonicalJson, type Json } from './json.ts';
import { sha256 } from './manifest.ts';
import type { Action, ActionKind, Plan } from './plan.ts';

/** Raised when a member changes its meaning or goes; new members may come without. */
export const FORMAT_VERSION = 1;

/** What a plan was made with besides the library and the place. */
export interface Choices {
  readonly createBucket: boolean;
  readonly lakeFormation: boolean;
  /** Selectors; empty where all is planned. */
  readonly select: readonly string[];
  /** Whether orphans go. */
  readonly prune: boolean;
  /** Whether orphans go that are the catalog's entries of data. */
  readonly pruneTables: boolean;
}

/** A plan for programs, as `--json` prints it and `--out` saves it; docs/deploy.md describes it. */
export interface PlanDocument {
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly library: string;
  readonly destination: Destination;
  readonly choices: Choices;
  /** How many resources there are of each. */
  readonly summary: { readonly [K in ActionKind]: number };
  /** What is not unchanged, in the order in which it is done. */
  readonly changes: readonly ChangeDocument[];
  /** What is the library's and is declared no more, and stays. */
  readonly orphans: readonly OrphanDocument[];
  readonly exceptions: readonly AllowedException[];
  /** Who may do more, or less, with which table. */
  readonly access: AccessChanges;
  /** What a run of each job can cost. */
  readonly cost: CostEstimate;
}

/** One resource that a library owns and declares no more. */
export interface OrphanDocument {
  readonly kind: string;
  /** Name in AWS. */
  readonly name: string;
}

/** One resource that a plan changes. */
export interface ChangeDocument {
  readonly action: Exclude<ActionKind, 'unchanged'>;
  /** As in the manifest: `job/customer_trusted`. */
  readonly id: string;
  readonly kind: string;
  /** Name in AWS. */
  readonly name: string;
  /** Of all that the resource is to be, with its tags: 64 hex digits. */
  readonly sha256: string;
  /** Empty for `create` and `delete`. */
  readonly differences: readonly DifferenceDocument[];
}

/** One field that changes; a value that is not there is left out. */
export interface DifferenceDocument {
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** A plan as a plain JSON value. Equal plans give equal text. */
export function planDocument(of: {
  readonly library: string;
  readonly destination: Destination;
  readonly plan: Plan;
  readonly orphans: readonly Action[];
  readonly choices: Choices;
  readonly exceptions: readonly AllowedException[];
}): PlanDocument {
  const { library, destination, plan, orphans, choices, exceptions } = of;
  return {
    formatVersion: FORMAT_VERSION,
    library,
    destination,
    choices,
    summary: countByKind(plan),
    changes: changesOf(plan),
    orphans: orphans.map(({ desired: { kind, name } }) => ({ kind, name })),
    exceptions,
    access: accessChanges(plan),
    cost: costEstimate(plan, destination.region),
  };
}

/** What a plan changes, in its order. */
export function changesOf(plan: Plan): readonly ChangeDocument[] {
  return plan.actions.flatMap(changeOf);
}

/** How many resources a plan creates, changes and so on. */
export function countByKind(plan: Plan): PlanDocument['summary'] {
  const count = (kind: ActionKind): number =>
    plan.actions.filter((action) => action.kind === kind).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    unchanged: count('unchanged'),
  };
}

function changeOf({ kind: action, desired, differences }: Action): readonly ChangeDocument[] {
  if (action === 'unchanged') return [];
  const { id, kind, name, definition, tags } = desired;
  const digest = sha256(canonicalJson({ definition, tags }));
  return [{ action, id, kind, name, sha256: digest, differences: differences.map(presentOf) }];
}

function presentOf({ path, from, to }: Action['differences'][number]): DifferenceDocument {
  return { path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
