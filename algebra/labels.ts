import type { ColumnOrigin } from './schema.ts';

/**
 * How private a column is. GDPR's words where it has them: a direct identifier names a person, a quasi-identifier singles
 * one out together with others (Recital 26), biometric data is of Article 9, a pseudonym is of Article 4(5).
 */
export type Label =
  | 'identifier'
  | 'quasi-identifier'
  | 'sensitive'
  | 'biometric'
  | `subject:${string}`
  | `alias:${string}`
  | `consent:${string}`
  | `pseudonym:${string}`;

/** The union of label sets, sorted, so that equal sets are equal as JSON. */
export function uniteLabels(...sets: readonly (readonly Label[])[]): readonly Label[] {
  return [...new Set(sets.flat())].sort();
}

/** Labels that a person can be found by; a table that holds only pseudonymous data may have none of them. */
export function isIdentifying(label: Label): boolean {
  return (
    label === 'identifier' ||
    label === 'quasi-identifier' ||
    label.startsWith('subject:') ||
    label.startsWith('alias:') ||
    label.startsWith('consent:')
  );
}

/** What stands beside values of these labels in a list tells of whom they are; beside a pseudonym it tells the name. */
export function tellingLabels(labels: readonly Label[]): readonly Label[] {
  const isNamed = labels.some((label) => label.startsWith('pseudonym:'));
  return [...labels.filter(isIdentifying), ...(isNamed ? (['identifier'] as const) : [])];
}

/** The event-time column of a table about people; rows older than the person's consent stay out of a purpose's zone. */
export interface EventTime {
  /** The column's name in this frame; undefined once it was dropped before the rows were compared with the consent. */
  readonly column: string | undefined;
  readonly origin: ColumnOrigin;
  /** Purposes since the consent to which it is known to lie; absent: none. */
  readonly since?: readonly string[];
}

/** Whose rows a frame holds, and which of its columns say so. */
export interface Identity {
  /** The kind of person, or the alias (device) that stands for one. */
  readonly subject: string;
  /** Columns each of which names the row's one subject. */
  readonly keys: readonly string[];
  /** Columns verified to belong to at most one subject: column name to alias kind. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Event times not yet known to lie at or after consent to every purpose. */
  readonly events: readonly EventTime[];
}

/**
 * What a frame's rows may depend on.
 * - `local`: every row depends on the rows of one subject. `complete` says whether all versions of each subject are still
 *   there, only the newest, or neither: consent may be read off the first two alone.
 * - `clean`: depends only on subjects that consent to every one of `purposes`; keys may be lost.
 * - `mixed`: depends on several subjects, some perhaps not consenting.
 * - `public`: depends on no subject.
 */
export type State =
  | (Identity & {
      readonly kind: 'local';
      readonly complete: 'versions' | 'newest' | 'no';
      /** Purposes that everybody else consents to on whom the rows depend besides; absent: on nobody else. */
      readonly others?: readonly string[];
    })
  | (Identity & { readonly kind: 'clean'; readonly purposes: readonly string[] })
  | { readonly kind: 'mixed' }
  | { readonly kind: 'public' };

export type LocalState = Extract<State, { kind: 'local' }>;
export type CleanState = Extract<State, { kind: 'clean' }>;

export const mixed: State = { kind: 'mixed' };
export const publicState: State = { kind: 'public' };
