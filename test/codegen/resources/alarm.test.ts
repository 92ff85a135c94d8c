import { expect } from 'chai';
import { alarmResources, alarmTopicPolicyJson } from '../../../codegen/resources/alarm.ts';
import { suffix } from '../../../codegen/resources/parameters.ts';
import type { JsonObject } from '../../../codegen/resources/text.ts';
import { chainOf, shop } from './checked-fixture.ts';

interface Rule {
  readonly Name: string;
  readonly EventPattern: { readonly detail: { readonly jobName: readonly string[] } };
}

const alarms = { topic: 'lake-alarms' };
const ruleOf = ({ input }: { readonly input: JsonObject }): Rule =>
  input['Rule'] as unknown as Rule; // as generated

/** A library of so many jobs, with alarms. */
function many(jobs: number, name = 'shop') {
  const of = chainOf(...Array.from({ length: jobs }, (_, at) => [`job_number_${at}`, []] as const));
  return { ...of, library: { ...of.library, name, alarms } };
}

describe('the alarms of a library', () => {
  it('are none where it names no topic', () => {
    const { alarms: _, ...library } = shop().library;
    const without = { ...shop(), library };
    expect(alarmResources(without)).to.deep.equal([]);
    expect(alarmTopicPolicyJson(without)).to.equal(undefined);
  });

  it('are one of what failed and one of what the privacy gate refused, of its own jobs only', () => {
    const found = alarmResources(shop());
    expect(found.map(({ name }) => name)).to.deep.equal(['failed', 'refused']);
    for (const one of found) {
      expect(ruleOf(one).EventPattern.detail.jobName).to.deep.equal([
        `shop${suffix}_customer_trusted`,
        `shop${suffix}_participants`,
      ]);
    }
    expect(alarmTopicPolicyJson(shop())).to.include(`:rule/lakewright-shop${suffix}-*"`);
  });

  it('say which job and run it was, and not why', () => {
    for (const { input } of alarmResources(shop())) {
      expect(JSON.stringify(input['Targets'])).to.not.match(/message|error/);
    }
  });

  it('are several where the jobs are too many for a pattern, each job in one of them', () => {
    const found = alarmResources(many(200)).filter(({ name }) => name.startsWith('failed'));
    expect(found.length).to.be.above(2);
    expect(found[1]?.name).to.equal('failed-2');
    const named = found.flatMap((one) => ruleOf(one).EventPattern.detail.jobName);
    expect(named).to.have.length(200);
    expect(new Set(named).size).to.equal(200);
    for (const one of found) {
      const text = JSON.stringify(ruleOf(one).EventPattern);
      expect(text.replaceAll(suffix, '_abcdefghijklmnop').length).to.be.at.most(2048);
    }
  });

  it('have names that EventBridge takes in each environment, and that never meet', () => {
    const names = ['x'.repeat(63), `${'x'.repeat(62)}y`].flatMap((name) =>
      alarmResources(many(300, name)).map((one) =>
        ruleOf(one).Name.replace(suffix, '_abcdefghijklmnop'),
      ),
    );
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[.\w-]{1,64}$/);
  });
});
