import type { Row } from '../../../algebra/row.ts';

/** Rows of the tables that the page's jobs read, by `zone.table`. */
export const given: ReadonlyMap<string, readonly Row[]> = new Map<string, readonly Row[]>([
  [
    'landing.weather',
    [
      { station: 'north', hour: 8, celsius: 19.5 },
      { station: 'north', hour: 9, celsius: 21 },
      { station: 'south', hour: 8, celsius: null },
      { station: 'south', hour: 9, celsius: 24.25 },
      { station: 'west', hour: 9, celsius: 21 },
    ],
  ],
  [
    'landing.station',
    [
      { station: 'north', city: 'Oslo' },
      { station: 'south', city: null },
      { station: 'east', city: 'Riga' },
    ],
  ],
  [
    'landing.journey',
    [
      { bus: 7, stops: ['market', 'harbour'] },
      { bus: 8, stops: [] },
    ],
  ],
  [
    'landing.reading',
    [
      { sensor: 1, payload: '{"at": 5, "place": {"name": "hall"}}' },
      { sensor: 2, payload: '{"at": 6}' },
      { sensor: 3, payload: 'out of order' },
    ],
  ],
  [
    'landing.person',
    [
      { email: 'ada@example.org', watchId: 'w1', updatedAt: 1n, agreedAt: null },
      { email: 'ada@example.org', watchId: 'w1', updatedAt: 2n, agreedAt: 2n },
      { email: 'bob@example.org', watchId: 'w2', updatedAt: 1n, agreedAt: 1n },
      { email: 'bob@example.org', watchId: 'w2', updatedAt: 3n, agreedAt: null },
      { email: 'cyd@example.org', watchId: 'w3', updatedAt: 1n, agreedAt: 1n },
      { email: 'dan@example.org', watchId: 'w3', updatedAt: 1n, agreedAt: 1n },
    ],
  ],
  [
    'landing.beat',
    [
      { watchId: 'w1', rate: 71 },
      { watchId: 'w1', rate: 74 },
      { watchId: 'w2', rate: 66 },
      { watchId: 'w3', rate: 80 },
    ],
  ],
]);

const warmest: readonly Row[] = [
  { station: 'north', warmest: 9 },
  { station: 'south', warmest: 9 },
  { station: 'west', warmest: 9 },
];

/** What the reference interpreter cannot compute, by job. */
export const rowsBySpark: ReadonlyMap<string, readonly Row[]> = new Map([
  ['sql_rows', warmest],
  ['pyspark_rows', warmest],
]);
