import type { State } from '../algebra/labels.ts';
import type { Consent } from '../algebra/library.ts';
import type { Column } from '../algebra/schema.ts';
import { code, markdown } from './markdown.ts';

/** Whose rows a table of this state holds, as a sentence in Markdown. */
export function stateSentence(state: State): string {
  switch (state.kind) {
    case 'local':
      return `one ${code(state.subject)} each, whether or not they consent to anything`;
    case 'clean':
      return `depend only on people who consent to ${state.purposes.map(markdown).join(' and ')}`;
    case 'mixed':
      return 'depend on several people, some perhaps not consenting';
    case 'public':
      return 'about nobody';
  }
}

/** Labels in Markdown; a dash for none. */
export function labelWords(found: readonly string[]): string {
  return found.length === 0 ? '–' : found.map(markdown).join(', ');
}

/** The labels of a column, and in which bands it may be shown, in Markdown. */
export function columnLabels(column: Column): string {
  return labelWords(column.labels) + shownAs(column);
}

/** What its declaration lets be shown of a quasi-identifier. */
function shownAs({ band }: Column): string {
  return band === undefined ? '' : ` (bands of ${band} may be shown)`;
}

/** The consents that a declaration tells of, as sentences in Markdown. */
export function consentSentences(consents: readonly Consent[]): readonly string[] {
  return consents.map(({ purpose, grantedAt, withdrawnAt, version }) => {
    const withdrawn = withdrawnAt === undefined ? '' : `, until ${code(withdrawnAt)}`;
    const newest = `read from the newest row by ${code(version)}`;
    return `to ${markdown(purpose)} since ${code(grantedAt)}${withdrawn}; ${newest}`;
  });
}
