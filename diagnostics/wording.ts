const longestName = 80;

/** C0, DEL and C1 controls, line and paragraph separators, and the marks that turn the reading direction. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Text of an author made safe for a terminal: what would move the cursor or hide text is shown as an escape. */
export function visible(text: string): string {
  return text.replace(unsafe, (found) => {
    if (found === '\n') return '\\n';
    if (found === '\t') return '\\t';
    const code = found.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** An author's name as it stands in a message: in backticks, safe, and cut where it is absurdly long. */
export function named(name: string): string {
  const characters = [...name];
  const cut = characters.length > longestName;
  const text = cut ? `${characters.slice(0, longestName).join('')}…` : name;
  return `\`${visible(text).replaceAll('`', "'")}\``;
}

/** `a`, `b` and `c`; a long list is cut, with the number of the rest. */
export function listed(names: readonly string[], limit = 12): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, limit).map(named);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** The known name that a mistyped one most likely meant, if one is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const allowed = Math.min(4, Math.max(1, Math.floor(name.length / 3)));
  const scored = known
    .map((candidate) => ({
      candidate,
      steps: editSteps(name.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ steps }) => steps <= allowed)
    .sort((a, b) => a.steps - b.steps);
  return scored[0]?.candidate;
}

/** What to say of a name that is not there: the nearest one, else all of them. */
export function didYouMean(name: string, known: readonly string[], what: string): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${named(near)}?`;
  return known.length > 0 ? `${what}: ${listed(known)}` : `there are no ${what} here`;
}

/** Levenshtein distance: insertions, deletions and replacements from one text to the other. */
function editSteps(from: string, to: string): number {
  const longest = 200;
  if (from.length > longest || to.length > longest) return longest;
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const shifted = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, shifted));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
