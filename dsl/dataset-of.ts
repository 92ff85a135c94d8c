import { callSite } from './call-site.ts';
import type { Dataset } from './dataset.ts';
import type { Row } from './row.ts';
import type { State } from './state/state.ts';
import { registerStep, registerStream, type Step, stepOf } from './step.ts';
import { aggregate, aggregated } from './verbs/aggregate.ts';
import { asOfJoin } from './verbs/as-of-join.ts';
import { cast } from './verbs/cast.ts';
import { crossJoin } from './verbs/cross-join.ts';
import { declassify } from './verbs/declassify.ts';
import { dedupe, distinct, latestBy, top } from './verbs/dedupe.ts';
import { derive, replace } from './verbs/derive.ts';
import { drop } from './verbs/drop.ts';
import { expect, quarantine as quarantineSteps } from './verbs/expect.ts';
import { explode } from './verbs/explode.ts';
import { filter } from './verbs/filter.ts';
import { flatten } from './verbs/flatten.ts';
import { cubeOf, groupedInSets, rollupOf } from './verbs/grouping-sets.ts';
import { antiJoin, join, leftJoin, semiJoin } from './verbs/join.ts';
import { keepConsented } from './verbs/keep-consented.ts';
import { fullJoin, rightJoin } from './verbs/outer-join.ts';
import { pivot } from './verbs/pivot.ts';
import { pseudonymize } from './verbs/pseudonymize.ts';
import { pyspark } from './verbs/pyspark.ts';
import { rename } from './verbs/rename.ts';
import { sample } from './verbs/sample.ts';
import { scdType2 } from './verbs/scd-type-2.ts';
import { select } from './verbs/select.ts';
import { sessionize } from './verbs/sessionize.ts';
import { except, intersect } from './verbs/set-operation.ts';
import { soleOwner } from './verbs/sole-owner.ts';
import { sql } from './verbs/sql.ts';
import { surrogateKey } from './verbs/surrogate-key.ts';
import { union } from './verbs/union.ts';
import { unpivot } from './verbs/unpivot.ts';
import { window } from './verbs/window.ts';

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
