import { labelsOf } from '../labels.ts';
import { type Library, localName, ofKind } from '../library.ts';

/** CloudFormation: "The logical ID must be alphanumeric (A-Za-z0-9)", 255 characters at most; some are left for endings. */
const LONGEST_ID = 200;

/** Logical ids by id: `job/customer_trusted` is `JobCustomerTrusted`. */
export function logicalIds(library: Library): ReadonlyMap<string, string> {
  const kinds = [...new Set(library.resources.map(({ kind }) => kind))];
  return new Map(
    kinds.flatMap((kind) => {
      const ids = ofKind(library, kind).map(({ id }) => id);
      const labels = labelsOf(ids.map(localName), {
        join: (words) => [...kind.split('-'), ...words].map(capitalized).join(''),
        longest: LONGEST_ID,
      });
      return ids.map((id): [string, string] => [id, labels.get(localName(id)) ?? '']);
    }),
  );
}

/** With a capital at its beginning. */
export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
