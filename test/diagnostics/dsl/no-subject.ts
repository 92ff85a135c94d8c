import { alias, string, subject, zone } from '#lakewright';

const customer = subject('customer');
const device = alias('device', { of: customer });
const landing = zone('landing');
const people = landing.table('people', {
  about: 'email',
  columns: { email: string().identifier().subject(customer), serial: string().alias(device) },
});

// @ts-expect-error the email is gone
export default () => people.select('serial').soleOwner('serial');
