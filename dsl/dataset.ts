import { callSite } from './call-site.ts';
import type { Row } from './row.ts';
import type { State } from './state/state.ts';
import { registerStep, registerStream, type Step, stepOf } from './step.ts';
import { type AggregateMethods, aggregate, aggregated } from './verbs/aggregate.ts';
import { type AsOfJoinMethods, asOfJoin } from './verbs/as-of-join.ts';
import { type CastMethods, cast } from './verbs/cast.ts';
import { type CrossJoinMethods, crossJoin } from './verbs/cross-join.ts';
import { type DeclassifyMethods, declassify } from './verbs/declassify.ts';
import { type DedupeMethods, dedupe, distinct, latestBy, top } from './verbs/dedupe.ts';
import { type DeriveMethods, derive, replace } from './verbs/derive.ts';
import { type DropMethods, drop } from './verbs/drop.ts';
import { type ExpectMethods, expect, quarantine as quarantineSteps } from './verbs/expect.ts';
import { type ExplodeMethods, explode } from './verbs/explode.ts';
import { type FilterMethods, filter } from './verbs/filter.ts';
import { type FlattenMethods, flatten } from './verbs/flatten.ts';
import { cubeOf, type GroupingSetMethods, groupedInSets, rollupOf } from './verbs/grouping-sets.ts';
import { antiJoin, type JoinMethods, join, leftJoin, semiJoin } from './verbs/join.ts';
import { type KeepConsentedMethods, keepConsented } from './verbs/keep-consented.ts';
import { fullJoin, type OuterJoinMethods, rightJoin } from './verbs/outer-join.ts';
import { type PivotMethods, pivot } from './verbs/pivot.ts';
import { type PseudonymizeMethods, pseudonymize } from './verbs/pseudonymize.ts';
import { type PysparkMethods, pyspark } from './verbs/pyspark.ts';
import { type RenameMethods, rename } from './verbs/rename.ts';
import { type SampleMethods, sample } from './verbs/sample.ts';
import { type ScdType2Methods, scdType2 } from './verbs/scd-type-2.ts';
import { type SelectMethods, select } from './verbs/select.ts';
import { type SessionizeMethods, sessionize } from './verbs/sessionize.ts';
import { except, intersect, type SetOperationMethods } from './verbs/set-operation.ts';
import { type SoleOwnerMethods, soleOwner } from './verbs/sole-owner.ts';
import { type SqlMethods, sql } from './verbs/sql.ts';
import { type SurrogateKeyMethods, surrogateKey } from './verbs/surrogate-key.ts';
import { type UnionMethods, union } from './verbs/union.ts';
import { type UnpivotMethods, unpivot } from './verbs/unpivot.ts';
import { type WindowMethods, window } from './verbs/window.ts';

declare const contents: unique symbol;

/**
 * Rows of a table, or what steps made of them. Nothing is computed: each method describes one more step and gives a new
 * dataset; this one stays as it is.
 *
 * @typeParam R the columns by name
 * @typeParam S whose rows they are, and what those people consent to
 */
export interface Dataset<in out R, in out S extends State>
  extends FilterMethods<R, S>,
    SelectMethods<R, S>,
    DropMethods<R, S>,
    RenameMethods<R, S>,
    DeriveMethods<R, S>,
    CastMethods<R, S>,
    JoinMethods<R, S>,
    OuterJoinMethods<R, S>,
    CrossJoinMethods<R, S>,
    AsOfJoinMethods<R, S>,
    DedupeMethods<R, S>,
    WindowMethods<R, S>,
    SessionizeMethods<R, S>,
    AggregateMethods<R, S>,
    GroupingSetMethods<R, S>,
    UnionMethods<R, S>,
    ExplodeMethods<R, S>,
    SetOperationMethods<R, S>,
    PivotMethods<R, S>,
    UnpivotMethods<R, S>,
    FlattenMethods<R, S>,
    SampleMethods<R, S>,
    SurrogateKeyMethods<R, S>,
    ScdType2Methods<R, S>,
    SqlMethods<R, S>,
    PysparkMethods<R, S>,
    KeepConsentedMethods<R, S>,
    SoleOwnerMethods<R, S>,
    ExpectMethods<R, S>,
    PseudonymizeMethods<R, S>,
    DeclassifyMethods<R, S> {
  /** For the editor only. Invariant, so that no annotation can hide a column or forge a consent. */
  readonly [contents]: (contents: readonly [R, S]) => readonly [R, S];
}

