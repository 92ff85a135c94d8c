import fc from 'fast-check';
import type { Relation } from '../../algebra/relation.ts';
import type { Value } from '../../algebra/row.ts';
import { count, countDistinct } from '../../dsl/aggregates.ts';
import type { Given } from '../verbs/given.ts';
import { people } from '../verbs/people.ts';
import { type Draw, fresh, pick, some } from './draw.ts';
import { heldRows, said, say } from './said.ts';
import type { Place, StepMaker } from './steps.ts';

/** Versions of few people with few devices, around the instant of consent, which is 1970. */
export function givenPeople(draw: Draw): Given {
  const texts = ['ann', 'Ann', 'bob', '', '😀', null];
  const times = [-9_223_372_036_854_775_808n, -1n, 0n, 1n, 9_223_372_036_854_775_807n, null];
  const row = (): readonly Value[] => [
    pick(draw, texts),
    pick(draw, texts),
    ...[times, times, times].map((values) => pick(draw, values)),
  ];
  return people(Array.from({ length: draw(fc.integer({ min: 0, max: 10 })) }, row));
}

const permit = { reason: 'a reason', reviewer: 'a reviewer', expires: '9999-12-31' };

/** Steps over rows about people. */
export const peopleSteps = {
  keepConsented: (place) => saying(place, 'keepConsented', 'research'),
  soleOwner: (place) => saying(place, 'soleOwner', 'device'),
  pseudonymize(place) {
    const spec = { as: fresh(place.schema, 'who'), purpose: 'research' };
    return saying(place, 'pseudonymize', pick(place.draw, ['email', 'device']), spec);
  },
  declassify(place) {
    const column = { column: 'device', from: ['alias:device'], to: 'none' };
    const lowers = pick(place.draw, [column, { from: 'mixed', to: 'research' }]);
    return saying(place, 'declassify', { ...lowers, ...permit });
  },
  atLeastSubjects(place) {
    const { draw, schema } = place;
    const by = some(draw, schema, 0, 2).map(({ name }) => name);
    const measured = pick(draw, schema).name;
    const make = (c: Readonly<Record<string, never>>) => ({
      rows: count(),
      known: countDistinct(c[measured] as never),
    });
    const least = { atLeastSubjects: pick(draw, [2, 3]) };
    return said(place, () =>
      say(say(heldRows(place), 'groupBy', ...by) as object, 'aggregate', make, least),
    );
  },
} as const satisfies Readonly<Record<string, StepMaker>>;

function saying(place: Place, verb: string, ...values: readonly unknown[]): Relation {
  return said(place, () => say(heldRows(place), verb, ...values));
}
