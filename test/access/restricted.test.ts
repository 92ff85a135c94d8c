import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { job, library, long, string, subject, zone } from '#lakewright';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { readLibraryMap } from '../../erasure/library-map.ts';
import { ACCOUNT, BUCKET, keyArn, policiesIn, REGION } from './deployed-policies.ts';
import { allowed, type Principal } from './iam.ts';

const patient = subject('patient');
const landing = zone('landing');
const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
const restricted = zone('restricted');
const patients = landing.table('patient', {
  about: 'email',
  consent: { research: { grantedAt: 'agreed', version: 'updated' } },
  columns: {
    email: string().identifier().subject(patient),
    age: long(),
    updated: long().quasi(),
    agreed: long().nullable(),
  },
});
const { quarantined } = patients.quarantine((c) => ({ 'is born': c.age.gte(0) }));
const jobs = [
  job('odd_patients', { rows: quarantined, sink: restricted.sink('odd_patient') }),
  job('patients', { rows: patients.keepConsented('research'), sink: trusted.sink('patient') }),
];

describe('what is deployed for stewards alone', () => {
  const given = libraryOf(library('clinic', { jobs, quarantineDays: 7 }));
  const { checked } = given ? check(given) : {};
  if (!checked) throw new TypeError('the library was refused');
  const files = generate(checked, noWords);
  const policies = policiesIn(files);
  const json = (path: string) => JSON.parse(files.get(path) ?? '');

  const role = (zoneName: string, name: string): Principal => ({
    arn: `arn:aws:iam::${ACCOUNT}:role/lakewright/clinic/${zoneName}/lakewright-clinic-${name}`,
    policies: [policies.roles[name]?.policy ?? { Statement: [] }],
  });
  const powerful = (more: Partial<Principal>): Principal => ({
    arn: `arn:aws:iam::${ACCOUNT}:role/analyst`,
    policies: [{ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
    ...more,
  });
  const steward = powerful({ tags: { 'lakewright:clinic:restricted': 'steward' } });
  const onKey = (principal: Principal, action: string) =>
    allowed(
      {
        principal,
        action,
        resources: [keyArn('restricted')],
        context: {
          'kms:ViaService': `s3.${REGION}.amazonaws.com`,
          'kms:ResourceAliases': ['alias/lakewright-clinic-restricted'],
        },
      },
      { kind: 'key', policy: policies.keys['restricted'] ?? { Statement: [] } },
    );
  const onObject = (principal: Principal, action: string) =>
    allowed(
      {
        principal,
        action,
        resources: [`arn:aws:s3:::${BUCKET}/restricted/odd_patient/jr_0/part-0`],
        context: {
          'aws:SecureTransport': 'true',
          's3:x-amz-server-side-encryption-aws-kms-key-id': `arn:aws:kms:${REGION}:${ACCOUNT}:alias/lakewright-clinic-restricted`,
        },
      },
      { kind: 'bucket', policy: policies.bucket },
    );

  it('is decrypted by stewards and by the job that wrote it', () => {
    expect(onKey(steward, 'kms:Decrypt')).to.equal(true);
    expect(onKey(role('restricted', 'odd_patients'), 'kms:Decrypt')).to.equal(true);
    const eraser = powerful({ tags: policies.eraser.tags, policies: [policies.eraser.policy] });
    expect(onKey(eraser, 'kms:Decrypt')).to.equal(true);
    expect(onObject(eraser, 's3:GetObjectVersion')).to.equal(true);
  });

  it('is decrypted by nobody else: readers, stewards of other zones, jobs of other zones', () => {
    const others = [
      powerful({}),
      powerful({ tags: { 'lakewright:clinic:restricted': 'reader' } }),
      powerful({ tags: { 'lakewright:clinic:landing': 'steward' } }),
      powerful({ arn: `arn:aws:iam::${ACCOUNT}:role/lakewright/clinic/trusted/x` }),
      role('trusted', 'patients'),
    ];
    for (const other of others) expect(onKey(other, 'kms:Decrypt'), other.arn).to.equal(false);
    expect(onObject(role('trusted', 'patients'), 's3:GetObject')).to.equal(false);
  });

  it('is written by its job alone, and deleted by stewards too', () => {
    const writer = role('restricted', 'odd_patients');
    expect(onObject(writer, 's3:PutObject')).to.equal(true);
    expect(onKey(writer, 'kms:GenerateDataKey')).to.equal(true);
    for (const other of [steward, powerful({}), role('trusted', 'patients')])
      expect(onObject(other, 's3:PutObject'), other.arn).to.equal(false);
    expect(onObject(steward, 's3:DeleteObjectVersion')).to.equal(true);
    expect(onObject(powerful({}), 's3:DeleteObjectVersion')).to.equal(false);
  });

  it('has a tag of its own in Lake Formation, and no column that a grant on plain ones reaches', () => {
    const holds = { lakewright_holds: 'restricted' };
    expect(json('access/restricted.json').LFTags).to.deep.equal(holds);
    const table = json('access/restricted.odd_patient.json');
    expect(table.LFTags).to.deep.equal({ lakewright_column: 'identifying', ...holds });
    expect(table.ColumnLFTags).to.deep.equal({});
    expect(json('data-tags.json').LFTags).to.deep.include({
      TagKey: 'lakewright_holds',
      TagValues: ['identified', 'pseudonymous', 'restricted'],
    });
    const [grant, ...more] = table.Permissions;
    expect(grant.Permissions).to.deep.equal(['ALTER', 'DESCRIBE']);
    expect(more).to.deep.equal([]);
  });

  it('is kept for as many days as lines that cannot be read', () => {
    const settings = (name: string) => json(`jobs/${name}.json`).NonOverridableArguments['--conf'];
    expect(settings('odd_patients')).to.contain('spark.lakewright.restricted.days=7');
    expect(settings('patients')).not.to.contain('restricted');
  });

  it('is told of in the page of privacy', () => {
    const page = files.get('privacy.md') ?? '';
    expect(page).to.contain(
      '- Rows: one `patient` each, whether or not they consent to anything\n- Used for: nothing: stewards look at it, and no job reads it\n',
    );
    expect(page).to.contain('principals tagged `lakewright:clinic:restricted=steward` |');
    expect(page).to.contain('the last one too\nafter 7 days');
  });

  it('is where an erasure looks for people', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lakewright-restricted-'));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { derived } = await readLibraryMap(folder, 'patient');
    rmSync(folder, { recursive: true });
    const odd = { zone: 'restricted', name: 'odd_patient', keys: ['email'] };
    expect(derived).to.deep.include(odd);
  });
});
