import {
  avg,
  count,
  countDistinct,
  int,
  job,
  library,
  long,
  max,
  stddev,
  string,
  subject,
  zone,
} from '#lakewright';

/** A small library in which labels are lowered, in each way that there is. */

/** Within a year, whenever this is compiled. */
const permitted = dayFromNow(100);

function dayFromNow(days: number): Day {
  const day = new Date(Date.now() + days * 86_400_000);
  return day.toISOString().slice(0, 10) as Day;
}

type Day = `${number}-${number}-${number}`;

const patient = subject('patient');

const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
const curated = zone('curated', { purpose: 'research' });

/** Patients as they registered. */
export const patients = landing.table('patient', {
  about: 'email',
  consent: { research: { grantedAt: 'agreedAt', version: 'updatedAt' } },
  columns: {
    email: string().identifier().subject(patient),
    birthYear: int().quasi({ band: 10 }),
    city: string(),
    room: string().nullable().quasi(),
    points: int(),
    ward: string().quasi().sensitive(),
    updatedAt: long().quasi(),
    agreedAt: long().nullable(),
  },
});

const consenting = job('patient_trusted', {
  rows: patients.keepConsented('research'),
  sink: trusted.sink('patient'),
});

/** How many patients of each decade there are. */
const decades = job('decade_curated', {
  rows: consenting.table
    .derive((c) => ({ decade: c.birthYear.band(10) }))
    .groupBy('decade')
    .aggregate(() => ({ patients: count() })),
  sink: curated.sink('decade'),
});

const review = {
  reason: 'Which of the 24 wards is told by the hospital to everybody who asks.',
  reviewer: 'privacy@example.org',
  expires: permitted,
} as const;

/** Patients with the ward that they lie in, which the hospital tells anyway. */
const wards = job('ward_curated', {
  rows: consenting.table
    .declassify({
      column: 'ward',
      from: ['quasi-identifier', 'sensitive'],
      to: 'sensitive',
      ...review,
    })
    .pseudonymize('email', { as: 'participant', purpose: 'research' })
    .select('participant', 'ward'),
  sink: curated.sink('ward'),
});

/** How many beds are taken, by whoever lies in them. */
const beds = job('bed_curated', {
  rows: patients
    .groupBy('city')
    .aggregate(() => ({ taken: count() }))
    .declassify({
      from: 'mixed',
      to: 'research',
      reason: 'The number | of beds is on a screen\nin the hall.',
      reviewer: 'privacy@example.org',
      expires: permitted,
    }),
  sink: curated.sink('bed'),
});

/** Made of what was declassified. */
const most = job('most_curated', {
  rows: beds.table.aggregate((c) => ({ most: max(c.taken) })),
  sink: curated.sink('most'),
});

const neighbours = job('neighbour_trusted', {
  rows: consenting.table
    .select('email', 'city')
    .join(consenting.table.select('email', 'city').rename({ email: 'other' }), 'city', {
      crossSubject: 'who may visit whom',
    }),
  sink: trusted.sink('neighbour'),
});

/** Of each city and decade with enough patients, how many there are and how old they are. */
const cities = job('city_curated', {
  rows: consenting.table
    .derive((c) => ({ decade: c.birthYear.band(10) }))
    .groupBy('city', 'decade')
    .aggregate(
      (c) => ({
        patients: countDistinct(c.email),
        born: avg(c.birthYear),
        spread: stddev(c.birthYear),
        rooms: count(c.room),
        rows: count(),
        latest: max(c.points),
      }),
      { atLeastSubjects: 3 },
    ),
  sink: curated.sink('city'),
});

/** Over all patients, if there are enough. */
const overall = job('overall_curated', {
  rows: consenting.table.aggregate((c) => ({ patients: countDistinct(c.email) }), {
    atLeastSubjects: 3,
  }),
  sink: curated.sink('overall'),
});

export default library('ward', {
  jobs: [consenting, decades, wards, beds, most, neighbours, cities, overall],
});
