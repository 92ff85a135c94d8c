import type { Relation } from '../../algebra/relation.ts';
import { datasetOf } from '../../dsl/dataset-of.ts';
import { declaredOrigin, type Step, sourceStep } from '../../dsl/step.ts';
import { asOfJoin } from '../../dsl/verbs/as-of-join.ts';
import { type Given, tableOf } from './given.ts';
import { nowhere } from './nodes.ts';

/** What an as-of join may be told, with `on` as `{ left: 'right' }`. */
export interface AsOfCase {
  readonly on: Readonly<Record<string, string>>;
  readonly time: { readonly left: string; readonly right: string };
  readonly match: 'before' | 'after' | 'nearest';
  readonly tolerance?: number;
  readonly allowExact?: boolean;
}

/** The relation that an as-of join of the two given tables `left` and `right` is. */
export function asOf(
  given: Readonly<Record<'left' | 'right', Given>>,
  options: AsOfCase,
): Relation {
  const stepOf = (name: 'left' | 'right'): Step =>
    sourceStep(declaredOrigin(tableOf(name, given[name]), landing), nowhere);
  return asOfJoin(stepOf('left'), nowhere, datasetOf(stepOf('right')), options).relation;
}

const landing = { name: 'landing', purposes: [], holds: 'identified', span: nowhere } as const;
