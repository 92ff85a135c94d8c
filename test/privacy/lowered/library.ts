import { count, int, job, library, long, string, subject, zone } from '#lakewright';

/** A small library in which labels are lowered, in each way that there is. */

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

export default library('ward', { jobs: [consenting, decades] });
