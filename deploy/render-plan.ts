import { styleText } from 'node:util';
import { accessChanges } from './access-changes.ts';
import type { Difference } from './compare.ts';
import { costEstimate } from './cost.ts';
import type { AllowedException } from './exceptions.ts';
import { canonicalJson, type Json } from './json.ts';
import { TAG_PATH } from './kinds/tags.ts';
import type { Action, ActionKind, Plan } from './plan.ts';
import { countByKind } from './plan-document.ts';
import { printable } from './printable.ts';
import { accessLines, costLines, orphanLines } from './render-sections.ts';
import { HASH_TAG } from './resource.ts';

const SIGNS: { readonly [K in ActionKind]: string } = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  unchanged: ' ',
};
const WIDEST_VALUE = 72;

/** What a rendered plan shows besides its changes. */
export interface RenderOptions {
  /** Green for what comes, yellow for what changes, red for what goes; false by default. */
  readonly colour?: boolean;
  /** Whose prices the runs are estimated with; without it they are not. */
  readonly region?: string;
  /** What is declared no more, and stays. */
  readonly orphans?: readonly Action[];
}

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
export function renderPlan(
  plan: Plan,
  exceptions: readonly AllowedException[] = [],
  { colour = false, region, orphans = [] }: RenderOptions = {},
): string {
  const changes = plan.actions.filter((action) => action.kind !== 'unchanged');
  const parts = [
    changes.flatMap((action) => {
      const lines = actionLines(action);
      return colour ? lines.map(coloured) : lines;
    }),
    accessLines(accessChanges(plan)),
    exceptions.flatMap(exceptionLines),
    region === undefined ? [] : costLines(costEstimate(plan, region), region),
    orphanLines(orphans),
  ];
  const lines = parts.flatMap((part) => (part.length === 0 ? [] : [...part, '']));
  return [...lines, summary(plan, orphans)].join('\n');
}

/** The last line of a rendered plan. */
export function summary(plan: Plan, orphans: readonly Action[] = []): string {
  const count = countByKind(plan);
  const parts = [
    `${count.create} to create`,
    `${count.update} to change`,
    ...(count.replace === 0 ? [] : [`${count.replace} to replace`]),
    ...(count.delete === 0 ? [] : [`${count.delete} to delete`]),
    `${count.unchanged} unchanged`,
    ...(orphans.length === 0 ? [] : [`${orphans.length} orphaned`]),
  ];
  return `Plan: ${parts.join(', ')}.`;
}

/** One action: what becomes of which resource, and its fields. */
export function actionLines(action: Action): readonly string[] {
  const { kind, desired } = action;
  const head = `${SIGNS[kind]} ${desired.kind.padEnd(8)} ${printable(desired.name)}`;
  return [head, ...shownDifferences(action).map(differenceLine)];
}

const COLOURS: Readonly<Record<string, 'green' | 'yellow' | 'red'>> = {
  '+': 'green',
  '~': 'yellow',
  '±': 'red',
  '-': 'red',
};

/** The sign only, which leads its line. */
function coloured(line: string): string {
  const sign = line.trimStart().charAt(0);
  const colour = COLOURS[sign];
  return colour === undefined
    ? line
    : line.replace(sign, styleText(colour, sign, { validateStream: false }));
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
  if (from === undefined) return `    + ${place}: ${shownValue(to)}`;
  if (to === undefined) return `    - ${place}: ${shownValue(from)}`;
  return `    ~ ${place}: ${shownValue(from)} -> ${shownValue(to)}`;
}

/** A JSON value on one line, cut where it is long. */
export function shownValue(json: Json | undefined): string {
  const text = printable(canonicalJson(json ?? null));
  return text.length <= WIDEST_VALUE ? text : `${text.slice(0, WIDEST_VALUE - 1)}…`;
}
