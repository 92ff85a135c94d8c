/** What is said under one code: all words of a diagnostic come from here. */
export interface Message<P> {
  /** What the code means and why it is refused, for the docs page and `npm run explain`. */
  readonly about: string;
  /** What was found, then what was expected, in one sentence without a full stop. */
  text(parameters: P): string;
  /** The one thing to do about it. */
  hint(parameters: P): string;
}

/** Gives a message the type of its parameters. */
export function message<P>(parts: Message<P>): Message<P> {
  return parts;
}
