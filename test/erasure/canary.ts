import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A person whose every value is found nowhere else. */
export const JANE = {
  email: 'canary-jane@lakewright.example',
  customerName: 'Canary Janedottir',
  phone: '+49-0000-canary',
  birthDay: '0967-canary',
  device: 'canary-serial-of-jane',
  /** Bob had it too, and neither has it now. */
  sharedDevice: 'canary-serial-of-both',
} as const;

export const BOB = 'bob-who-stays@lakewright.example';

/** A device that Jane had once, and that is Bob's now. */
export const HANDED_ON = 'serial-handed-on-to-bob';

/** When both consented. */
export const CONSENT = 1_655_000_000_000;
const READINGS = Array.from({ length: 20 }, (_, at) => CONSENT + 1_000 * (at + 1));

const version = (at: number, email: string, serialNumber: string, more: object = {}) =>
  JSON.stringify({
    email,
    serialNumber,
    registrationDate: CONSENT - 1,
    lastUpdateDate: CONSENT + at,
    shareWithResearchAsOfDate: CONSENT,
    ...more,
  });

const { customerName, phone, birthDay } = JANE;
const personal = { customerName, phone, birthDay };

/** Lines that name Jane, some of them in a way that no job can use, and lines of Bob's between them. */
const customers = [
  version(1, JANE.email, HANDED_ON, personal),
  version(1, BOB, JANE.sharedDevice),
  version(2, BOB, HANDED_ON),
  version(2, JANE.email, JANE.sharedDevice, personal),
  version(3, JANE.email, JANE.device, personal),
  `{"email":"${JANE.email}","customerName":"${customerName}","serialNumber":"x`,
  `{"email":"${BOB}","email":"${JANE.email}","lastUpdateDate":1}`,
  JSON.stringify({ email: JANE.email, phone }),
  `\\u0000 ${JANE.email};${phone}`,
];
const phones = READINGS.flatMap((timestamp) =>
  [JANE.email, BOB].map((user) => JSON.stringify({ user, timestamp, x: 1, y: 2, z: 3 })),
);
const sensors = READINGS.flatMap((sensorReadingTime) =>
  [JANE.device, JANE.sharedDevice, HANDED_ON].map((serialNumber) =>
    JSON.stringify({ sensorReadingTime, serialNumber, distanceFromObject: 7 }),
  ),
);

export const PLANTED: Readonly<Record<string, readonly string[]>> = {
  customer: customers,
  accelerometer: phones,
  step_trainer: sensors,
};

/** Every text that must be nowhere once Jane is forgotten. */
export const CANARIES: readonly string[] = Object.values(JANE);

/** A line that is none of Jane's, of any of the three tables; bytes around it are odd on purpose. */
const isOthers = (line: string) => !CANARIES.some((canary) => line.includes(canary)) || ofBob(line);

/** Bob's own line names the device that was shared. */
const ofBob = (line: string) => line.includes(BOB) && !line.includes(JANE.email);

/** Plants Jane and Bob in landing data: at the end of a file of others, and in a file of their own. */
export function plant(data: string): void {
  for (const [table, lines] of Object.entries(PLANTED)) {
    const folder = join(data, table, 'landing');
    const [first = ''] = readdirSync(folder);
    const [one = '', two = '', ...rest] = lines;
    appendFileSync(join(folder, first), `\n${one}\r\n${two}\n`);
    writeFileSync(join(folder, 'planted.json'), `\ufeff${rest.join('\n')}`);
  }
}

/** The same landing data as if Jane had never been: all her lines are left out, and no other byte. */
export function withoutJane(data: string, into: string): void {
  for (const table of Object.keys(PLANTED)) {
    const folder = join(data, table, 'landing');
    mkdirSync(join(into, table, 'landing'), { recursive: true });
    for (const file of readdirSync(folder)) {
      const lines = readFileSync(join(folder, file), 'utf8').split(/(?<=\n)/);
      writeFileSync(join(into, table, 'landing', file), lines.filter(isOthers).join(''));
    }
  }
}
