import { type Powers, zones } from './declared-access.ts';
import {
  carelessWrites,
  listing,
  onKey,
  onObject,
  type Probe,
  places,
  underKey,
  type Who,
} from './requests.ts';

/** What the account's administrators may do with a key: keep it, and end it. */
const administration =
  `CancelKeyDeletion CreateAlias DeleteAlias DescribeKey DisableKey DisableKeyRotation EnableKey
  EnableKeyRotation GetKeyPolicy GetKeyRotationStatus ListGrants ListKeyPolicies ListResourceTags PutKeyPolicy RevokeGrant
  ScheduleKeyDeletion TagResource UntagResource UpdateAlias UpdateKeyDescription`
    .split(/\s+/)
    .map((action) => `kms:${action}`);

/** What somebody tries whom IAM allows everything. */
export function powerfulProbes(name: string, powers: Powers): readonly Probe[] {
  const who: Who = [name, [], () => powers.principal];
  const has = (what: readonly string[], zone: string | undefined) => what.includes(zone ?? '');
  return [
    ...places.flatMap((place) => {
      const guarded = place.zone !== undefined;
      const [puts, deletes] = {
        table: [has(powers.puts, place.zone), has(powers.deletes, place.zone)],
        quarantine: [has(powers.puts, place.zone), has(powers.deletes, place.zone)],
        suppression: [powers.suppresses, powers.suppresses],
        receipt: [powers.suppresses, powers.suppresses],
        report: [powers.putsReports, powers.deletesReports],
        script: [powers.deploys, powers.deploys],
        support: [powers.deploys, powers.deploys],
        release: [powers.deploys, powers.deploys],
        other: [true, true],
      }[place.kind] as [boolean, boolean];
      const header = place.zone === undefined ? {} : underKey(place.zone);
      return [
        onObject(who, 's3:GetObject', place, true),
        onObject(who, 's3:GetObject', place, false, { 'aws:SecureTransport': 'false' }),
        onObject(who, 's3:PutObject', place, puts, header),
        onObject(who, 's3:ReplicateObject', place, puts),
        onObject(who, 's3:DeleteObject', place, deletes),
        onObject(who, 's3:ReplicateDelete', place, deletes),
        onObject(who, 's3:DeleteObjectVersion', place, deletes),
        ...(guarded ? carelessWrites(who, place) : []),
      ];
    }),
    listing(who, '', true),
    listing(who, '', false, { 'aws:SecureTransport': 'false' }),
    ...zones.flatMap((zone) => [
      onKey(who, 'kms:Decrypt', zone, has(powers.decrypts, zone)),
      onKey(who, 'kms:GenerateDataKey', zone, has(powers.encrypts, zone)),
      // What S3 does not ask for is nobody's.
      onKey(who, 'kms:Decrypt', zone, false, {}),
      onKey(who, 'kms:GenerateDataKey', zone, false, {}),
      ...administration.map((action) => onKey(who, action, zone, true, {})),
      ...[
        'kms:CreateGrant',
        'kms:Encrypt',
        'kms:ReEncryptFrom',
        'kms:GenerateDataKeyWithoutPlaintext',
      ].map((action) => onKey(who, action, zone, false)),
    ]),
  ];
}
