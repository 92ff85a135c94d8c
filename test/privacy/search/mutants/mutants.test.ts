import { expect } from 'chai';
import { harmless } from './harmless.ts';
import { type Mutation, mutations } from './mutations.ts';
import { type Result, tryMutations } from './trials.ts';

/**
 * A handful of mutations, one of each kind of rule. All of them, for half an hour or more:
 * `LAKEWRIGHT_PRIVACY_MUTANTS=all npx mocha test/privacy/search/mutants/mutants.test.ts`. Instead of `all` may stand a part of the
 * mutations' names, such as the file of a verb whose rules are new: `LAKEWRIGHT_PRIVACY_MUTANTS=algebra/verbs/dedupe.ts`. Which
 * functions are rules stands in `mutations.ts`.
 */
const asked = process.env['LAKEWRIGHT_PRIVACY_MUTANTS'];

/** What the handful switch off: how the rule begins, as far as it is no other, and what becomes of it. */
const handful: Readonly<Record<string, readonly [rule: string, becomes: string]>> = {
  'that nobody named consents': ['algebra/consent.ts consentedRows: row[node.subject] !==', 'true'],
  'a row of a list without the labels of what a filter finds it by': [
    'algebra/conditions.ts toldByCondition: toldByLists(',
    'equatedColumns(schema, where)',
  ],
  'events settled by the time of others': [
    'algebra/verbs/filter.ts dischargeEvents: column ===',
    'true',
  ],
  'a join of any two people as if of one': [
    'algebra/verbs/join-state.ts joinState: meetsOnSubject(',
    'true',
  ],
  'owners looked up among some of the people': [
    'algebra/verbs/sole-owner.ts state: state.complete ===',
    'false',
  ],
  'names in a pseudonymous table': ['check/zones.ts labelProblem: label', 'false'],
};

/** What only a form of the rules accepts shows that the form is weaker. */
function isWeaker({ trial }: Result): boolean {
  return trial !== undefined && (trial.more > 0 || trial.caught !== undefined);
}

describe('the search for influence, of weaker rules', () => {
  const all = mutations(process.cwd());

  /** The one mutation that is meant. @throws TypeError where the rule is gone, or there are several such */
  const meant = ([rule, becomes]: readonly [string, string]): Mutation => {
    const found = all.filter(({ id }) => id.startsWith(rule) && id.endsWith(` becomes ${becomes}`));
    const [one, ...others] = found;
    if (one && others.length === 0) return one;
    const ids = found.map(({ id }) => `\n  ${id}`).join('');
    throw new TypeError(`not one rule begins with "${rule}" and becomes ${becomes}:${ids}`);
  };

  describe('of a handful', () => {
    let results: ReadonlyMap<Mutation, Result>;

    before(async function () {
      this.timeout(240_000);
      const size = { seed: 1, refused: 600, accepted: 60, worlds: 48, processes: 1 };
      const tried = await tryMutations(Object.values(handful).map(meant), size);
      results = new Map(tried.map((result) => [result.mutation, result]));
    });

    for (const [name, one] of Object.entries(handful))
      it(`catches ${name}`, () => {
        expect(results.get(meant(one))?.trial).to.have.property('caught');
      });
  });

  it('calls no rule harmless that is gone', () => {
    const ids = all.map(({ id }) => id);
    expect(Object.keys(harmless).filter((id) => !ids.includes(id))).to.deep.equal([]);
  });

  it('ends its processes where one of them fails', async function () {
    this.timeout(60_000);
    const before = process.getActiveResourcesInfo();
    const size = { seed: 1, refused: 1, accepted: 1, worlds: 1 };
    const tried = tryMutations(all.slice(0, 2), size, () => {
      throw new RangeError('nobody listens');
    });
    const [thrown] = await Promise.allSettled([tried]);
    expect(thrown).to.have.property('reason').that.is.instanceOf(RangeError);
    const isProcess = (name: string) => name === 'ProcessWrap';
    // What has just exited is listed a little longer.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const after = process.getActiveResourcesInfo();
    expect(after.filter(isProcess)).to.deep.equal(before.filter(isProcess));
  });

  (asked === undefined ? it.skip : it)('catches at least 95 of 100', async () => {
    const some = asked === 'all' ? all : all.filter(({ id }) => id.includes(asked ?? ''));
    expect(some, `no mutation's name has ${asked} in it`).not.to.deep.equal([]);
    const told = ({ mutation, trial, error }: Result) =>
      console.log(JSON.stringify({ id: mutation.id, ...trial, error }));
    const size = { accepted: 200, worlds: 120 };
    const results = await tryMutations(some, { ...size, seed: 1, refused: 4400 }, told);
    const weaker = results.filter(isWeaker);
    const proven = weaker.filter(({ mutation }) => mutation.id in harmless);
    const missed = weaker
      .filter(({ mutation, trial }) => !trial?.caught && !(mutation.id in harmless))
      .map(({ mutation }) => mutation);
    // What few libraries show is looked for in more of them.
    const again = await tryMutations(missed, { ...size, seed: 2, refused: 17_600 }, told);
    const survivors = again.flatMap(({ mutation, trial }) => (trial?.caught ? [] : [mutation.id]));
    console.log(
      `${some.length} forms, ${weaker.length} weaker, ${proven.length} of them harmless, ` +
        `${missed.length} missed at first, then:`,
      survivors,
    );
    expect(proven.filter(({ trial }) => trial?.caught !== undefined)).to.deep.equal([]);
    if (asked === 'all') expect(weaker.length).to.be.greaterThanOrEqual(100);
    const most = 0.05 * (weaker.length - proven.length);
    expect(survivors.length, survivors.join('\n')).to.be.at.most(most);
  }).timeout(0);
});
