import { createHmac } from 'node:crypto';
import {
  type CustomerVersion,
  type DeviceReading,
  type Landing,
  type PhoneReading,
  readLanding,
} from './landing.ts';

/** What the answer depends on besides the landing data. */
export interface OracleOptions {
  /** The pinned consent snapshot, epoch milliseconds: a consent after it does not count yet. */
  readonly consentAsOf: number;
  /** The key of the pseudonyms. */
  readonly pseudonymKey: string | Uint8Array;
}

/** The five tables of the mission. */
export const TABLES = [
  'customer_trusted',
  'accelerometer_trusted',
  'customer_curated',
  'step_trainer_trusted',
  'machine_learning_curated',
] as const;

/** The name of one of the five tables. */
export type Table = (typeof TABLES)[number];

/** One table: how many rows, and each as canonical JSON (see {@link canonicalRows}), sorted. */
export interface OracleTable {
  readonly count: number;
  readonly rows: readonly string[];
}

/** The five tables, and per landing table the lines that no job can use. */
export interface OracleAnswer {
  readonly tables: Readonly<Record<Table, OracleTable>>;
  readonly malformed: Readonly<Record<keyof Landing, number>>;
  /** Rows of the training set have this many subjects. */
  readonly participants: number;
}

/** A step trainer's reading with the customer whose device it is. */
interface OwnedReading extends DeviceReading {
  readonly email: string;
}

/**
 * Computes the five STEDI tables from landing folders by the words of their definition, with plain
 * maps and loops, so that it shares no code and no idea with the compiler it is there to check.
 * Throws when a landing folder is missing or empty.
 */
export function stediOracle(dir: string, options: OracleOptions): OracleAnswer {
  const landing = readLanding(dir);
  const newest = newestVersions(landing.customer.rows);

  const trusted = trustedCustomers(newest, options.consentAsOf);
  const phone = trustedPhoneReadings(landing.accelerometer.rows, trusted);
  const curated = curatedCustomers(trusted, phone);
  const device = trustedDeviceReadings(landing.step_trainer.rows, curated, soleOwners(newest));
  const training = trainingPairs(device, phone, options.pseudonymKey);

  return {
    tables: {
      customer_trusted: table([...trusted.values()]),
      accelerometer_trusted: table(phone),
      customer_curated: table([...curated.values()]),
      step_trainer_trusted: table(device),
      machine_learning_curated: table(training),
    },
    malformed: {
      customer: landing.customer.malformed,
      accelerometer: landing.accelerometer.malformed,
      step_trainer: landing.step_trainer.malformed,
    },
    participants: new Set(training.map((pair) => pair.participant)).size,
  };
}

/**
 * Rows as sorted JSON lines, the keys of each sorted and null ones left out (Spark's `toJSON` leaves
 * them out too), numbers as JavaScript prints them: `1.0` and `1` are the same row.
 */
export function canonicalRows(rows: Iterable<object>): string[] {
  const lines = [...rows].map((row) => {
    const present = Object.entries(row).filter(([, value]) => value !== null);
    return JSON.stringify(Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1))));
  });
  return lines.sort();
}

function table(rows: readonly object[]): OracleTable {
  return { count: rows.length, rows: canonicalRows(rows) };
}

/** Of each email, every version with the greatest lastUpdateDate: more than one where they tie. */
function newestVersions(versions: readonly CustomerVersion[]): Map<string, CustomerVersion[]> {
  const newest = new Map<string, CustomerVersion[]>();
  for (const version of versions) {
    const rivals = newest.get(version.email) ?? [];
    const best = rivals[0]?.lastUpdateDate ?? Number.NEGATIVE_INFINITY;
    if (version.lastUpdateDate > best) newest.set(version.email, [version]);
    else if (version.lastUpdateDate === best) rivals.push(version);
  }
  return newest;
}

/** Customers whose newest version consents to research: not in the future, not contradicted by a tie. */
function trustedCustomers(
  newest: ReadonlyMap<string, readonly CustomerVersion[]>,
  consentAsOf: number,
): Map<string, CustomerVersion & Consenting> {
  const trusted = new Map<string, CustomerVersion & Consenting>();
  for (const [email, versions] of newest) {
    const answers = new Set(versions.map((version) => version.shareWithResearchAsOfDate));
    const [since] = answers;
    if (answers.size > 1 || since === undefined || since === null || since > consentAsOf) continue;
    const [version] = [...versions].sort(byRemainingColumns);
    if (version) trusted.set(email, { ...version, shareWithResearchAsOfDate: since });
  }
  return trusted;
}

