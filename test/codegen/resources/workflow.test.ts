import { expect } from 'chai';
import { withoutEnvironment } from '../../../codegen/resources/names.ts';
import { workflowResource } from '../../../codegen/resources/workflow.ts';
import { workflowOrder } from '../../../runtime/workflow-order.ts';
import { chainOf, type Step } from './checked-fixture.ts';

/** A trigger in one line, as it is without an environment. */
function brief(input: object): string {
  const { Type, Schedule, WorkflowName, Predicate, Actions } = JSON.parse(
    withoutEnvironment(JSON.stringify(input)),
  );
  const watched = Predicate?.Conditions?.map((one: { JobName: string }) => one.JobName).join('+');
  const when = [Type, Schedule, watched].filter(Boolean).join(' ');
  const where = WorkflowName === undefined ? ' (outside)' : '';
  return `${when} -> ${Actions.map((one: { JobName: string }) => one.JobName).join(', ')}${where}`;
}

const triggersOf = (...steps: readonly Step[]) =>
  workflowResource(chainOf(...steps)).triggers.map((one) => brief(one.input));

describe('the workflow of a library', () => {
  it('starts the jobs that read no job on demand, and the others when all they read has succeeded', () => {
    expect(
      triggersOf(['a', []], ['b', []], ['c', ['a', 'b']], ['d', ['c']], ['e', ['a', 'c']]),
    ).to.deep.equal([
      'ON_DEMAND -> shop_a, shop_b',
      'CONDITIONAL shop_a+shop_b -> shop_c',
      'CONDITIONAL shop_c -> shop_d',
      'CONDITIONAL shop_a+shop_c -> shop_e',
    ]);
  });

  it('runs on the schedule of its starting jobs', () => {
    expect(triggersOf(['a', [], 'cron(0 3 * * ? *)'], ['b', []], ['c', ['a', 'b']])).to.deep.equal([
      'SCHEDULED cron(0 3 * * ? *) -> shop_a, shop_b',
      'CONDITIONAL shop_a+shop_b -> shop_c',
    ]);
  });

  it('has one starting trigger, whatever schedules there are', () => {
    const triggers = triggersOf(
      ['a', [], 'cron(0 3 * * ? *)'],
      ['b', [], 'cron(0 4 * * ? *)'],
      ['c', ['a', 'b']],
    );
    expect(triggers).to.deep.equal([
      'SCHEDULED cron(0 3 * * ? *) -> shop_a',
      'SCHEDULED cron(0 4 * * ? *) -> shop_b (outside)',
      'CONDITIONAL shop_a -> shop_c',
    ]);
  });

  it('lets a job with a schedule of its own leave, and those that read only from it follow', () => {
    const triggers = triggersOf(
      ['a', []],
      ['b', ['a'], 'cron(0 4 * * ? *)'],
      ['c', ['b']],
      ['d', ['a', 'b']],
    );
    expect(triggers).to.deep.equal([
      'ON_DEMAND -> shop_a',
      'SCHEDULED cron(0 4 * * ? *) -> shop_b (outside)',
      'CONDITIONAL shop_b -> shop_c (outside)',
      'CONDITIONAL shop_a -> shop_d',
    ]);
  });

  it('gives every job a trigger, in an order that the local runtime follows', () => {
    const resource = workflowResource(
      chainOf(['a', []], ['b', ['a'], 'cron(0 4 * * ? *)'], ['c', ['b']], ['d', ['a', 'b']]),
    );
    const triggers = resource.triggers.map((one) =>
      JSON.parse(withoutEnvironment(JSON.stringify(one.input))),
    );
    const started = workflowOrder(triggers).map((one) => one.job);
    expect(started.toSorted()).to.deep.equal(['shop_a', 'shop_b', 'shop_c', 'shop_d']);
  });

  it('activates its triggers where Glue lets it', () => {
    const { triggers } = workflowResource(chainOf(['a', []], ['b', ['a']]));
    const activated = triggers.map((one) => one.input['StartOnCreation']);
    // "StartOnCreation: ... True is not supported for ON_DEMAND triggers."
    expect(activated).to.deep.equal([undefined, true]);
  });
});
