import { supportModules } from '../../codegen/support-modules.ts';
import { declaredJobs, deliveredTables, zones } from './declared-access.ts';
import { ACCOUNT, BUCKET, type DeployedPolicies, keyArn, REGION } from './deployed-policies.ts';
import { allowed, type Principal } from './iam.ts';

/** One thing that somebody tries, and whether it is to succeed. */
export interface Probe {
  readonly name: string;
  /** The policies that have a say: `role <job>`, `trust <job>`, `key <zone>`, `bucket`. */
  readonly asks: readonly string[];
  readonly expected: boolean;
  try(policies: DeployedPolicies): boolean;
}

type Context = Readonly<Record<string, string | readonly string[]>>;
/** A name, the policies of its own, and the principal. */
export type Who = readonly [
  name: string,
  role: readonly string[],
  of: (from: DeployedPolicies) => Principal,
];

export const RUN = 'jr_0123456789abcdef';
const HASH = '0123456789abcdef';
const TLS = { 'aws:SecureTransport': 'true' };
const alias = (zone: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:alias/lakewright-stedi-${zone}`;
export const underKey = (zone: string) => ({
  's3:x-amz-server-side-encryption-aws-kms-key-id': alias(zone),
});
const viaS3 = { 'kms:ViaService': `s3.${REGION}.amazonaws.com` };
export const tables = [...deliveredTables, ...Object.values(declaredJobs).map((job) => job.writes)];
const prefixOf = (table: string) => `${table.replace('.', '/')}/`;
export const zoneOf = (table: string) => table.slice(0, table.indexOf('.'));

/** Something in the bucket. Objects of tables and malformed lines are for few to write, under a zone's key. */
export interface Place {
  readonly kind:
    | 'table'
    | 'quarantine'
    | 'report'
    | 'script'
    | 'support'
    | 'release'
    | 'suppression'
    | 'receipt'
    | 'other';
  /** `zone.table`, name of the job, or module. */
  readonly of: string;
  readonly prefix: string;
  readonly object: string;
  /** Zone whose key its objects are under. */
  readonly zone?: string;
}

export const places: readonly Place[] = [
  ...tables.map((table): Place => {
    const prefix = prefixOf(table);
    return {
      kind: 'table',
      of: table,
      prefix,
      object: `${prefix}${RUN}/part-0`,
      zone: zoneOf(table),
    };
  }),
  ...Object.entries(declaredJobs).flatMap(([job, { parses }]) =>
    parses.map((table): Place => {
      const prefix = `quarantine/${table}/stedi_${job}/`;
      return {
        kind: 'quarantine',
        of: job,
        prefix,
        object: `${prefix}${RUN}/part-0`,
        zone: 'quarantine',
      };
    }),
  ),
  ...Object.keys(declaredJobs).flatMap((job): readonly Place[] => {
    const report = `lakewright/stedi/reports/stedi_${job}/`;
    const script = `lakewright/stedi/scripts/${HASH}/`;
    return [
      { kind: 'report', of: job, prefix: report, object: `${report}${RUN}.json` },
      { kind: 'script', of: job, prefix: script, object: `${script}${job}.py` },
    ];
  }),
  ...supportModules.map((module): Place => {
    const prefix = `lakewright/stedi/support/${HASH}/`;
    return { kind: 'support', of: module, prefix, object: `${prefix}${module}.py` };
  }),
  {
    kind: 'release',
    of: '',
    prefix: 'lakewright/stedi/releases/',
    object: `lakewright/stedi/releases/${HASH}`,
  },
  {
    kind: 'release',
    of: '',
    prefix: 'lakewright/stedi/releases.json',
    object: 'lakewright/stedi/releases.json',
  },
  {
    kind: 'suppression',
    of: '',
    prefix: 'suppression/stedi.json',
    object: 'suppression/stedi.json',
  },
  {
    kind: 'receipt',
    of: '',
    prefix: 'erasures/stedi/',
    object: 'erasures/stedi/0123.json',
  },
  { kind: 'other', of: '', prefix: 'erasures/other/', object: 'erasures/other/0123.json' },
  { kind: 'other', of: '', prefix: 'suppression/', object: 'suppression/stedi.jsonl' },
  { kind: 'other', of: '', prefix: 'other/', object: 'other/file' },
  {
    kind: 'other',
    of: '',
    prefix: 'landing/customer_secret/',
    object: 'landing/customer_secret/file',
  },
];

/** A write that is right but for its key or its connection. */
export function carelessWrites(who: Who, place: Place): readonly Probe[] {
  const put = (context: Context) => onObject(who, 's3:PutObject', place, false, context);
  const others = zones.filter((zone) => zone !== place.zone);
  return [
    put({}),
    ...others.map((zone) => put(underKey(zone))),
    put({ ...underKey(place.zone ?? ''), 'aws:SecureTransport': 'false' }),
  ];
}

export function onObject(
  who: Who,
  action: string,
  place: Place,
  expected: boolean,
  context: Context = {},
): Probe {
  return probe(who, action, [`arn:aws:s3:::${BUCKET}/${place.object}`], expected, {
    ...TLS,
    ...context,
  });
}

export function listing(
  who: Who,
  prefix: string | undefined,
  expected: boolean,
  context: Context = {},
  action = 's3:ListBucket',
): Probe {
  const asked = prefix === undefined ? {} : { 's3:prefix': prefix };
  return probe(who, action, [`arn:aws:s3:::${BUCKET}`], expected, {
    ...TLS,
    ...asked,
    ...context,
  });
}

export function onKey(
  who: Who,
  action: string,
  zone: string,
  expected: boolean,
  context: Context = viaS3,
): Probe {
  const aliases = { 'kms:ResourceAliases': [`alias/lakewright-stedi-${zone}`] };
  return probe(who, action, [keyArn(zone)], expected, { ...aliases, ...context });
}

export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:lakewright/stedi/${name}-AbC123`;
}

