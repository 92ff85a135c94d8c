import { tellingLabels, uniteLabels } from './labels.ts';
import type { Column, Schema } from './schema.ts';

/**
 * Rows about nobody are a list to look things up in. What is said of a list's columns together with others, in one condition or
 * by a join, tells of the row that they stand in: beside an email's spelling the email, beside a day the day; and beside a
 * pseudonym whose it is. So all columns of lists get what the others tell. The same object where that adds nothing.
 * @param related groups of columns of which something is said at once; some may be another side's
 */
export function toldByLists(schema: Schema, related: readonly (readonly Column[])[]): Schema {
  const groups = related.filter((group) => group.some(({ fromList }) => fromList));
  const labels = tellingLabels(groups.flatMap((group) => group.flatMap((column) => column.labels)));
  const lacks = ({ fromList, labels: own }: Column) =>
    fromList && labels.some((label) => !own.includes(label));
  if (!schema.some(lacks)) return schema;
  return schema.map((column) =>
    lacks(column) ? { ...column, labels: uniteLabels(column.labels, labels) } : column,
  );
}

/** Marks what is made, wholly or in part, of columns of lists. */
export function fromLists(made: readonly Column[]): Pick<Column, 'fromList'> {
  return made.some(({ fromList }) => fromList) ? { fromList: true } : {};
}
