/** A place in the author's DSL source: path relative to the project root, line and column from 1. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