/** Glue asks for the catalog and the database too. */
export function onTable(who: Who, action: string, table: string, expected: boolean): Probe {
  const database = `stedi_${zoneOf(table)}`;
  const name = table.slice(table.indexOf('.') + 1);
  const resources = ['catalog', `database/${database}`, `table/${database}/${name}`];
  return probe(
    who,
    action,
    resources.map((one) => `arn:aws:glue:${REGION}:${ACCOUNT}:${one}`),
    expected,
  );
}

export function probe(
  [name, asks, principalOf]: Who,
  action: string,
  resources: readonly string[],
  expected: boolean,
  context: Context = {},
): Probe {
  const zone = zones.find((one) => resources[0] === keyArn(one));
  const inBucket = action.startsWith('s3:');
  const guards = zone === undefined ? (inBucket ? ['bucket'] : []) : [`key ${zone}`];
  return {
    name: `${name}: ${action} ${resources.at(-1)} ${JSON.stringify(context)}`,
    asks: [...asks, ...guards],
    expected,
    try(policies) {
      const request = { principal: principalOf(policies), action, resources, context };
      if (inBucket) return allowed(request, { kind: 'bucket', policy: policies.bucket });
      const key = zone === undefined ? undefined : policies.keys[zone];
      return key === undefined ? allowed(request) : allowed(request, { kind: 'key', policy: key });
    },
  };
}

/** A bucket of the account whose own policy lets the role in: there the role's denial is the only guard. */
export function onOpenBucket(who: Who, action: string, resource: string): Probe {
  const [name, asks, principalOf] = who;
  return {
    name: `${name}: ${action} open bucket ${resource}`,
    asks,
    expected: false,
    try(policies) {
      const principal = principalOf(policies);
      const everything = {
        Effect: 'Allow',
        Principal: { AWS: principal.arn },
        Action: 's3:*',
        Resource: '*',
      } as const;
      const request = { principal, action, resources: [resource], context: TLS };
      return allowed(request, { kind: 'bucket', policy: { Statement: [everything] } });
    },
  };
}

/** A key with KMS's default policy, which leaves all to IAM: there the job's own role is the only guard. */
export function onOpenKey(
  who: Who,
  action: string,
  alias: string,
  expected: boolean,
  context: Context = viaS3,
): Probe {
  const everything = {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'kms:*',
    Resource: '*',
  } as const;
  const [name, asks, principalOf] = who;
  return {
    name: `${name}: ${action} open key ${alias} ${JSON.stringify(context)}`,
    asks,
    expected,
    try(policies) {
      const asked = { 'kms:ResourceAliases': [alias], ...context };
      const request = {
        principal: principalOf(policies),
        action,
        resources: [keyArn('others')],
        context: asked,
      };
      return allowed(request, { kind: 'key', policy: { Statement: [everything] } });
    },
  };
}
