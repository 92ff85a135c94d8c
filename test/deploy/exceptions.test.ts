import { expect } from 'chai';
import { DeployError, planDeployment } from '../../deploy/index.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import { BUCKET, fixture, writeFixture } from './fixture.ts';

const entry = {
  job: 'customer_curated',
  table: 'curated.customer',
  column: 'score',
  from: ['quasi-identifier', 'sensitive'],
  to: ['sensitive'],
  reason: 'It is on a board.',
  reviewer: 'ann@example.org',
  expires: '2027-03-31',
};
const rows = { ...entry, column: undefined, from: ['mixed'], to: ['research'] };

describe('what people allowed, in a deployment,', () => {
  let directory = '';
  let remove = async () => {};
  before(async () => {
    const of = fixture();
    of.exceptions = {
      declassifications: [entry, JSON.parse(JSON.stringify(rows))],
      crossSubjects: [
        {
          job: 'customer_trusted',
          table: 'trusted.customer',
          on: [{ left: 'city', right: 'town' }],
          reason: 'who may visit whom',
        },
      ],
    };
    ({ directory, remove } = await writeFixture(of));
  });
  after(() => remove());

  it('is read off the manifest in words', async () => {
    const { exceptions } = await readGenerated(directory);
    const permit = { reviewer: entry.reviewer, expires: entry.expires };
    const what = (said: string) => `${said} for curated.customer`;
    expect(exceptions).to.deep.equal([
      {
        job: entry.job,
        what: `${what('column score')}: quasi-identifier, sensitive to sensitive`,
        reason: entry.reason,
        permit,
      },
      { job: entry.job, what: `${what('rows')}: mixed to research`, reason: entry.reason, permit },
      {
        job: 'customer_trusted',
        what: 'rows of two people for trusted.customer meet, joined on city = town',
        reason: 'who may visit whom',
      },
    ]);
  });

  it('is refused from the day after its last, before any call', async () => {
    const planned = (now: string) =>
      planDeployment({
        directory,
        bucket: BUCKET,
        endpoint: 'http://127.0.0.1:1',
        region: 'eu-central-1',
        now: new Date(now),
      }).then(
        () => 'planned',
        (error: unknown) => (error instanceof DeployError ? error : String(error)),
      );
    const refused = await planned('2027-04-01T00:00:00Z');
    expect(refused).to.have.property('code', 'deploy/declassify-expired');
    expect(refused)
      .to.have.property('message')
      .that.includes('(until 2027-03-31, allowed by ann@example.org)');
    // On its last day nothing but the endpoint, which is none, stands in the way.
    const tried = await planned('2027-03-31T23:59:59Z');
    expect(tried).not.to.have.property('code', 'deploy/declassify-expired');
    expect(tried).to.be.instanceOf(DeployError);
  });
});
