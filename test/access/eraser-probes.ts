import { declaredJobs, deliveredTables, zones } from './declared-access.ts';
import { ACCOUNT, REGION } from './deployed-policies.ts';
import {
  carelessWrites,
  listing,
  onKey,
  onObject,
  onOpenKey,
  onTable,
  type Place,
  type Probe,
  places,
  probe,
  secretArn,
  tables,
  underKey,
  type Who,
} from './requests.ts';

/** What `forget` asks AWS for, by the role that `policies/erasure.json` describes; and what it has no business with. */
export function eraserProbes(): readonly Probe[] {
  const who: Who = [
    'eraser',
    ['eraser'],
    ({ eraser }) => ({
      arn: `arn:aws:iam::${ACCOUNT}:role/eraser`,
      tags: eraser.tags,
      policies: [eraser.policy],
    }),
  ];
  const isLanding = ({ kind, of }: Place) => kind === 'table' && deliveredTables.includes(of);
  const isKept = ({ kind }: Place) => kind === 'suppression' || kind === 'receipt';
  const holdsPeople = ({ kind }: Place) => kind === 'table' || kind === 'quarantine';
  return [
    ...places.flatMap((place) => {
      const looks = place.kind !== 'other' && place.kind !== 'release';
      const writes = isLanding(place) || isKept(place);
      const key = place.zone === undefined ? {} : underKey(place.zone);
      return [
        onObject(who, 's3:GetObject', place, looks),
        onObject(who, 's3:GetObjectVersion', place, looks),
        onObject(who, 's3:PutObject', place, writes, key),
        onObject(who, 's3:AbortMultipartUpload', place, isLanding(place)),
        onObject(who, 's3:DeleteObject', place, false),
        onObject(who, 's3:DeleteObjectVersion', place, holdsPeople(place)),
        ...(isLanding(place) ? carelessWrites(who, place) : []),
      ];
    }),
    listing(who, 'landing/', true),
    listing(who, 'landing/', true, {}, 's3:ListBucketVersions'),
    ...zones.flatMap((zone) => [
      onKey(who, 'kms:Decrypt', zone, true),
      onKey(who, 'kms:Decrypt', zone, false, {}),
      onKey(who, 'kms:GenerateDataKey', zone, zone === 'landing'),
      onOpenKey(who, 'kms:Decrypt', `alias/lakewright-stedi-${zone}`, true),
      onOpenKey(who, 'kms:Decrypt', `alias/lakewright-stedi-${zone}`, false, {}),
      onOpenKey(who, 'kms:GenerateDataKey', `alias/lakewright-stedi-${zone}`, zone === 'landing'),
      onOpenKey(who, 'kms:GenerateDataKey', `alias/lakewright-stedi-${zone}`, false, {}),
    ]),
    onOpenKey(who, 'kms:Decrypt', 'alias/another', false),
    onOpenKey(who, 'kms:GenerateDataKey', 'alias/another', false),
    ...tables.flatMap((table) => [
      onTable(who, 'glue:GetTable', table, !deliveredTables.includes(table)),
      onTable(who, 'glue:UpdateTable', table, false),
    ]),
    ...['suppression-key', 'pseudonym-key/research', 'pseudonym-key/sale'].flatMap((name) => [
      probe(who, 'secretsmanager:GetSecretValue', [secretArn(name)], !name.endsWith('sale')),
      probe(who, 'secretsmanager:CreateSecret', [secretArn(name)], name === 'suppression-key'),
      probe(who, 'secretsmanager:PutSecretValue', [secretArn(name)], false),
    ]),
    ...['workflow/stedi', 'workflow/other'].map((name) =>
      probe(who, 'glue:StartWorkflowRun', [glue(name)], name === 'workflow/stedi'),
    ),
    ...Object.keys(declaredJobs).map((job) =>
      probe(who, 'glue:StartJobRun', [glue(`job/stedi_${job}`)], false),
    ),
  ];
}

function glue(resource: string): string {
  return `arn:aws:glue:${REGION}:${ACCOUNT}:${resource}`;
}
