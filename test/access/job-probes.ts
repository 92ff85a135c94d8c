import { type DeclaredJob, declaredJobs, zones } from './declared-access.ts';
import { ACCOUNT, BUCKET, type DeployedPolicies, REGION } from './deployed-policies.ts';
import { maySayItIs, type Principal } from './iam.ts';
import {
  carelessWrites,
  listing,
  onKey,
  onObject,
  onOpenBucket,
  onOpenKey,
  onTable,
  type Place,
  type Probe,
  places,
  probe,
  RUN,
  secretArn,
  tables,
  underKey,
  type Who,
  zoneOf,
} from './requests.ts';

/** What a job tries: exactly what it declares is to succeed. */
export function jobProbes(name: string, job: DeclaredJob): readonly Probe[] {
  const zone = zoneOf(job.writes);
  const who: Who = [name, [`role ${name}`], (from) => roleOf(from, name, zone)];
  const touched = [...job.reads, job.writes];
  const aside = job.parses.length === 0 ? [] : ['quarantine'];
  const decrypts = [...touched.map(zoneOf), ...aside];
  const encrypts = [zone, ...aside];
  const owns = ({ kind, of }: Place) =>
    kind === 'table' ? of === job.writes : kind === 'quarantine' && of === name;
  const reads = (place: Place) =>
    owns(place) ||
    (place.kind === 'table' && job.reads.includes(place.of)) ||
    (place.kind === 'script' && place.of === name) ||
    (place.kind === 'suppression' && job.suppresses === true) ||
    place.kind === 'support';
  const writes = (place: Place) => owns(place) || (place.kind === 'report' && place.of === name);
  const lists = (place: Place) =>
    reads(place) && ['table', 'quarantine', 'suppression'].includes(place.kind);
  return [
    ...places.flatMap((place) => [
      onObject(who, 's3:GetObject', place, reads(place)),
      onObject(who, 's3:PutObject', place, writes(place), underKey(place.zone ?? zone)),
      onObject(who, 's3:AbortMultipartUpload', place, writes(place)),
      onObject(who, 's3:DeleteObject', place, owns(place)),
      onObject(who, 's3:DeleteObjectVersion', place, owns(place)),
      listing(who, place.prefix, lists(place)),
      listing(who, place.prefix, owns(place), {}, 's3:ListBucketVersions'),
      ...(owns(place) ? carelessWrites(who, place) : []),
    ]),
    ...['', 'landing/', 'trusted/', 'curated/', 'quarantine/'].map((prefix) =>
      listing(who, prefix, false),
    ),
    listing(who, undefined, false),
    listing(who, undefined, false, {}, 's3:ListBucketVersions'),
    ...zones.flatMap((one) => [
      onKey(who, 'kms:Decrypt', one, decrypts.includes(one)),
      onKey(who, 'kms:GenerateDataKey', one, encrypts.includes(one)),
      onKey(who, 'kms:Decrypt', one, false, {}),
      onKey(who, 'kms:DescribeKey', one, false),
      onOpenKey(who, 'kms:Decrypt', `alias/lakewright-stedi-${one}`, decrypts.includes(one)),
      onOpenKey(who, 'kms:Decrypt', `alias/lakewright-stedi-${one}`, false, {}),
      onOpenKey(
        who,
        'kms:GenerateDataKey',
        `alias/lakewright-stedi-${one}`,
        encrypts.includes(one),
      ),
      onOpenKey(who, 'kms:GenerateDataKey', `alias/lakewright-stedi-${one}`, false, {}),
    ]),
    onOpenKey(who, 'kms:Decrypt', 'alias/another', false),
    onOpenKey(who, 'kms:GenerateDataKey', 'alias/another', false),
    ...tables.flatMap((table) => [
      onTable(who, 'glue:GetTable', table, touched.includes(table)),
      onTable(who, 'glue:UpdateTable', table, table === job.writes),
      onTable(who, 'glue:DeleteTable', table, false),
    ]),
    ...otherProbes(who, name, job),
    ...trustProbes(name),
  ];
}

function otherProbes(who: Who, name: string, job: DeclaredJob): readonly Probe[] {
  const secret = (purpose: string) => secretArn(`pseudonym-key/${purpose}`);
  const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  return [
    probe(
      who,
      'secretsmanager:GetSecretValue',
      [secretArn('suppression-key')],
      job.suppresses === true,
    ),
    ...['research', 'sale'].map((purpose) =>
      probe(who, 'secretsmanager:GetSecretValue', [secret(purpose)], job.pseudonyms === purpose),
    ),
    ...Object.keys(declaredJobs).flatMap((other) =>
      logs.map((action) => {
        const group = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/lakewright/stedi/${other}/output`;
        return probe(who, action, [`${group}:log-stream:${RUN}`], other === name);
      }),
    ),
    ...['Glue', 'Billing'].map((space) =>
      probe(who, 'cloudwatch:PutMetricData', ['*'], space === 'Glue', {
        'cloudwatch:namespace': space,
      }),
    ),
    onOpenBucket(who, 's3:GetObject', 'arn:aws:s3:::elsewhere/code.py'),
    onOpenBucket(who, 's3:PutObject', 'arn:aws:s3:::elsewhere/rows.json'),
    onOpenBucket(who, 's3:PutObject', `arn:aws:s3:::${BUCKET}-elsewhere/rows.json`),
    onOpenBucket(who, 's3:ListBucket', 'arn:aws:s3:::elsewhere'),
    probe(who, 'iam:PassRole', [`arn:aws:iam::${ACCOUNT}:role/x`], false),
    probe(who, 's3:PutBucketPolicy', [`arn:aws:s3:::${BUCKET}`], false),
  ];
}

/** Only Glue, for this job, of this account. */
function trustProbes(job: string): readonly Probe[] {
  const arn = (name: string) => `arn:aws:glue:${REGION}:${ACCOUNT}:job/stedi_${name}`;
  const by = (
    what: string,
    service: string,
    account: string,
    source: string,
    expected: boolean,
  ): Probe => ({
    name: `${what} takes the role of ${job}`,
    asks: [`trust ${job}`],
    expected,
    try: ({ roles }) => {
      const context = { 'aws:SourceAccount': account, 'aws:SourceArn': source };
      const trust = roles[job]?.trust;
      return trust !== undefined && maySayItIs(trust, service, context);
    },
  });
  return [
    by('Glue', 'glue.amazonaws.com', ACCOUNT, arn(job), true),
    by('Glue for another account', 'glue.amazonaws.com', '210987654321', arn(job), false),
    by('Glue for another job', 'glue.amazonaws.com', ACCOUNT, arn('other'), false),
    by('Lambda', 'lambda.amazonaws.com', ACCOUNT, arn(job), false),
  ];
}

function roleOf({ roles }: DeployedPolicies, job: string, zone: string): Principal {
  const role = roles[job];
  if (role === undefined) throw new Error(`there is no role of ${job}`);
  const arn = `arn:aws:iam::${ACCOUNT}:role/lakewright/stedi/${zone}/lakewright-stedi-${job}`;
  return { arn, policies: [role.policy] };
}