interface Consenting {
  readonly shareWithResearchAsOfDate: number;
}

/** Versions that tie and agree on consent: the smallest by the remaining columns wins, null last. */
function byRemainingColumns(a: CustomerVersion, b: CustomerVersion): number {
  const columns = [
    'customerName',
    'phone',
    'birthDay',
    'serialNumber',
    'registrationDate',
    'shareWithPublicAsOfDate',
    'shareWithFriendsAsOfDate',
  ] as const;
  for (const column of columns) {
    const [left, right] = [a[column], b[column]];
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** Distinct phone readings of trusted customers, at or after their consent. */
function trustedPhoneReadings(
  readings: readonly PhoneReading[],
  trusted: ReadonlyMap<string, Consenting>,
): PhoneReading[] {
  const distinct = new Map<string, PhoneReading>();
  for (const reading of readings) {
    const since = trusted.get(reading.user)?.shareWithResearchAsOfDate;
    if (since === undefined || reading.timestamp < since) continue;
    const { user, timestamp, x, y, z } = reading;
    distinct.set(JSON.stringify([user, timestamp, x, y, z]), reading);
  }
  return [...distinct.values()];
}

/** Trusted customers that have a trusted phone reading. */
function curatedCustomers<C>(
  trusted: ReadonlyMap<string, C>,
  readings: readonly PhoneReading[],
): Map<string, C> {
  const measured = new Set(readings.map((reading) => reading.user));
  return new Map([...trusted].filter(([email]) => measured.has(email)));
}

/** Serial number to the one email that claims it in a newest version; claimed twice, nobody's. */
function soleOwners(newest: ReadonlyMap<string, readonly CustomerVersion[]>): Map<string, string> {
  const claims = new Map<string, Set<string>>();
  for (const { email, serialNumber } of [...newest.values()].flat()) {
    claims.set(serialNumber, (claims.get(serialNumber) ?? new Set()).add(email));
  }
  const owners = new Map<string, string>();
  for (const [serialNumber, [email, ...others]] of claims) {
    if (email !== undefined && others.length === 0) owners.set(serialNumber, email);
  }
  return owners;
}

/** Distinct device readings of curated customers' own devices, at or after consent, with the owner. */
function trustedDeviceReadings(
  readings: readonly DeviceReading[],
  curated: ReadonlyMap<string, CustomerVersion & Consenting>,
  owners: ReadonlyMap<string, string>,
): OwnedReading[] {
  const distinct = new Map<string, OwnedReading>();
  for (const reading of readings) {
    const { sensorReadingTime, serialNumber, distanceFromObject } = reading;
    const owner = owners.get(serialNumber);
    const customer = owner === undefined ? undefined : curated.get(owner);
    if (owner === undefined || customer?.serialNumber !== serialNumber) continue;
    if (sensorReadingTime < customer.shareWithResearchAsOfDate) continue;
    const key = JSON.stringify([sensorReadingTime, serialNumber, distanceFromObject]);
    distinct.set(key, { ...reading, email: owner });
  }
  return [...distinct.values()];
}

/** All pairs of equal time and equal customer, without the clock and under a pseudonym. */
function trainingPairs(
  deviceReadings: readonly OwnedReading[],
  phoneReadings: readonly PhoneReading[],
  pseudonymKey: string | Uint8Array,
) {
  const place = (person: string, time: number) => JSON.stringify([person, time]);
  const phoneAt = new Map<string, PhoneReading[]>();
  for (const reading of phoneReadings) {
    const key = place(reading.user, reading.timestamp);
    phoneAt.set(key, [...(phoneAt.get(key) ?? []), reading]);
  }
  const pairs = deviceReadings.flatMap((device) =>
    (phoneAt.get(place(device.email, device.sensorReadingTime)) ?? []).map((phone) => ({
      device,
      phone,
    })),
  );
  const firstTime = new Map<string, number>();
  for (const { phone } of pairs) {
    const earlier = firstTime.get(phone.user) ?? Number.POSITIVE_INFINITY;
    firstTime.set(phone.user, Math.min(earlier, phone.timestamp));
  }
  return pairs.map(({ device, phone }) => ({
    elapsedMs: phone.timestamp - (firstTime.get(phone.user) ?? Number.NaN),
    x: phone.x,
    y: phone.y,
    z: phone.z,
    distanceFromObject: device.distanceFromObject,
    participant: createHmac('sha256', pseudonymKey).update(phone.user, 'utf8').digest('hex'),
  }));
}
