import type { DeclaredColumn } from '../../algebra/library.ts';
import type { Span } from '../../algebra/span.ts';
import { refuse } from '../refusal.ts';

const TYPES = ['string', 'int', 'long', 'date'];

/**
 * Requires of a column that it can be the name of a folder: a value of a plain type that is never null, under a plain name,
 * and says nothing of a person, since paths stand in logs, lists and catalogs that many may read.
 *
 * @param isSaidOfPeople whether the table says by it whom or when a row is about, or who consents
 * @throws DiagnosticError `dsl/bad-option`
 */
export function requireFolderColumn(
  { name, type, nullable, labels }: DeclaredColumn,
  isSaidOfPeople: boolean,
  span: Span,
): void {
  const option = 'partitionedBy';
  const fault =
    labels.length > 0 || isSaidOfPeople
      ? 'which tells of a person'
      : nullable
        ? 'which may be null'
        : !TYPES.includes(type.kind)
          ? `of type ${type.kind}`
          : !/^[a-z_][a-z0-9_]*$/i.test(name)
            ? 'whose name has signs'
            : undefined;
  if (fault === undefined) return;
  const found = `${name}, ${fault}`;
  const expected =
    'columns without labels, of string, int, long or date, not null: paths are in logs';
  refuse('dsl/bad-option', span, { option, found, expected });
}
