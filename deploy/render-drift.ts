import { styleText } from 'node:util';
import type { Drift, Drifted, DriftOrigin } from './drift.ts';
import { printable } from './printable.ts';
import { shownValue } from './render-plan.ts';

const TITLES: { readonly [K in DriftOrigin]: string } = {
  outside: 'Changed outside, since it was deployed:',
  either: 'Changed outside, or not deployed yet, or both:',
  pending: 'Not deployed yet, and not changed outside:',
};

/**
 * Drift for people: what somebody changed first.
 *
 * @example
 * Changed outside, since it was deployed:
 *   job      stedi_customer_trusted
 *     Timeout: 15 is now 99
 *
 * Drift: 1 changed outside, 0 changed outside or not deployed yet, 0 not deployed yet, 68 as generated.
 */
export function renderDrift(
  { drifted, unchanged }: Drift,
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  const of = (origin: DriftOrigin): readonly Drifted[] =>
    drifted.filter((one) => one.origin === origin);
  const sections = (['outside', 'either', 'pending'] as const).flatMap((origin) => {
    const found = of(origin);
    if (found.length === 0) return [];
    const title = TITLES[origin];
    const shown =
      colour && origin === 'outside' ? styleText('red', title, { validateStream: false }) : title;
    return [shown, ...found.flatMap(linesOf), ''];
  });
  const counts = [
    `${of('outside').length} changed outside`,
    `${of('either').length} changed outside or not deployed yet`,
    `${of('pending').length} not deployed yet`,
    `${unchanged} as generated`,
  ];
  return [...sections, `Drift: ${counts.join(', ')}.`].join('\n');
}

function linesOf({ kind, name, what, fields }: Drifted): readonly string[] {
  const said = { missing: ' is missing', foreign: ' is somebody else’s', changed: '' }[what];
  const head = `  ${kind.padEnd(8)} ${printable(name)}${said}`;
  const lines = fields.map(({ path, generated, now }) => {
    const place = `    ${printable(path)}:`;
    if (generated === undefined) return `${place} ${shownValue(now)} is there now`;
    if (now === undefined) return `${place} ${shownValue(generated)} is gone`;
    return `${place} ${shownValue(generated)} is now ${shownValue(now)}`;
  });
  return [head, ...lines];
}
