import { printRelation } from '../../../algebra/printer.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import type { Found } from './search.ts';
import { firstBirthday, firstTime, span, type World } from './world.ts';

/** A violation with all it takes to see it: the steps, the world, and what became of it. */
export function printFound({ index, library, violation }: Found): string {
  const { relation, table, purposes, world, changed, only } = violation;
  const jobs = library.jobs.map(
    ({ name, sink, rows }) =>
      `${name} writes ${sink.zone}.${sink.table} (${sink.holds})\n${indented(printRelation(rows))}`,
  );
  const noticed =
    relation === 'canary'
      ? `${table} tells who somebody is, or what is said of one person for two purposes:`
      : `${table} for ${purposes.join(' and ')} notices: ${relation}`;
  return [
    `library ${index}: ${noticed}`,
    ...(only[0] ?? []).map((row) => `  only before: ${row}`),
    ...(only[1] ?? []).map((row) => `  only after:  ${row}`),
    ...jobs,
    'the world:',
    indented(printWorld(world)),
    ...(changed === world ? [] : ['changed to:', indented(printWorld(changed))]),
  ].join('\n');
}

function printWorld(world: World): string {
  return [...world]
    .filter(([, rows]) => rows.length > 0)
    .map(([id, rows]) => [id, ...rows.map((row) => `  ${printRow(row)}`)].join('\n'))
    .join('\n');
}

function printRow(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${printValue(value)}`)
    .join(' ');
}

/** Times as `t3`, birthdays as `b1`: how long after the first. */
function printValue(value: Value): string {
  if (typeof value !== 'bigint') return String(value);
  if (value >= firstTime && value < firstTime + span) return `t${value - firstTime}`;
  if (value >= firstBirthday && value < firstBirthday + span) return `b${value - firstBirthday}`;
  return String(value);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
