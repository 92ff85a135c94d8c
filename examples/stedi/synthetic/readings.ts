import type { Customer } from './customers.ts';
import { type Random, randomFor } from './random.ts';

/** Share of readings that the feed delivers twice, byte for byte. */
const REPEATED = 0.01;

/** The phone's lines: one to four different accelerations at each time of the session. */
export function phoneLines(seed: number, customer: Customer): string[] {
  if (customer.story === 'silent') return [];
  return phoneLinesOf(
    customer.email,
    customer.session.times,
    randomFor(seed, 'phone', customer.index),
  );
}

/** The same for a user given by name: the feed also holds readings of people nobody knows. */
export function phoneLinesOf(user: string, times: readonly number[], random: Random): string[] {
  const lines = times.flatMap((time) => {
    const wanted = random.integer(1, 4);
    return accelerations(wanted, random).map(
      ([x, y, z]) =>
        `{"user":${JSON.stringify(user)},"timestamp":${time},"x":${x}.0,"y":${y}.0,"z":${z}.0}`,
    );
  });
  return random.shuffle(withRepeats(lines, random));
}

/**
 * The device's lines: one distance at each time of the session, the very times of the phone.
 * A replaced device measures until the change, its successor from then on.
 */
export function deviceLines(seed: number, customer: Customer): string[] {
  const random = randomFor(seed, 'device', customer.index);
  const { times } = customer.session;
  const { device, formerDevice, changedAt } = customer;
  if (formerDevice === undefined) return deviceLinesOf(device, times, random);
  return [
    ...deviceLinesOf(
      formerDevice,
      times.filter((time) => time < changedAt),
      random,
    ),
    ...deviceLinesOf(
      device,
      times.filter((time) => time >= changedAt),
      random,
    ),
  ];
}

/** The same for a device given by serial number, known or not. */
export function deviceLinesOf(serial: string, times: readonly number[], random: Random): string[] {
  const lines = times.map(
    (time) =>
      `{"sensorReadingTime":${time},"serialNumber":"${serial}","distanceFromObject":${random.integer(201, 300)}}`,
  );
  return random.shuffle(withRepeats(lines, random));
}

/** All 18 values there are (x and y in -1, 0, 1; z in -1, 0), shuffled; the first `wanted` differ. */
function accelerations(wanted: number, random: Random): readonly (readonly number[])[] {
  const all = [-1, 0, 1].flatMap((x) => [-1, 0, 1].flatMap((y) => [-1, 0].map((z) => [x, y, z])));
  return random.shuffle(all).slice(0, wanted);
}

function withRepeats(lines: readonly string[], random: Random): string[] {
  return lines.flatMap((line) => (random.chance(REPEATED) ? [line, line] : [line]));
}
