import type { Trigger } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import { workflowOrder } from '../../runtime/workflow-order.ts';

const starts = (...jobs: string[]): Trigger => ({
  Type: 'ON_DEMAND',
  Actions: jobs.map((JobName) => ({ JobName })),
});
const follows = (job: string, after: readonly string[], more: object = {}): Trigger => ({
  Type: 'CONDITIONAL',
  Predicate: {
    Logical: 'AND',
    Conditions: after.map((JobName) => ({ JobName, State: 'SUCCEEDED' as const })),
    ...more,
  },
  Actions: [{ JobName: job }],
});
const order = (...triggers: Trigger[]) => workflowOrder(triggers).map(({ job }) => job);

describe('the order of a workflow', () => {
  it('follows conditions, whatever the order of the triggers', () => {
    expect(order(follows('c', ['b']), follows('b', ['a']), starts('a'))).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
  });
  it('waits for all jobs of an AND, and for one of an ANY', () => {
    const both = [starts('a'), follows('b', ['a']), follows('c', ['a', 'b'])];
    expect(order(...both)).to.deep.equal(['a', 'b', 'c']);
    const either = follows('c', ['a', 'never'], { Logical: 'ANY' });
    expect(order(starts('a'), either)).to.deep.equal(['a', 'c']);
  });
  it('runs a job once that several triggers start', () => {
    expect(order(starts('a', 'b'), follows('c', ['a']), follows('c', ['b']))).to.deep.equal([
      'a',
      'b',
      'c',
    ]);
  });
  it('starts nothing whose condition never comes true', () => {
    const onFailure = follows('mourn', ['a'], {
      Conditions: [{ JobName: 'a', State: 'FAILED' as const }],
    });
    expect(order(starts('a'), onFailure, follows('x', ['y']), follows('y', ['x']))).to.deep.equal([
      'a',
    ]);
  });
  it('hands on the arguments of a trigger', () => {
    const trigger: Trigger = {
      Type: 'SCHEDULED',
      Actions: [{ JobName: 'a', Arguments: { '--b': 'c' } }],
    };
    expect(workflowOrder([trigger])).to.deep.equal([{ job: 'a', arguments: { '--b': 'c' } }]);
  });
});
