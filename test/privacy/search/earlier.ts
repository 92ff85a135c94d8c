import type { Row } from '../../../algebra/row.ts';
import { type RowAbout, rowsAboutPeople, samePerson } from './people.ts';
import { randomOf } from './random.ts';
import { isTelling } from './relations.ts';
import { earlier, type World } from './world.ts';

/**
 * The world in which all that is known of one person happened long before. How long after one another things happened to
 * somebody stays as it was; a time of anybody else's, or of nobody's, is now far away.
 */
export function withOneEarlier(world: World, seed: number): World {
  const rows = rowsAboutPeople(world).filter(({ people }) => people.length === 1);
  const people = rows.flatMap((row) => row.people).filter(({ key }) => key !== null);
  if (people.length === 0) return world;
  const chosen = randomOf(seed).pick(people);
  const own = rows.filter((row) => row.people.some((person) => samePerson(person, chosen)));
  const moved = new Map(own.map((about) => [about.row, movedRow(about)]));
  return new Map([...world].map(([id, all]) => [id, all.map((row) => moved.get(row) ?? row)]));
}

function movedRow({ table, row }: RowAbout): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      isTelling(table, name) && typeof value === 'bigint' ? value - earlier : value,
    ]),
  );
}
