import { columnsRead, type Expression } from '../../algebra/expressions.ts';
import { columnNames } from '../../algebra/schema.ts';
import type { Span } from '../../algebra/span.ts';
import { boolean } from '../../algebra/types.ts';
import type { JoinKind, JoinPair } from '../../algebra/verbs/join.ts';
import { bringsColumns, pairSchema } from '../../algebra/verbs/join-columns.ts';
import { madeIn } from '../callback.ts';
import { columnsOf } from '../columns.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Step } from '../step.ts';
import { copy, projected, replaced } from './projection.ts';

/** Two steps to join, and by which columns. */
export interface Sides {
  readonly left: Step;
  readonly right: Step;
  readonly on: readonly JoinPair[];
}

/** The names of a side's columns in a condition, by the author's names. */
type Names = ReadonlyMap<string, string>;

/**
 * The sides of a join and the condition that a callback makes of their columns. Where both have a column of a name and the
 * condition reads the right's, that gets another name, since a condition is about one row of columns; it is not in the result.
 */
export function conditioned(
  sides: Sides,
  make: unknown,
  { verb, how }: { readonly verb: string; readonly how: JoinKind },
  span: Span,
): Sides & { readonly condition: Expression } {
  if (typeof make !== 'function') {
    const expected = 'a callback such as (left, right) => ...';
    const option = `${verb} where`;
    return refuse('dsl/bad-option', span, { option, found: inWords(make), expected });
  }
  const names = rightNames(sides, how);
  const renamed = renamedRight(sides, names, span);
  const scope = { schema: pairSchema(sides.left.frame.schema, renamed.right.frame.schema) };
  const own = new Map(columnNames(sides.left.frame.schema).map((name) => [name, name]));
  const made: unknown = make(columnsOf(scope, own), columnsOf(scope, names));
  const condition = madeIn(scope, made, { verb, expects: boolean }, span);
  const read = columnsRead(condition);
  const needed = new Map([...names].filter(([name, used]) => name === used || read.includes(used)));
  return { ...renamedRight(sides, needed, span), condition };
}

/** The right's columns by names that the left has not, as far as the result does not bring them. */
function rightNames({ left, right, on }: Sides, how: JoinKind): Names {
  const all = [left, right].flatMap((side) => columnNames(side.frame.schema));
  const taken = new Set(all.map((name) => name.toLowerCase()));
  const own = new Set(columnNames(left.frame.schema).map((name) => name.toLowerCase()));
  const isBrought = (name: string) => bringsColumns(how) && on.every((pair) => pair.right !== name);
  return new Map(
    columnNames(right.frame.schema).map((name) => {
      if (!own.has(name.toLowerCase()) || isBrought(name)) return [name, name];
      let free = `${name}_right`;
      for (let number = 2; taken.has(free.toLowerCase()); number += 1)
        free = `${name}_right_${number}`;
      taken.add(free.toLowerCase());
      return [name, free];
    }),
  );
}

function renamedRight({ left, right, on }: Sides, names: Names, span: Span): Sides {
  const changed = [...names].filter(([name, used]) => name !== used);
  if (changed.length === 0) return { left, right, on };
  const columns = new Map(changed.map(([name, used]) => [name, copy(name, used)]));
  return {
    left,
    right: projected(right, 'rename', replaced(right, columns), span),
    on: on.map((pair) => ({ ...pair, right: names.get(pair.right) ?? pair.right })),
  };
}
