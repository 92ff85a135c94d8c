import { expect } from 'chai';
import { declaredJobs } from './declared-access.ts';
import { type DeployedPolicies, deployedPolicies } from './deployed-policies.ts';
import { probes } from './probes.ts';
import type { Probe } from './requests.ts';
import { weakenings } from './weakened-policies.ts';

/** Every job, and others whom IAM allows everything, at every place with every verb: exactly what was declared, nothing else. */
describe('access to what examples/stedi deploys', () => {
  let policies: DeployedPolicies;

  before(async () => {
    policies = await deployedPolicies('stedi');
  });

  const principals = [...new Set(probes.map(({ name }) => name.slice(0, name.indexOf(':'))))];
  for (const principal of principals) {
    const own = probes.filter(({ name }) => name.startsWith(`${principal}:`));
    it(`${principal}: ${own.filter(({ expected }) => expected).length} of ${own.length} requests pass`, () => {
      expect(surprises(own, policies)).to.deep.equal([]);
    });
  }

  it('every job can be taken on by Glue, for that job alone', () => {
    const trust = probes.filter(({ asks }) => asks.some((one) => one.startsWith('trust ')));
    expect(trust).to.have.length(4 * Object.keys(declaredJobs).length);
    expect(surprises(trust, policies)).to.deep.equal([]);
  });

  it('no policy holds a thing that could be left out', () => {
    const weakened = weakenings(policies);
    const unnoticed = weakened.filter((one) => {
      const concerned = probes.filter(({ asks }) => asks.includes(one.policy));
      return concerned.every((probe) => probe.try(one.policies) === probe.expected);
    });
    expect(weakened.length).to.be.above(400);
    expect(unnoticed.map(({ name }) => name)).to.deep.equal([]);
  });
});

function surprises(tried: readonly Probe[], policies: DeployedPolicies): readonly string[] {
  return tried
    .filter((probe) => probe.try(policies) !== probe.expected)
    .map(({ name, expected }) => `${expected ? 'refused' : 'let through'}: ${name}`);
}
