import type { AccessChanges, GrantChange } from './access-changes.ts';
import { type CostEstimate, dollars, type RunCost } from './cost.ts';
import { isOfData } from './orphans.ts';
import type { Action } from './plan.ts';
import { printable } from './printable.ts';
import type { Kind } from './resource.ts';

/** A plan is to be read; `--json` tells all. */
const MOST_LINES = 12;
const SCRIPTS: readonly Kind[] = ['script', 'support'];

/** Who may do more, or less, with which table; no lines where nothing changes. */
export function accessLines({ grants, widened }: AccessChanges): readonly string[] {
  const lines = [
    ...widened.map(({ id, statement, what }) => `wider: ${id}, ${statement}: ${what}`),
    ...grants.map(grantLine),
  ];
  return lines.length === 0 ? [] : ['Access', ...cut(lines)];
}

/** What one run of each changed job, and of all jobs, can cost; no lines where there are no jobs. */
export function costLines(
  { price, runs, unknown }: CostEstimate,
  region: string,
): readonly string[] {
  if (price === undefined) {
    return unknown.length === 0 ? [] : [`Cost: no price is known for ${region}.`];
  }
  if (runs.length + unknown.length === 0) return [];
  const changed = runs
    .filter(({ action }) => action !== 'unchanged')
    .toSorted((one, other) => other.atMost - one.atMost);
  const sum = (of: (run: RunCost) => number): string =>
    dollars(runs.reduce((total, run) => total + of(run), 0));
  const atMost = sum((run) => run.atMost);
  return [
    `Cost of a run, at ${dollars(price.dollars)} per DPU-hour (list price of ${region}, read on ${price.readOn})`,
    ...cut(changed.map(runLine)),
    `    in all (${runs.length}): ${atMost} at most, ${sum((run) => run.atLeast)} at least`,
    ...unknown.map((name) => `    ${printable(name)}: not known`),
  ];
}

/** What is the library's and is declared no more, by name, but for scripts, of which each deployment leaves some. */
export function orphanLines(orphans: readonly Action[]): readonly string[] {
  if (orphans.length === 0) return [];
  const scripts = orphans.filter(({ desired: { kind } }) => SCRIPTS.includes(kind));
  const data = orphans.filter(isOfData);
  const rest = orphans.filter((one) => !scripts.includes(one) && !data.includes(one));
  return [
    'Orphans: declared no more; --prune deletes them, and --prune-tables those of data from the catalog',
    ...cut(rest.map(({ desired: { kind, name } }) => `${kind} ${name}`)),
    ...cut(data.map(({ desired: { kind, name } }) => `${kind} ${name} (of data)`)),
    ...(scripts.length === 0 ? [] : [`    ${scripts.length} scripts of earlier deployments`]),
  ];
}

function grantLine({ table, holds, purposes, role, granted, revoked }: GrantChange): string {
  const about = [...(holds === undefined ? [] : [holds]), ...purposes.map((one) => `for ${one}`)];
  const what = [
    ...(granted.length === 0 ? [] : [`+ ${granted.join(', ')}`]),
    ...(revoked.length === 0 ? [] : [`- ${revoked.join(', ')}`]),
  ];
  const labels = about.length === 0 ? '' : ` (${about.join(', ')})`;
  return `${table}${labels}: ${what.join(' ')} for ${role}`;
}

function runLine({ name, size, atMost, atMostNow }: RunCost): string {
  const before =
    atMostNow === undefined || atMostNow === atMost ? '' : `, before ${dollars(atMostNow)}`;
  return `${name}: ${dollars(atMost)} at most (${size})${before}`;
}

function cut(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `    ${printable(line)}`);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...shown, `    and ${more} more`] : shown;
}
