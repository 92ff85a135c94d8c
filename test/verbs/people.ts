import type { Given } from './given.ts';

const person = { kind: 'subject', name: 'person', column: 'email' } as const;

/** Consent of people, with a withdrawal. Times are epoch milliseconds. */
export const research = {
  purpose: 'research',
  grantedAt: 'granted',
  withdrawnAt: 'withdrawn',
  version: 'version',
} as const;

/** Customers: several versions of each, who may consent and own a device. */
export function people(rows: Given['rows']): Given {
  return {
    columns: {
      email: 'string?',
      device: 'string?',
      granted: 'long?',
      withdrawn: 'long?',
      version: 'long?',
    },
    labels: { email: ['identifier'], device: ['alias:device'] },
    about: person,
    consents: [research],
    rows,
  };
}

/** Customers who were asked about two purposes in one form. */
export const asked = [
  { purpose: 'research', grantedAt: 'granted', withdrawnAt: 'withdrawn', version: 'version' },
  {
    purpose: 'marketing',
    grantedAt: 'adsGranted',
    withdrawnAt: 'adsWithdrawn',
    version: 'version',
  },
] as const;

export function askedPeople(rows: Given['rows']): Given {
  return {
    columns: {
      email: 'string?',
      granted: 'long?',
      withdrawn: 'long?',
      adsGranted: 'long?',
      adsWithdrawn: 'long?',
      version: 'long?',
    },
    labels: { email: ['identifier'] },
    about: person,
    consents: asked,
    rows,
  };
}

/** Readings of people, at a time. */
export function readings(rows: Given['rows']): Given {
  return {
    columns: { user: 'string?', taken: 'long?', x: 'double?' },
    about: { ...person, column: 'user' },
    eventTime: 'taken',
    rows,
  };
}

/** Readings of devices. */
export function signals(rows: Given['rows']): Given {
  return {
    columns: { serial: 'string?', strength: 'int?' },
    about: { kind: 'alias', name: 'device', column: 'serial' },
    rows,
  };
}

/** A row of `people`: all but the email can be left out. */
export function version(
  email: string | null,
  {
    device = null,
    granted = null,
    withdrawn = null,
    version: number = 1n,
  }: {
    device?: string | null;
    granted?: bigint | null;
    withdrawn?: bigint | null;
    version?: bigint | null;
  } = {},
): Given['rows'][number] {
  return [email, device, granted, withdrawn, number];
}
