import {
  type Identity,
  isIdentifying,
  type Label,
  mixed,
  publicState,
  type State,
  uniteLabels,
} from '../algebra/labels.ts';
import { type Table, tableId } from '../algebra/library.ts';
import type { Column, Schema } from '../algebra/schema.ts';

/**
 * The columns that a declared table gives its readers. What the table says of its rows (owner, consent, event time) labels
 * the columns it names, whether or not their own declaration does.
 */
export function declaredSchema(table: Table): Schema {
  return table.columns.map((column): Column => {
    const { name, type, nullable, doc, band } = column;
    return {
      name,
      type,
      nullable,
      labels: uniteLabels(column.labels, impliedLabels(table, name)),
      ...(doc === undefined ? {} : { doc }),
      origin: { table: tableId(table), column: name },
      ...(band === undefined ? {} : { band }),
    };
  });
}

function impliedLabels(table: Table, column: string): readonly Label[] {
  const { owner } = table;
  const labels: Label[] = [];
  if (owner?.column === column) labels.push(`${owner.kind}:${owner.name}`);
  if (owner && table.eventTime === column) labels.push('quasi-identifier');
  for (const { purpose, grantedAt, withdrawnAt } of table.consents) {
    if (column === grantedAt || column === withdrawnAt) labels.push(`consent:${purpose}`);
  }
  return labels;
}

/**
 * Whose rows a table from outside holds. One about somebody is never trusted to hold only people who consent, whatever zone it
 * is in; one about nobody must have no column that people could be found by.
 */
export function declaredState(table: Table): State {
  const { owner, eventTime } = table;
  if (!owner) return identifyingColumns(table).length > 0 ? mixed : publicState;
  const identity: Identity = {
    subject: owner.name,
    keys: [owner.column],
    aliases: {},
    events: eventTime
      ? [{ column: eventTime, origin: { table: tableId(table), column: eventTime } }]
      : [],
  };
  return { kind: 'local', complete: 'versions', ...identity };
}

/** Columns of a table by which people could be found. */
export function identifyingColumns(table: Table): readonly string[] {
  return declaredSchema(table)
    .filter((column) => column.labels.some(isIdentifying))
    .map((column) => column.name);
}
