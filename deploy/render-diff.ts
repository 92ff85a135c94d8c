import { styleText } from 'node:util';
import type { Diff } from './diff.ts';
import { printable } from './printable.ts';
import { actionLines } from './render-plan.ts';

const COLOURS: Readonly<Record<string, 'green' | 'red' | 'cyan'>> = {
  '+': 'green',
  '-': 'red',
  '@': 'cyan',
};

/** A diff for people: unified for scripts, by field for the rest; empty where nothing differs. */
export function renderDiff(
  { plan, patches }: Diff,
  { colour = false }: { readonly colour?: boolean } = {},
): string {
  const changed = plan.actions.filter(({ kind }) => kind !== 'unchanged');
  const lines = changed.flatMap((action) => [
    ...actionLines(action),
    ...patchLines(patches.get(action.desired.id), colour),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}

/** Tabs stay; every other control character may steer the terminal. */
function patchLines(patch: string | undefined, colour: boolean): readonly string[] {
  const lines = patch?.trimEnd().split('\n').slice(1) ?? [];
  return lines.map((line) => {
    const safe = line.split('\t').map(printable).join('\t');
    const style = COLOURS[safe.charAt(0)];
    return colour && style ? styleText(style, safe, { validateStream: false }) : safe;
  });
}
