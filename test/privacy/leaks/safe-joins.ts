import { avg, job } from '#lakewright';
import { curated, trusted } from '../../../examples/stedi/zones.ts';
import { type Safe, safe } from './leak.ts';
import {
  answers,
  calendar,
  consenting,
  consents,
  profileLanding,
  readings,
  steps,
  surveyLanding,
} from './tables.ts';

/** Right, full and cross joins that let nothing out. */
export const safeOuterJoins: readonly Safe[] = [
  safe('those who consent, with their answers or without', () =>
    job('with_answers', {
      rows: surveyLanding.rightJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('with_answers'),
    }),
  ),
  safe('who consents and who answered, both of them consenting', () =>
    job('either', {
      rows: answers.fullJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('either'),
    }),
  ),
  safe('a full join of the same people, then consent', () =>
    job('then_consent', {
      rows: surveyLanding
        .fullJoin(profileLanding.select('person', 'city'), { respondent: 'person' })
        .semiJoin(consents, { respondent: 'email' }),
      sink: trusted.sink('then_consent'),
    }),
  ),
  safe('each step of a device with the nearest reading of its owner', () =>
    job('paired', {
      rows: steps.asOfJoin(readings, {
        on: { email: 'user' },
        time: { left: 'sensorReadingTime', right: 'timestamp' },
        match: 'nearest',
        tolerance: 50,
      }),
      sink: trusted.sink('paired'),
    }),
  ),
  safe('every day beside everybody who consents', () =>
    job('each_day', { rows: consenting.crossJoin(calendar), sink: trusted.sink('each_day') }),
  ),
  safe('the mean of all who consent beside each reading', () =>
    job('beside_all', {
      rows: readings
        .select('x')
        .crossJoin(
          readings.aggregate((c) => ({ mean: avg(c.x) })),
          {
            crossSubject: 'Each reading is compared with the mean of all.',
          },
        )
        .derive((c) => ({ above: c.x.minus(c.mean) }))
        .select('above'),
      sink: curated.sink('beside_all'),
    }),
  ),
  safe("readings in the seasons of a calendar, by the person's own time", () =>
    job('in_season', {
      rows: readings.leftJoin(calendar, [], { where: (one, on) => on.day.lte(one.timestamp) }),
      sink: trusted.sink('in_season'),
    }),
  ),
];
