import type { Expression } from '../../algebra/expressions.ts';
import { type DataType, typeName } from '../../algebra/types.ts';
import { reals } from '../functions/real.ts';
import { isLiteral } from '../functions/signature.ts';
import { signatures } from '../functions/signatures.ts';
import { typeOf } from '../verbs/given.ts';
import { call } from '../verbs/nodes.ts';
import type { Draw } from './draw.ts';
import { columnTypes } from './nasty-values.ts';

/** What an expression is built from: random choices, and expressions of a type. */
export interface Growing {
  readonly draw: Draw;
  readonly type: DataType;
  of(type: DataType): Expression;
}

/** Makes an expression of the type that is asked for. */
export type Builder = (growing: Growing) => Expression;

/** Functions whose last digit may differ from Spark's, so that what is computed from it may differ altogether. */
const inexact = new Set(reals.map(({ name }) => name));

/** The types of the tables' columns. */
const known = new Set(Object.values(columnTypes).map((type) => type.replace('?', '')));

/** Calls of all other functions, by the type that they give, over operands such as their own cases have. */
const calls: ReadonlyMap<string, readonly Builder[]> = groupedByType(
  signatures.flatMap(({ name, of, gives, rows, write, bands }) => {
    const isScalar = of.every(
      (one) => isLiteral(one) || (typeof one === 'string' && known.has(one.replace('?', ''))),
    );
    if (!rows || !gives || write || bands || !isScalar || inexact.has(name)) return [];
    const build: Builder = ({ of: grow }) =>
      call(name, ...of.map((one) => (isLiteral(one) ? one : grow(typeOf(one)))));
    return [[gives.replace(/\?$/, ''), build] as const];
  }),
);

function groupedByType(
  all: readonly (readonly [string, Builder])[],
): ReadonlyMap<string, readonly Builder[]> {
  const groups = new Map<string, Builder[]>();
  for (const [type, build] of all) groups.set(type, [...(groups.get(type) ?? []), build]);
  return groups;
}

/** Calls that give exactly a type. */
export function callsOf(type: DataType): readonly Builder[] {
  return calls.get(typeName(type)) ?? [];
}
