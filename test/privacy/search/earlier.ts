import type { Row } from '../../../algebra/row.ts';
import { type RowAbout, rowsAboutPeople } from './people.ts';
import { randomOf } from './random.ts';
import { isTelling } from './relations.ts';
import { earlier, type World } from './world.ts';

/**
 * The world in which all that is known of some people happened long before. How long after one another things happened to
 * somebody stays as it was; a time of anybody else's, or of nobody's, may now be far away.
 */
export function withSomeEarlier(world: World, seed: number): World {
  const random = randomOf(seed);
  const moving = new Map<string, boolean>();
  const moved = new Map<Row, Row>();
  for (const about of rowsAboutPeople(world)) {
    const [person, ...others] = about.people;
    if (!person || others.length > 0) continue;
    const who = JSON.stringify([person.kind, person.key]);
    const isMoving = moving.get(who) ?? (person.key !== null && random.chance(0.5));
    moving.set(who, isMoving);
    if (isMoving) moved.set(about.row, movedRow(about));
  }
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
