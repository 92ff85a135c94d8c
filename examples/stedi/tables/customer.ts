import { long, string } from '#lakewright';
import { customer, device } from '../people.ts';
import { landing } from '../zones.ts';

/** Customer records from the website: a line per version of a record. Times are epoch milliseconds. */
export const customerLanding = landing.table('customer', {
  doc: 'Customer records from the website, one version per line.',
  about: 'email',
  consent: {
    research: { grantedAt: 'shareWithResearchAsOfDate', version: 'lastUpdateDate' },
  },
  columns: {
    customerName: string().nullable().identifier(),
    email: string().identifier().subject(customer),
    phone: string().nullable().identifier(),
    birthDay: string().nullable().quasi().doc('Free text; years from 967 on occur.'),
    serialNumber: string().alias(device),
    registrationDate: long().nullable().quasi(),
    lastUpdateDate: long().quasi().doc('When this version was written.'),
    shareWithResearchAsOfDate: long()
      .nullable()
      .doc('Since when research may use the data; absent: it may not.'),
    shareWithPublicAsOfDate: long().nullable().quasi(),
    shareWithFriendsAsOfDate: long().nullable().quasi(),
  },
});
