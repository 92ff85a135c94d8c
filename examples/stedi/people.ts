import { alias, subject } from '#lakewright';

/** A person who trains balance with STEDI. */
export const customer = subject('customer');

/** A balance trainer's motion sensor; it stands for the customer who owns it. */
export const device = alias('device', { of: customer });
