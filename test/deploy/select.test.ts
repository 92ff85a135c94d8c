import { expect } from 'chai';
import { desiredState } from '../../deploy/desired-state.ts';
import { DeployError } from '../../deploy/index.ts';
import { type Generated, readGenerated } from '../../deploy/manifest.ts';
import { plan } from '../../deploy/plan.ts';
import type { Desired, Live } from '../../deploy/resource.ts';
import { selectedPlan } from '../../deploy/select.ts';

const TO = { account: '1'.repeat(12), region: 'us-east-1', bucket: 'lake' };

/** Everything as it should be. */
function deployed(desired: readonly Desired[]): Map<string, Live> {
  return new Map(desired.map(({ id, definition, tags }) => [id, { definition, tags }]));
}

describe('a selection of jobs', () => {
  let stedi: Generated;
  let desired: readonly Desired[];

  before(async () => {
    stedi = await readGenerated('generated/stedi');
    desired = desiredState(stedi, TO);
  });

  /** Jobs that selectors choose, with what changed beside what is deployed. */
  function jobs(selectors: readonly string[], live = deployed(desired)): readonly string[] {
    return selectedPlan(plan(desired, live), stedi, selectors).jobs;
  }

  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a job', ['customer_curated'], ['customer_curated']],
    ['the writer of a table', ['curated.customer'], ['customer_curated']],
    [
      'what is up the data',
      ['+customer_curated'],
      ['customer_trusted', 'accelerometer_trusted', 'customer_curated'],
    ],
    [
      'some steps up',
      ['1+step_features_curated'],
      ['machine_learning_curated', 'step_features_curated'],
    ],
    [
      'what is down the data',
      ['machine_learning_curated+'],
      ['machine_learning_curated', 'step_features_curated'],
    ],
    [
      'both',
      ['1+step_trainer_trusted+1'],
      ['customer_curated', 'step_trainer_trusted', 'machine_learning_curated'],
    ],
    [
      'a zone',
      ['zone:trusted'],
      ['customer_trusted', 'accelerometer_trusted', 'step_trainer_trusted'],
    ],
    ['names like', ['step_*'], ['step_trainer_trusted', 'step_features_curated']],
    [
      'several',
      ['customer_trusted', 'customer_curated step_features_curated'],
      ['customer_trusted', 'customer_curated', 'step_features_curated'],
    ],
    [
      'what is in both',
      ['zone:curated,step_trainer_trusted+'],
      ['machine_learning_curated', 'step_features_curated'],
    ],
    [
      'a tag',
      ['tag:lakewright:library=stedi,step_*'],
      ['step_trainer_trusted', 'step_features_curated'],
    ],
    ['what is modified, where nothing is', ['state:modified+'], []],
  ];
  for (const [what, selectors, chosen] of cases) {
    it(`takes ${what}: ${selectors.join(' | ')}`, () => {
      expect(jobs(selectors)).to.deep.equal(chosen);
    });
  }

  it('takes what is modified, by its script, its table or itself, and what is new', () => {
    const live = deployed(desired);
    const spoil = (id: string): void => {
      live.set(id, { definition: {}, tags: live.get(id)?.tags ?? {} });
    };
    spoil('table/trusted.step_trainer');
    spoil('job/customer_curated');
    expect(jobs(['state:modified'], live)).to.deep.equal([
      'customer_curated',
      'step_trainer_trusted',
    ]);
    expect(jobs(['state:modified+'], live)).to.include('step_features_curated');
    live.delete('job/step_features_curated');
    expect(jobs(['state:new'], live)).to.deep.equal(['step_features_curated']);
  });

  it('brings what a job needs into an empty lake, and guards with it', () => {
    const { plan: part } = selectedPlan(plan(desired, new Map()), stedi, ['customer_trusted']);
    const ids = part.actions.map(({ desired: { id } }) => id);
    expect(ids).to.include.members([
      ...['script/customer_trusted', 'role/customer_trusted', 'job/customer_trusted'],
      ...['support/lakewright_runtime', 'table/trusted.customer', 'database/trusted'],
      ...['table/landing.customer', 'database/landing', 'data-access/trusted.customer'],
      ...['workflow/stedi', 'trigger/stedi_start', 'key/trusted', 'bucket-policy/stedi'],
    ]);
    expect(ids).to.not.include.members(['job/accelerometer_trusted']);
    expect(ids.filter((id) => /^(script|trigger)\/.*accelerometer/.test(id))).to.deep.equal([]);
    expect(ids).to.deep.equal(desired.map(({ id }) => id).filter((id) => ids.includes(id)));
    const before = new Set<string>();
    for (const { id, dependsOn } of stedi.resources.filter((one) => ids.includes(one.id))) {
      expect(
        dependsOn.filter((other) => !before.has(other)),
        id,
      ).to.deep.equal([]);
      before.add(id);
    }
  });

  it('leaves what others changed alone', () => {
    const live = deployed(desired);
    for (const [id, { tags }] of live) live.set(id, { definition: {}, tags });
    const { plan: part } = selectedPlan(plan(desired, live), stedi, ['customer_trusted']);
    const ids = part.actions.map(({ desired: { id } }) => id);
    expect(ids.filter((id) => id.startsWith('role/'))).to.deep.equal(['role/customer_trusted']);
    expect(ids.filter((id) => id.startsWith('table/'))).to.have.members([
      'table/landing.customer',
      'table/trusted.customer',
    ]);
  });

  for (const selector of [
    'customer_trustd',
    'zone:gold',
    'tag:team',
    'colour:red',
    '+',
    'state:old',
    'a+b',
  ]) {
    it(`is refused for ${selector}, and names what there is`, () => {
      expect(() => jobs([selector]))
        .to.throw(DeployError, 'customer_trusted')
        .with.property('code', 'deploy/selector-unknown');
    });
  }
});