type VerbName = Exclude<keyof Dataset<Row, State>, symbol | keyof typeof groupings | 'quarantine'>;
type Implementation = (step: Step, span: ReturnType<typeof callSite>, ...values: never[]) => Step;

/** How each verb makes the next step; total, so that a method without one does not compile. */
const verbs: { readonly [V in VerbName]: Implementation } = {
  filter,
  select,
  drop,
  rename,
  derive,
  replace,
  cast,
  join,
  leftJoin,
  semiJoin,
  antiJoin,
  rightJoin,
  fullJoin,
  crossJoin,
  asOfJoin,
  dedupe,
  latestBy,
  distinct,
  top,
  window,
  sessionize,
  aggregate,
  union,
  explode,
  intersect,
  except,
  pivot,
  unpivot,
  flatten,
  sample,
  surrogateKey,
  scdType2,
  sql,
  pyspark,
  keepConsented,
  soleOwner,
  expect,
  pseudonymize,
  declassify,
};

/** Those that make groups, which `aggregate` makes the next step of. */
const groupings = {
  groupBy,
  rollup: inSets('rollup', rollupOf),
  cube: inSets('cube', cubeOf),
  groupingSets: inSets('groupingSets', (sets: readonly (readonly string[])[]) => sets),
};

const prototype = Object.freeze({
  ...Object.fromEntries(Object.entries(verbs).map(([name, verb]) => [name, method(name, verb)])),
  ...groupings,
  quarantine,
});

function method(name: string, verb: Implementation) {
  return function step(this: unknown, ...values: readonly unknown[]): object {
    const span = callSite();
    // What authors give is checked by each verb as far as the types could be evaded.
    const next = verb(stepOf(this, `.${name}(...)`, span), span, ...(values as never[]));
    return datasetOf(next);
  };
}

function quarantine(this: unknown, make: (c: never) => unknown): object {
  const steps = quarantineSteps(stepOf(this, '.quarantine(...)', callSite()), callSite(), make);
  return Object.freeze({ kept: datasetOf(steps.kept), quarantined: datasetOf(steps.quarantined) });
}

function groupBy(this: unknown, ...names: readonly string[]): object {
  const step = stepOf(this, '.groupBy(...)', callSite());
  return Object.freeze({
    aggregate: (make: (c: never) => unknown, options?: unknown) =>
      datasetOf(aggregated(step, callSite(), names, make, options)),
  });
}

function inSets<G>(name: string, setsOf: (given: readonly G[]) => readonly (readonly string[])[]) {
  return function grouped(this: unknown, ...given: readonly G[]): object {
    const step = stepOf(this, `.${name}(...)`, callSite());
    return Object.freeze({
      aggregate: (make: (c: never) => unknown, options?: unknown) =>
        datasetOf(groupedInSets(step, callSite(), setsOf(given), make, options)),
    });
  };
}

/** What authors hold of a stream: it has the names of all verbs, so that each can say that it reads no stream. */
export function streamHandle(name: string): object {
  const handle = Object.create(prototype) as object;
  return registerStream(
    Object.freeze(Object.defineProperty(handle, 'name', { value: name })),
    name,
  );
}

/** What authors hold of a step. The types of its rows and state exist for the editor only. */
export function datasetOf<R, S extends State>(step: Step): Dataset<R, S> {
  return registerStep(Object.freeze(Object.create(prototype) as Dataset<R, S>), step);
}
