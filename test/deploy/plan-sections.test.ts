import { expect } from 'chai';
import { accessChanges } from '../../deploy/access-changes.ts';
import { costEstimate, refuseCostly } from '../../deploy/cost.ts';
import { DeployError, renderPlan } from '../../deploy/index.ts';
import type { JsonObject } from '../../deploy/json.ts';
import { plan } from '../../deploy/plan.ts';
import type { Desired, Kind } from '../../deploy/resource.ts';

const TAGS = { 'lakewright:library': 'stedi', 'lakewright:sha256': 'a'.repeat(64) };
const SMALL: JsonObject = { Name: 'a', WorkerType: 'G.1X', NumberOfWorkers: 2, Timeout: 15 };

function desired(kind: Kind, definition: JsonObject, name = 'a'): Desired {
  return { id: `${kind}/${name}`, kind, name, definition, tags: TAGS };
}

/** A plan of one resource that is there already. */
function planned(kind: Kind, want: JsonObject, have: JsonObject): ReturnType<typeof plan> {
  return plan([desired(kind, want)], new Map([[`${kind}/a`, { definition: have, tags: TAGS }]]));
}

describe('the cost of a plan', () => {
  const one = (job: JsonObject, region = 'us-east-1') =>
    costEstimate(plan([desired('job', job)], new Map()), region);

  it('is workers x DPUs x minutes x price, for a minute at least and the timeout at most', () => {
    const [run] = one(SMALL).runs;
    expect(run).to.deep.include({ atLeast: 0.0147, atMost: 0.22, size: '2 x G.1X, 15 min' });
    const large = { ...SMALL, WorkerType: 'G.4X', NumberOfWorkers: 10, Timeout: 60, MaxRetries: 1 };
    expect(one(large).runs[0]?.atMost).to.equal(35.2);
    expect(one(SMALL, 'sa-east-1').runs[0]?.atMost).to.equal(0.345);
  });

  it('takes the timeout that Glue sets where a job has none', () => {
    const { Timeout: _, ...endless } = SMALL;
    expect(one(endless).runs[0]?.atMost).to.equal(7.04);
  });

  it('is not guessed for a region or a worker type without a price', () => {
    expect(one(SMALL, 'xx-north-9')).to.deep.equal({ runs: [], unknown: ['a'] });
    expect(one({ ...SMALL, WorkerType: 'R.1X' }).unknown).to.deep.equal(['a']);
  });

  it('is shown of what changes, beside what it is now, and of all jobs once', () => {
    const text = renderPlan(planned('job', SMALL, { ...SMALL, Timeout: 480 }), [], {
      region: 'us-east-1',
    });
    expect(text).to.include(`
Cost of a run, at $0.44 per DPU-hour (list price of us-east-1, read on 2026-11-30)
    a: $0.22 at most (2 x G.1X, 15 min), before $7.04
    in all (1): $0.22 at most, $0.015 at least
`);
    expect(renderPlan(planned('job', SMALL, SMALL), [], { region: 'xx-north-9' })).to.match(
      /^Cost: no price is known for xx-north-9\./,
    );
  });

  it('is refused over a cap, and where nobody knows it', () => {
    const refusal = (job: JsonObject, cap: number, region?: string): unknown => {
      try {
        return refuseCostly(one(job, region), cap);
      } catch (error) {
        return error;
      }
    };
    expect(refusal(SMALL, 0.22)).to.equal(undefined);
    const costly = refusal(SMALL, 0.2);
    expect(costly).to.be.instanceOf(DeployError).and.to.include({ exitCode: 3 });
    expect(String(costly)).to.include('a $0.22 (2 x G.1X, 15 min)');
    expect(refusal(SMALL, 9, 'xx-north-9')).to.have.property('code', 'deploy/cost-unknown');
  });
});

describe('what a plan says of access', () => {
  const reader = 'arn:aws:iam::1:role/lakewright/stedi/curated/reader';
  const access = (permissions: JsonObject): JsonObject => ({
    LFTags: { lakewright_holds: 'identified', lakewright_purpose_research: 'consented' },
    Permissions: permissions,
  });

  it('names who gets, and who loses, what of which table', () => {
    const want = access({ [reader]: ['DESCRIBE', 'SELECT'] });
    const have = access({ [reader]: ['ALTER', 'DESCRIBE'], 'arn:x:role/former': ['SELECT'] });
    expect(accessChanges(planned('data-access', want, have)).grants).to.deep.equal([
      {
        ...{ table: 'a', holds: 'identified', purposes: ['research'], role: 'reader' },
        ...{ granted: ['SELECT'], revoked: ['ALTER'] },
      },
      {
        ...{ table: 'a', holds: 'identified', purposes: ['research'], role: 'former' },
        ...{ granted: [], revoked: ['SELECT'] },
      },
    ]);
    expect(renderPlan(planned('data-access', want, have))).to.include(
      '\n    a (identified, for research): + SELECT - ALTER for reader\n',
    );
  });

  const allow = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['a/*'] };
  const deny = { Effect: 'Deny', Action: ['s3:PutObject'], Resource: ['a/*'] };
  const secure = { Bool: { 'aws:SecureTransport': ['true'] } };
  const cases: readonly (readonly [string, JsonObject, JsonObject, string | undefined])[] = [
    ['another statement', { S: allow }, {}, 'new statement'],
    [
      'an action more',
      { S: { ...allow, Action: ['s3:GetObject', 's3:Put'] } },
      { S: allow },
      'allows more',
    ],
    ['a wider resource', { S: { ...allow, Resource: ['*'] } }, { S: allow }, 'allows more'],
    ['a condition less', { S: allow }, { S: { ...allow, Condition: secure } }, 'condition changed'],
    ['a deny that goes', {}, { S: deny }, 'deny removed'],
    ['a deny of less', { S: { ...deny, Resource: [] } }, { S: deny }, 'denies less'],
    ['fewer actions', { S: { ...allow, Action: [] } }, { S: allow }, undefined],
    ['a statement that goes', {}, { S: allow }, undefined],
    ['a further deny', { S: deny }, {}, undefined],
    ['what stays', { S: allow, T: deny }, { S: allow }, undefined],
  ];
  for (const [what, to, from, said] of cases) {
    it(`tells of ${what} whether it lets more through`, () => {
      const bucket = planned('bucket-policy', { Statement: to }, { Statement: from });
      const found = accessChanges(bucket).widened.map((one) => one.what);
      expect(found).to.deep.equal(said === undefined ? [] : [said]);
    });
  }

  it('reads the policies of roles and keys alike', () => {
    const role = (statement: JsonObject): JsonObject => ({
      Policies: { job: { Version: '2012-10-17', Statement: [{ Sid: 'Read', ...statement }] } },
    });
    const wide = { ...allow, Resource: '*' };
    expect(accessChanges(planned('role', role(wide), role(allow))).widened).to.deep.equal([
      { id: 'role/a', statement: 'job Read', what: 'allows more' },
    ]);
    const key = planned('key', { KeyPolicy: { Use: wide } }, { KeyPolicy: { Use: allow } });
    expect(accessChanges(key).widened).to.have.length(1);
  });
});
