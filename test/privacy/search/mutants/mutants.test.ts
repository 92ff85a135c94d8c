import { expect } from 'chai';
import { harmless } from './harmless.ts';
import { type Mutation, mutations } from './mutations.ts';
import { type Result, tryMutations } from './trials.ts';

/**
 * A handful of mutations, one of each kind of rule; all of them, for hours: `LAKEWRIGHT_PRIVACY_MUTANTS=all npx mocha
 * test/privacy/search/mutants/mutants.test.ts`.
 */
const isLong = process.env['LAKEWRIGHT_PRIVACY_MUTANTS'] === 'all';

const handful: readonly string[] = [
  'algebra/consent.ts consentedRows: row[node.subject] !== null becomes true',
  'algebra/verbs/filter.ts schema: equatedColumns(input, node.where) becomes input',
  'algebra/verbs/filter.ts dischargeEvents: column === event.column becomes true',
  'algebra/verbs/join-state.ts joinState: meetsOnSubject(a, b, node.on) becomes true',
  "algebra/verbs/sole-owner.ts state: state.complete === 'no' becomes false",
  'check/zones.ts labelProblem: label becomes false',
];

/** What only a form of the rules accepts shows that the form is weaker. */
function isWeaker({ trial }: Result): boolean {
  return trial !== undefined && (trial.more > 0 || trial.caught !== undefined);
}

describe('the search for influence, of weaker rules', () => {
  const all = mutations(process.cwd());
  const named = (id: string): Mutation => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new TypeError(`there is no such rule any more: ${id}`);
    return found;
  };

  for (const id of handful) {
    it(`catches ${id}`, async () => {
      const size = { seed: 1, refused: 500, accepted: 100, worlds: 24, processes: 1 };
      const [result] = await tryMutations([named(id)], size);
      expect(result?.trial).to.have.property('caught');
    }).timeout(240_000);
  }

  (isLong ? it : it.skip)('catches at least 95 of 100', async () => {
    const size = { seed: 1, refused: 2200, accepted: 200, worlds: 24 };
    const results = await tryMutations(all, size, ({ mutation, trial, error }) =>
      console.log(JSON.stringify({ id: mutation.id, ...trial, error })),
    );
    const weaker = results.filter(isWeaker);
    const survivors = weaker
      .filter(({ trial }) => trial?.caught === undefined)
      .map(({ mutation }) => mutation.id)
      .filter((id) => !(id in harmless));
    expect(weaker.length).to.be.greaterThanOrEqual(100);
    expect(survivors.length / weaker.length, survivors.join('\n')).to.be.lessThan(0.05);
  }).timeout(0);
});
