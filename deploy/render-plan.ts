import type { Difference } from './compare.ts';
import type { AllowedException } from './exceptions.ts';
import { canonicalJson, type Json } from './json.ts';
import { TAG_PATH } from './kinds/tags.ts';
import type { Action, ActionKind, Plan } from './plan.ts';
import { HASH_TAG } from './resource.ts';

const SIGNS: { readonly [K in ActionKind]: string } = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  unchanged: ' ',
};
const WIDEST_VALUE = 72;

/**
 * A plan for people: one line per change with the fields below it, in the order of the plan, and a summary.
 *
 * @example
 * + script   s3://lake/lakewright/stedi/scripts/0f3a.../customer_trusted.py
 * ~ job      stedi_customer_trusted
 *     ~ Timeout: 60 -> 30
 *
 * ! survey_curated: column score for curated.survey: quasi-identifier to none
 *     because: Scores are published anyway.
 *     allowed by ann@example.org, until 2027-03-31
 *
 * Plan: 1 to create, 1 to change, 24 unchanged.
 * @param exceptions shown in each plan, whether or not anything changes
 */
export function renderPlan(plan: Plan, exceptions: readonly AllowedException[] = []): string {
  const changes = plan.actions.filter((action) => action.kind !== 'unchanged');
  const parts = [changes.flatMap(actionLines), exceptions.flatMap(exceptionLines)];
  const lines = parts.flatMap((part) => (part.length === 0 ? [] : [...part, '']));
  return [...lines, summary(plan)].join('\n');
}

/** The last line of a rendered plan. */
export function summary(plan: Plan): string {
  const count = (kind: ActionKind): number =>
    plan.actions.filter((action) => action.kind === kind).length;
  const replaced = count('replace');
  const deleted = count('delete');
  const parts = [
    `${count('create')} to create`,
    `${count('update')} to change`,
    ...(replaced === 0 ? [] : [`${replaced} to replace`]),
    ...(deleted === 0 ? [] : [`${deleted} to delete`]),
    `${count('unchanged')} unchanged`,
  ];
  return `Plan: ${parts.join(', ')}.`;
}

function actionLines(action: Action): readonly string[] {
  const { kind, desired } = action;
  const head = `${SIGNS[kind]} ${desired.kind.padEnd(8)} ${printable(desired.name)}`;
  return [head, ...shownDifferences(action).map(differenceLine)];
}

function exceptionLines({ job, what, reason, permit }: AllowedException): readonly string[] {
  const lines = [`! ${job}: ${what}`, `    because: ${reason}`];
  if (permit) lines.push(`    allowed by ${permit.reviewer}, until ${permit.expires}`);
  return lines.map(printable);
}

/** The hash follows from the other fields, so it is only shown where nothing else explains the change. */
function shownDifferences({ differences }: Action): readonly Difference[] {
  const telling = differences.filter(({ path }) => path !== `${TAG_PATH}${HASH_TAG}`);
  return telling.length > 0 ? telling : differences;
}

function differenceLine({ path, from, to }: Difference): string {
  const place = printable(path);
  if (from === undefined) return `    + ${place}: ${value(to)}`;
  if (to === undefined) return `    - ${place}: ${value(from)}`;
  return `    ~ ${place}: ${value(from)} -> ${value(to)}`;
}

function value(json: Json | undefined): string {
  const text = printable(canonicalJson(json ?? null));
  return text.length <= WIDEST_VALUE ? text : `${text.slice(0, WIDEST_VALUE - 1)}…`;
}

/** Control characters escaped: a name in AWS must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}
