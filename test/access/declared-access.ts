import { ACCOUNT } from './deployed-policies.ts';
import type { Principal } from './iam.ts';

/** What the jobs of examples/stedi read and write, said once more by hand. */
export interface DeclaredJob {
  readonly reads: readonly string[];
  readonly writes: string;
  /** Tables whose lines it parses, and may put aside. */
  readonly parses: readonly string[];
  /** Whether it reads people from outside, and so leaves out whom the suppression list names. */
  readonly suppresses?: boolean;
  /** Purpose of the pseudonyms it makes. */
  readonly pseudonyms?: string;
}

export const declaredJobs: Readonly<Record<string, DeclaredJob>> = {
  customer_trusted: {
    reads: ['landing.customer'],
    writes: 'trusted.customer',
    parses: ['customer'],
    suppresses: true,
  },
  accelerometer_trusted: {
    reads: ['landing.accelerometer', 'trusted.customer'],
    writes: 'trusted.accelerometer',
    parses: ['accelerometer'],
    suppresses: true,
  },
  customer_curated: {
    reads: ['trusted.accelerometer', 'trusted.customer'],
    writes: 'curated.customer',
    parses: [],
  },
  step_trainer_trusted: {
    reads: ['curated.customer', 'landing.customer', 'landing.step_trainer'],
    writes: 'trusted.step_trainer',
    parses: ['customer', 'step_trainer'],
    suppresses: true,
  },
  machine_learning_curated: {
    reads: ['trusted.accelerometer', 'trusted.step_trainer'],
    writes: 'curated.machine_learning',
    parses: [],
    pseudonyms: 'research',
  },
  step_features_curated: {
    reads: ['curated.machine_learning'],
    writes: 'curated.step_features',
    parses: [],
  },
};

/** Each has a key of its own; lines that jobs set aside are in no zone, and have one too. */
export const zones = ['landing', 'trusted', 'curated', 'quarantine'] as const;
export type ZoneName = (typeof zones)[number];

/** Tables that no job writes. */
export const deliveredTables = [
  'landing.accelerometer',
  'landing.customer',
  'landing.step_trainer',
];

/** What a principal that IAM allows everything may still do with the library: the policies of keys and bucket are all that is left. */
export interface Powers {
  readonly principal: Principal;
  /** Zones whose tables it may overwrite or deliver. */
  readonly puts: readonly ZoneName[];
  /** Zones whose tables it may delete. */
  readonly deletes: readonly ZoneName[];
  /** Whether it may change the list of who was erased, and the receipts of it. */
  readonly suppresses: boolean;
  readonly putsReports: boolean;
  readonly deletesReports: boolean;
  /** Whether it may change the code of jobs. */
  readonly deploys: boolean;
  readonly decrypts: readonly ZoneName[];
  readonly encrypts: readonly ZoneName[];
}

const nothing = {
  puts: [],
  deletes: [],
  suppresses: false,
  deploys: false,
  putsReports: false,
  deletesReports: false,
  decrypts: [],
  encrypts: [],
} as const;

/** Administrators, people with a zone's tag, and roles that somebody made below the path of a library's own. */
export const powerfulPrincipals: Readonly<Record<string, Powers>> = {
  administrator: { ...nothing, principal: powerful('user/admin') },
  deployer: {
    ...nothing,
    principal: powerful('role/ci', { 'lakewright:stedi': 'deployer' }),
    deploys: true,
  },
  'deployer of another library': {
    ...nothing,
    principal: powerful('role/ci', { 'lakewright:other': 'deployer' }),
  },
  'job of another library': {
    ...nothing,
    principal: powerful('role/lakewright/other/trusted/lakewright-other-customer_trusted'),
  },
  'reader of landing': {
    ...nothing,
    principal: tagged('landing', 'reader'),
    decrypts: ['landing'],
  },
  'reader of trusted': {
    ...nothing,
    principal: tagged('trusted', 'reader'),
    decrypts: ['trusted'],
  },
  'reader of curated': {
    ...nothing,
    principal: tagged('curated', 'reader'),
    decrypts: ['curated'],
  },
  'steward of landing': {
    ...nothing,
    principal: tagged('landing', 'steward'),
    puts: ['landing'],
    deletes: ['landing'],
    suppresses: true,
    deletesReports: true,
    decrypts: ['landing'],
    encrypts: ['landing'],
  },
  'steward of trusted': {
    ...nothing,
    principal: tagged('trusted', 'steward'),
    deletes: ['trusted'],
    decrypts: ['trusted'],
  },
  'steward of curated': {
    ...nothing,
    principal: tagged('curated', 'steward'),
    deletes: ['curated'],
    decrypts: ['curated'],
  },
  'reader of what was set aside': { ...nothing, principal: tagged('quarantine', 'reader') },
  'steward of what was set aside': {
    ...nothing,
    principal: tagged('quarantine', 'steward'),
    deletes: ['quarantine'],
    decrypts: ['quarantine'],
  },
  'role on the path of landing': {
    ...nothing,
    principal: powerful('role/lakewright/stedi/landing/x'),
    putsReports: true,
    deletesReports: true,
  },
  'role on the path of trusted': {
    ...nothing,
    principal: powerful('role/lakewright/stedi/trusted/x'),
    puts: ['trusted', 'quarantine'],
    deletes: ['trusted', 'quarantine'],
    putsReports: true,
    deletesReports: true,
    decrypts: ['landing', 'trusted', 'curated', 'quarantine'],
    encrypts: ['trusted', 'quarantine'],
  },
  'role on the path of curated': {
    ...nothing,
    principal: powerful('role/lakewright/stedi/curated/x'),
    puts: ['curated'],
    deletes: ['curated'],
    putsReports: true,
    deletesReports: true,
    decrypts: ['trusted', 'curated'],
    encrypts: ['curated'],
  },
};

function powerful(path: string, tags: Readonly<Record<string, string>> = {}): Principal {
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  return { arn: `arn:aws:iam::${ACCOUNT}:${path}`, tags, policies: [{ Statement: [everything] }] };
}

function tagged(zone: ZoneName, value: string): Principal {
  return powerful('role/analyst', { [`lakewright:stedi:${zone}`]: value });
}
