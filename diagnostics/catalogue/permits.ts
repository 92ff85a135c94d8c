import { message } from '../message.ts';
import { listed, named, visible } from '../wording.ts';

/** Exceptions that a person allowed: each is looked at, needed, and ends. */
export const permitMessages = {
  'privacy/declassify-unreviewed': message<{ step: string; missing: readonly string[] }>({
    about:
      'A declassification is an exception that somebody allowed, so it says why, and who is to be asked about it.',
    text: ({ step, missing }) => `${named(step)} says no ${listed(missing)}`,
    hint: () => "say why in `reason`, and in `reviewer` who looked at it: 'ann@example.org'",
  }),
  'privacy/declassify-expires': message<{ step: string; expires: string }>({
    about:
      'A declassification ends, so that somebody looks at it again: on a day of the calendar, at most 366 days ahead.',
    text: ({ step, expires }) =>
      `${named(step)} ends on ${named(expires)}, expected a day such as 2027-03-31, at most 366 days ahead`,
    hint: () => 'say in `expires` the last day on which it holds, within a year',
  }),
  'privacy/declassify-expired': message<{ step: string; expires: string; reviewer: string }>({
    about:
      'The last day of a declassification is over (in UTC), and with it what it let out. The compiler, the deployer and the scripts themselves refuse from then on.',
    text: ({ step, expires, reviewer }) =>
      `${named(step)} held until ${visible(expires)}, as ${named(reviewer)} allowed`,
    hint: () => 'have it reviewed again, then say the new day in `expires`; or take it out',
  }),
  'privacy/declassify-needless': message<{ step: string; lowered: readonly string[] }>({
    about:
      'A permit that nothing needs would be there for whoever comes next. Without this one, or with less of it, the library would be accepted all the same.',
    text: ({ step, lowered }) => `${named(step)} lowers ${listed(lowered)} without need`,
    hint: () =>
      'lower less: keep the label in `to`, or name fewer purposes there; or take the declassification out',
  }),
} as const;
