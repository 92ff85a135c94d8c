import type { Relation } from '../algebra/relation.ts';

/** What an author's source says about the steps besides what they do. */
export interface AuthorWords {
  /** The constant that the step's result was given to, as the author spells it. */
  nameOf(relation: Relation): string | undefined;
  /** The comment above the step. */
  commentOn(relation: Relation): string | undefined;
}

/** Where there is no source to read, as in tests: every step speaks for itself. */
export const noWords: AuthorWords = {
  nameOf: () => undefined,
  commentOn: () => undefined,
};
