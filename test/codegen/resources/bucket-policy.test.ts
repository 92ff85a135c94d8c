import { expect } from 'chai';
import type { CheckedLibrary } from '../../../check/index.ts';
import { bucketPolicyResource, sidPrefix } from '../../../codegen/resources/bucket-policy.ts';
import { zoneAccesses } from '../../../codegen/resources/zone-access.ts';
import { substitute } from '../../../deploy/parameters.ts';
import { allowed, type Policy, type Principal } from '../../access/iam.ts';
import { checkedTable, job, libraryOf, shop, source, table } from './checked-fixture.ts';

const ACCOUNT = '123456789012';
const parameters = {
  account: ACCOUNT,
  region: 'eu-central-1',
  bucket: 'lake',
  suffix: '',
  prefix: '',
  support: '',
};
const ALIASES = 'arn:aws:kms:eu-central-1:123456789012:alias/lakewright-shop-';
/** S3's user guide: "Bucket policies are limited to 20 KB in size". */
const LONGEST_POLICY = 20 * 1024;

/** Jobs of the trusted zone, each of which parses a landing table of its own; and tables that come from outside. */
function many(jobs: number, trustedFromOutside = 0): CheckedLibrary {
  const names = Array.from({ length: jobs }, (_, at) => `table_${at}`);
  const writers = names.map((name) => job(name, source(`landing.${name}`)));
  const landing = names.map((name) => table(name));
  const outside = Array.from({ length: trustedFromOutside }, (_, at) =>
    table(`calendar_${at}`, { zone: 'trusted', format: 'parquet' }),
  );
  const tables = [
    ...[...landing, ...outside].map((declared) =>
      checkedTable(`${declared.zone}.${declared.name}`, [], { kind: 'public' }, { declared }),
    ),
    ...writers.map((writer) =>
      checkedTable(`trusted.${writer.name}`, [], { kind: 'public' }, { writer }),
    ),
  ];
  return {
    library: libraryOf(writers, { tables: landing }),
    jobs: writers.map((one) => ({ job: one, reads: [`landing.${one.name}`], after: [] })),
    tables: new Map(tables.map((one) => [one.id, one])),
    frames: new Map(),
  };
}

function policyOf(checked: CheckedLibrary): Policy {
  const resource = bucketPolicyResource(checked, zoneAccesses(checked));
  const json = JSON.parse(JSON.stringify(resource));
  return substitute(json, parameters, 'bucket-policy.json') as unknown as Policy;
}

function principal(path: string, tags: Record<string, string> = {}): Principal {
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
  return { arn: `arn:aws:iam::${ACCOUNT}:${path}`, tags, policies: [{ Statement: [everything] }] };
}

function may(policy: Policy, who: Principal, action: string, key: string, zone: string): boolean {
  const context = {
    'aws:SecureTransport': 'true',
    's3:x-amz-server-side-encryption-aws-kms-key-id': `${ALIASES}${zone}`,
  };
  const request = { principal: who, action, resources: [`arn:aws:s3:::lake/${key}`], context };
  return allowed(request, { kind: 'bucket', policy });
}

const administrator = principal('user/admin');
const trustedJob = principal('role/lakewright/shop/trusted/lakewright-shop-table_1');
const curatedJob = principal('role/lakewright/shop/curated/lakewright-shop-x');
const landingSteward = principal('role/ingest', { 'lakewright:shop:landing': 'steward' });
const quarantineSteward = principal('role/look', { 'lakewright:shop:quarantine': 'steward' });
const trustedSteward = principal('role/care', { 'lakewright:shop:trusted': 'steward' });

describe('the policy of the bucket', () => {
  it('names every table of a small library, and leaves the rest of the bucket to others', () => {
    const policy = policyOf(shop());
    expect(may(policy, administrator, 's3:PutObject', 'trusted/customer/a', 'trusted')).to.equal(
      false,
    );
    expect(may(policy, administrator, 's3:PutObject', 'trusted/of_another_library/a', '')).to.equal(
      true,
    );
  });

  for (const jobs of [3, 16, 17, 1000]) {
    it(`guards ${jobs} tables and what they come from, and fits`, () => {
      const policy = policyOf(many(jobs));
      expect(JSON.stringify(policy).length).to.be.below(LONGEST_POLICY);
      const put = 's3:PutObject';
      const quarantine = 'quarantine/table_1/shop_table_1/jr_1/a';
      expect(may(policy, trustedJob, put, 'trusted/table_1/a', 'trusted')).to.equal(true);
      expect(may(policy, trustedJob, put, 'trusted/table_1/a', 'landing')).to.equal(false);
      expect(may(policy, trustedJob, put, quarantine, 'quarantine')).to.equal(true);
      expect(may(policy, trustedJob, put, quarantine, 'trusted')).to.equal(false);
      expect(may(policy, trustedJob, put, 'landing/table_1/a', 'landing')).to.equal(false);
      expect(may(policy, landingSteward, put, 'landing/table_1/a', 'landing')).to.equal(true);
      expect(may(policy, landingSteward, put, 'trusted/table_1/a', 'trusted')).to.equal(false);
      expect(may(policy, quarantineSteward, 's3:DeleteObject', quarantine, '')).to.equal(true);
      expect(may(policy, landingSteward, 's3:DeleteObject', quarantine, '')).to.equal(false);
      expect(may(policy, trustedSteward, 's3:DeleteObject', 'trusted/table_1/a', '')).to.equal(
        true,
      );
      expect(may(policy, trustedSteward, put, 'trusted/table_1/a', 'trusted')).to.equal(false);
      for (const who of [administrator, curatedJob]) {
        expect(may(policy, who, put, 'trusted/table_1/a', 'trusted')).to.equal(false);
        expect(may(policy, who, 's3:DeleteObject', 'trusted/table_1/a', '')).to.equal(false);
        expect(may(policy, who, put, 'landing/table_1/a', 'landing')).to.equal(false);
      }
      for (const who of [administrator, quarantineSteward, curatedJob])
        expect(may(policy, who, put, quarantine, 'quarantine')).to.equal(false);
    });
  }

  it('lets stewards deliver into a zone of many tables where some come from outside', () => {
    for (const jobs of [3, 30]) {
      const policy = policyOf(many(jobs, 2));
      const key = 'trusted/calendar_1/a';
      expect(may(policy, trustedSteward, 's3:PutObject', key, 'trusted')).to.equal(true);
      expect(may(policy, administrator, 's3:PutObject', key, 'trusted')).to.equal(false);
      expect(may(policy, trustedJob, 's3:PutObject', 'trusted/table_1/a', 'trusted')).to.equal(
        true,
      );
    }
  });

  it('has Sids that are a library’s own, whatever the library is called', () => {
    const names = ['stedi', 'stediTls', 'stedi_tls', 'stedi-tls', 'steditls', 'Stedi', 's', 'st'];
    const prefixes = names.map(sidPrefix);
    expect(new Set(prefixes).size).to.equal(names.length);
    for (const prefix of prefixes) expect(prefix).to.match(/^Lakewright[A-Z][a-z0-9]*$/);
    // So `<prefix><capital>` begins no other library's Sid.
    const sids = prefixes.map((prefix) => `${prefix}Tls`);
    for (const prefix of prefixes) {
      const own = sids.filter(
        (sid) => sid.startsWith(prefix) && /^[A-Z]/.test(sid.slice(prefix.length)),
      );
      expect(own).to.deep.equal([`${prefix}Tls`]);
    }
  });
});
