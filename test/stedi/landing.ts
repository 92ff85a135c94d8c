import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One version of a customer; an optional column is null where it is absent or of another type. */
export interface CustomerVersion {
  readonly customerName: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly birthDay: string | null;
  readonly serialNumber: string;
  readonly registrationDate: number | null;
  readonly lastUpdateDate: number;
  readonly shareWithResearchAsOfDate: number | null;
  readonly shareWithPublicAsOfDate: number | null;
  readonly shareWithFriendsAsOfDate: number | null;
}

/** One acceleration that a phone measured. */
export interface PhoneReading {
  readonly user: string;
  readonly timestamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** One distance that a step trainer measured. */
export interface DeviceReading {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
  readonly distanceFromObject: number;
}

/** The usable rows of one landing table, and how many lines were not usable. */
export interface Feed<R> {
  readonly rows: readonly R[];
  readonly malformed: number;
}

/** The three landing tables. */
export interface Landing {
  readonly customer: Feed<CustomerVersion>;
  readonly accelerometer: Feed<PhoneReading>;
  readonly step_trainer: Feed<DeviceReading>;
}

/** A parsed line before anything is known about its columns. */
type Json = Readonly<Record<Column, unknown>>;
type Column = keyof CustomerVersion | keyof PhoneReading | keyof DeviceReading;

/**
 * Reads `<dir>/{customer,accelerometer,step_trainer}/landing/*.json`. A line is malformed when it is
 * not one JSON object, or a required column is missing, null or of another type; blank lines do not
 * count. An optional column of another type reads as null. Throws when a folder holds no file.
 */
export function readLanding(dir: string): Landing {
  return {
    customer: readFeed(dir, 'customer', customerVersion),
    accelerometer: readFeed(dir, 'accelerometer', phoneReading),
    step_trainer: readFeed(dir, 'step_trainer', deviceReading),
  };
}

function readFeed<R>(dir: string, table: string, rowOf: (json: Json) => R | undefined): Feed<R> {
  const folder = join(dir, table, 'landing');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (files.length === 0) throw new Error(`no .json file in ${folder}`);
  const rows: R[] = [];
  let malformed = 0;
  for (const file of files.sort()) {
    for (const line of readFileSync(join(folder, file), 'utf8').split(/\r\n|\r|\n/)) {
      if (line.trim() === '') continue;
      const json = parseObject(line);
      const row = json && rowOf(json);
      if (row) rows.push(row);
      else malformed += 1;
    }
  }
  return { rows, malformed };
}

function parseObject(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    // A JSON value that is an object and no array is a record of unknowns.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    return undefined;
  }
  return undefined;
}

function customerVersion(json: Json): CustomerVersion | undefined {
  const email = text(json.email);
  const serialNumber = text(json.serialNumber);
  const lastUpdateDate = whole(json.lastUpdateDate);
  if (email === null || serialNumber === null || lastUpdateDate === null) return undefined;
  return {
    customerName: text(json.customerName),
    email,
    phone: text(json.phone),
    birthDay: text(json.birthDay),
    serialNumber,
    registrationDate: whole(json.registrationDate),
    lastUpdateDate,
    shareWithResearchAsOfDate: whole(json.shareWithResearchAsOfDate),
    shareWithPublicAsOfDate: whole(json.shareWithPublicAsOfDate),
    shareWithFriendsAsOfDate: whole(json.shareWithFriendsAsOfDate),
  };
}

function phoneReading(json: Json): PhoneReading | undefined {
  const user = text(json.user);
  const timestamp = whole(json.timestamp);
  const [x, y, z] = [real(json.x), real(json.y), real(json.z)];
  if (user === null || timestamp === null || x === null || y === null || z === null)
    return undefined;
  return { user, timestamp, x, y, z };
}

function deviceReading(json: Json): DeviceReading | undefined {
  const sensorReadingTime = whole(json.sensorReadingTime);
  const serialNumber = text(json.serialNumber);
  const distanceFromObject = int32(json.distanceFromObject);
  if (sensorReadingTime === null || serialNumber === null || distanceFromObject === null) {
    return undefined;
  }
  return { sensorReadingTime, serialNumber, distanceFromObject };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function whole(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function int32(value: unknown): number | null {
  return typeof value === 'number' && (value | 0) === value ? value : null;
}

function real(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
