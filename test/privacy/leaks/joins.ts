import { asc, job } from '#lakewright';
import { customerLanding } from '../../../examples/stedi/tables/customer.ts';
import { stepTrainerLanding } from '../../../examples/stedi/tables/step-trainer.ts';
import { trusted } from '../../../examples/stedi/zones.ts';
import { type Leak, leak } from './leak.ts';
import { answers, consenting, consents, deviceLanding, readings, steps } from './tables.ts';

const owners = customerLanding
  .select('email', 'serialNumber', 'lastUpdateDate')
  .latestBy('email', 'lastUpdateDate')
  .soleOwner('serialNumber')
  .select('email', 'serialNumber');

/** Rows that meet although they are not about one person. */
export const leaksOfJoins: readonly Leak[] = [
  leak('a device without asking who owns it', 'privacy/mixed-subjects', "sink('any_owner')", () =>
    job('any_owner', {
      rows: deviceLanding.join(consenting, 'serialNumber'),
      // @ts-expect-error
      sink: trusted.sink('any_owner'),
    }),
  ),
  leak(
    'a device that a consenting person has',
    'privacy/mixed-subjects',
    "sink('some_owner')",
    () =>
      job('some_owner', {
        rows: stepTrainerLanding.semiJoin(consenting, 'serialNumber'),
        // @ts-expect-error
        sink: trusted.sink('some_owner'),
      }),
  ),
  leak('owners among those who consent', 'privacy/no-subject', "soleOwner('serialNumber')", () =>
    job('consenting_owners', {
      // @ts-expect-error
      rows: deviceLanding.join(consenting.soleOwner('serialNumber'), 'serialNumber'),
      // @ts-expect-error
      sink: trusted.sink('consenting_owners'),
    }),
  ),
  leak(
    'owners among those who have a phone',
    'privacy/owner-after-filter',
    "soleOwner('serialNumber')",
    () =>
      job('owners_with_phone', {
        rows: deviceLanding.join(
          customerLanding
            .filter((c) => c.phone.isNotNull())
            // @ts-expect-error
            .soleOwner('serialNumber'),
          'serialNumber',
        ),
        // @ts-expect-error
        sink: trusted.sink('owners_with_phone'),
      }),
  ),
  leak(
    'owners by the oldest version of each customer',
    'privacy/owner-after-filter',
    "soleOwner('serialNumber')",
    () =>
      job('first_owners', {
        rows: deviceLanding.join(
          customerLanding
            .dedupe({ by: ['email'], order: [asc('lastUpdateDate')] })
            .soleOwner('serialNumber')
            .join(consents.select('email'), 'email'),
          'serialNumber',
        ),
        sink: trusted.sink('first_owners'),
      }),
  ),
  leak('an owner of a name', 'privacy/not-an-alias', "soleOwner('customerName')", () =>
    job('name_owners', {
      // @ts-expect-error
      rows: customerLanding.soleOwner('customerName').semiJoin(consents, 'email'),
      sink: trusted.sink('name_owners'),
    }),
  ),
  leak('devices of owners who did not consent', 'privacy/not-consented', "sink('owned')", () =>
    job('owned', {
      rows: deviceLanding.join(owners, 'serialNumber'),
      // @ts-expect-error
      sink: trusted.sink('owned'),
    }),
  ),
  leak('devices under another spelling', 'privacy/mixed-subjects', "sink('spelling')", () =>
    job('spelling', {
      rows: deviceLanding.join(
        owners.join(consents, 'email').replace((c) => ({ serialNumber: c.serialNumber.upper() })),
        'serialNumber',
      ),
      // @ts-expect-error
      sink: trusted.sink('spelling'),
    }),
  ),
  leak('devices of two lists of owners', 'privacy/mixed-subjects', "sink('two_lists')", () =>
    job('two_lists', {
      rows: deviceLanding.join(
        owners
          .join(consents.select('email'), 'email')
          .union(consenting.select('email', 'serialNumber')),
        'serialNumber',
      ),
      // @ts-expect-error
      sink: trusted.sink('two_lists'),
    }),
  ),
  leak('a namesake', 'privacy/mixed-subjects', "sink('namesakes')", () =>
    job('namesakes', {
      rows: customerLanding.join(consenting.select('customerName', 'birthDay'), [
        'customerName',
        'birthDay',
      ]),
      // @ts-expect-error
      sink: trusted.sink('namesakes'),
    }),
  ),
  leak("one's phone with another's device", 'privacy/cross-subject', 'join', () =>
    job('time_only', {
      rows: readings.join(steps, { timestamp: 'sensorReadingTime' }),
      // @ts-expect-error
      sink: trusted.sink('time_only'),
    }),
  ),
  leak("readings while another's device ran", 'privacy/cross-subject', 'semiJoin', () =>
    job('while_running', {
      rows: readings.semiJoin(steps, { timestamp: 'sensorReadingTime' }),
      // @ts-expect-error
      sink: trusted.sink('while_running'),
    }),
  ),
  leak('people who gave the same answer', 'privacy/cross-subject', 'join', () =>
    job('like_minded', {
      rows: answers.join(
        answers.select('respondent', 'answer').rename({ respondent: 'other' }),
        'answer',
      ),
      // @ts-expect-error
      sink: trusted.sink('like_minded'),
    }),
  ),
  leak(
    "a reason does not make strangers' rows consenting",
    'privacy/mixed-subjects',
    "sink('with_reason')",
    () =>
      job('with_reason', {
        rows: readings.join(
          stepTrainerLanding,
          { timestamp: 'sensorReadingTime' },
          {
            crossSubject: 'whoever trained at that time',
          },
        ),
        // @ts-expect-error
        sink: trusted.sink('with_reason'),
      }),
  ),
];
