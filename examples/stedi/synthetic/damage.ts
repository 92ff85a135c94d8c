/**
 * How a good line of a feed breaks, in the order in which customers of a block meet it. `blank` is
 * the one kind that readers skip; all others are malformed.
 */
export const DAMAGE = [
  'truncated',
  'empty-object',
  'not-json',
  'not-an-object',
  'wrong-type',
  'null-required',
  'blank',
] as const;

/** One kind of damage. */
export type Damage = (typeof DAMAGE)[number];

/** The required columns that damage strikes, per feed: one to hold a word, one to hold null. */
export interface Targets {
  readonly number: string;
  readonly text: string;
}

/** A broken copy of a good line (a JSON object on one line that has the target columns). */
export function damaged(line: string, damage: Damage, targets: Targets): string {
  switch (damage) {
    case 'truncated':
      return line.slice(0, Math.floor(line.length * 0.6));
    case 'empty-object':
      return '{}';
    case 'not-json':
      return 'connection reset by peer';
    case 'not-an-object':
      return '[]';
    case 'wrong-type':
      return line.replace(new RegExp(`("${targets.number}": ?)[0-9]+`), '$1"unknown"');
    case 'null-required':
      return line.replace(new RegExp(`("${targets.text}": ?)"[^"]*"`), '$1null');
    case 'blank':
      return '';
  }
}
