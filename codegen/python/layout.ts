/**
 * A text that knows where it may break (Wadler's pretty printing, in the form that ruff uses): a group is printed on one
 * line where it fits, else each of its own line breaks is taken.
 */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: 'group'; readonly of: Layout }
  | { readonly kind: 'indent'; readonly of: Layout }
  /** A line break, or `flat` where the group around it is on one line. */
  | { readonly kind: 'line'; readonly flat: string }
  /** Printed only where the group around it breaks. */
  | { readonly kind: 'broken'; readonly of: string };

export const softLine: Layout = { kind: 'line', flat: '' };
export const spaceLine: Layout = { kind: 'line', flat: ' ' };

export function group(of: Layout): Layout {
  return { kind: 'group', of };
}

export function indent(of: Layout): Layout {
  return { kind: 'indent', of };
}

export function whenBroken(of: string): Layout {
  return { kind: 'broken', of };
}

/** Characters of a line, as ruff counts them by default. */
export const lineWidth = 100;
const indentWidth = 4;

interface Pending {
  readonly layout: Layout;
  readonly depth: number;
  readonly broken: boolean;
}

/** Prints a layout whose first line starts at a depth of indentation (which it does not print) after `prefix`. */
export function printLayout(layout: Layout, depth: number, prefix = ''): string {
  let text = prefix;
  let column = depth * indentWidth + prefix.length;
  const stack: Pending[] = [{ layout, depth, broken: true }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { layout: item, depth: level, broken } = top;
    if (typeof item === 'string') {
      text += item;
      column += item.length;
    } else if (isList(item)) {
      for (const part of item.toReversed()) stack.push({ ...top, layout: part });
    } else if (item.kind === 'group') {
      const flat = { layout: item.of, depth: level, broken: false };
      stack.push(fits(flat, stack, lineWidth - column) ? flat : { ...flat, broken: true });
    } else if (item.kind === 'indent') {
      stack.push({ layout: item.of, depth: level + 1, broken });
    } else if (item.kind === 'broken') {
      if (broken) stack.push({ ...top, layout: item.of });
    } else if (broken) {
      text += `\n${' '.repeat(level * indentWidth)}`;
      column = level * indentWidth;
    } else {
      text += item.flat;
      column += item.flat.length;
    }
  }
  return text;
}

/** Whether what comes next, up to the first line break that will be taken, has room. */
function fits(next: Pending, rest: readonly Pending[], room: number): boolean {
  let left = room;
  let below = rest.length;
  const stack: Pending[] = [next];
  while (left >= 0) {
    const top = stack.pop() ?? rest[--below];
    if (!top) return true;
    const { layout: item, broken } = top;
    if (typeof item === 'string') left -= item.length;
    else if (isList(item)) {
      for (const part of item.toReversed()) stack.push({ ...top, layout: part });
    } else if (item.kind === 'line') {
      if (broken) return true;
      left -= item.flat.length;
    } else if (item.kind === 'broken') {
      if (broken) left -= item.of.length;
    } else stack.push({ ...top, layout: item.of });
  }
  return false;
}

function isList(item: Layout): item is readonly Layout[] {
  return Array.isArray(item);
}
