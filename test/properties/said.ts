import { mixed } from '../../algebra/labels.ts';
import { tableId, type Zone } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { DiagnosticError } from '../../diagnostics/index.ts';
import { datasetOf } from '../../dsl/dataset-of.ts';
import { declaredOrigin, stepOf } from '../../dsl/step.ts';
import { checkedCase } from '../verbs/checked-case.ts';
import { tableOf } from '../verbs/given.ts';
import { nowhere } from '../verbs/nodes.ts';
import type { Place } from './steps.ts';

type Said = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;
type Rows = Pick<Place, 'given' | 'input'>;

/** Every verb that an author can say of rows. */
export function sayableVerbs(): readonly string[] {
  const step = { relation: nothing, frame: { schema: [], state: mixed }, origins: new Map() };
  return Object.keys(Object.getPrototypeOf(datasetOf({ ...step, isSmall: false })));
}

const nothing: Relation = { kind: 'source', span: nowhere, table: 'landing.nothing', from: {} };

const zone: Zone = { name: 'landing', purposes: [], holds: 'identified', span: nowhere };

/** The rows as an author holds them. */
export function heldRows({ given, input }: Rows): object {
  const tables = Object.entries(given).map(([name, one]) => tableOf(name, one));
  const origins = new Map(tables.map((table) => [tableId(table), declaredOrigin(table, zone)]));
  const frame = checkedCase(given, input).frame ?? { schema: [], state: mixed };
  return datasetOf({ relation: input, frame, origins, isSmall: false });
}

/** What an author gets who says a verb of some rows. */
export function say(rows: object, verb: string, ...values: readonly unknown[]): unknown {
  return (rows as Said)[verb]?.(...values);
}

/** The rows that an author gets; those before where the language refuses what is said. */
export function said({ input }: Rows, make: () => unknown): Relation {
  try {
    return stepOf(make(), 'said', nowhere).relation;
  } catch (error) {
    if (error instanceof DiagnosticError) return input;
    throw error;
  }
}
