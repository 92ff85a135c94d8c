import { expect } from 'chai';
import fc from 'fast-check';
import type { Library } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { job, library, sink } from '../check/plain.ts';
import { randomPipeline, randomTables } from '../optimize/random-pipelines.ts';
import type { Safe } from '../privacy/leaks/leak.ts';
import { libraryAt } from '../privacy/search/search.ts';
import { type Program, programs } from '../properties/programs.ts';
import { tableOf } from '../verbs/given.ts';
import { isRefused, ofWords, shown, tryBoth } from './both-answers.ts';
import { forStewards, readByAJob } from './for-stewards.ts';

/** `LAKEWRIGHT_VERIFY_RUNS=2000 LAKEWRIGHT_VERIFY_SEED=7 npx mocha test/verify/agreement.test.ts` for more, or for others. */
const runs = Number(process.env['LAKEWRIGHT_VERIFY_RUNS'] ?? 150);
const seed = Number(process.env['LAKEWRIGHT_VERIFY_SEED'] ?? 1);

describe('the compiler and the verifier', () => {
  it('agree on random libraries about people, safe ones and leaky ones', () => {
    const libraries = Array.from({ length: runs }, (_, index) =>
      forStewards(libraryAt(seed, index), seed, index),
    );
    const tried = tryBoth(libraries);
    const accepted = tried.filter(({ codes }) => codes.length === 0);
    const refused = tried.filter(({ codes }) => codes.some((code) => !ofWords.includes(code)));
    expect(accepted.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    expect(refused.filter((one) => !isRefused(one)).map(shown)).to.deep.equal([]);
    expect(accepted.length, 'accepted').to.be.greaterThan(runs / 5);
    expect(refused.length, 'refused').to.be.greaterThan(runs / 5);
  }).timeout(300_000);

  it('agree that no job reads what is for stewards', () => {
    const drawn = Array.from({ length: runs }, (_, index) =>
      readByAJob(forStewards(libraryAt(seed, index), seed, index)),
    );
    const reading = drawn.filter(({ jobs }) => jobs.at(-1)?.name === 'again');
    const tried = tryBoth(reading);
    const isSeen = ({ codes, findings }: (typeof tried)[number]) =>
      codes.includes('zones/restricted-read') &&
      findings.some((one) => one.includes('reads restricted.odd, which no job may'));
    expect(tried.filter((one) => !isSeen(one)).map(shown)).to.deep.equal([]);
    expect(tried.length).to.be.greaterThan(runs / 2);
  }).timeout(300_000);

  it('agree on leaks that an author might write, and on what looks like one', async () => {
    const leaky = tryBoth(
      await librariesOf(
        ...[
          'consent',
          'events',
          'influence',
          'joins',
          'keys',
          'labels',
          'lookups',
          'outer-joins',
          'purposes',
          'restricted',
          'windows',
        ],
      ),
    );
    const safe = tryBoth(await librariesOf('safe'));
    expect(safe.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    const seen = leaky.filter(({ codes }) => codes.some((code) => !ofWords.includes(code)));
    expect(seen.filter((one) => !isRefused(one)).map(shown)).to.deep.equal([]);
    expect(safe.length, 'safe').to.be.greaterThan(20);
    expect(seen.length, 'leaky').to.be.greaterThan(40);
  }).timeout(300_000);

  it('agree on pipelines of all verbs over tables about nobody', () => {
    const rows = fc.sample(randomPipeline, { numRuns: runs, seed });
    const tried = tryBoth(rows.map((one) => libraryOf(one, randomTables)));
    expect(tried.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    expect(tried).to.have.length(runs);
  }).timeout(300_000);

  it('agree on expressions of all kinds', () => {
    const drawn = fc.sample(programs, { numRuns: runs, seed });
    const tried = tryBoth(drawn.map(libraryOfProgram));
    // Groups of doubles are warned of, and a permit without an end is the compiler's to refuse.
    const isOfRows = (code: string) =>
      code.startsWith('privacy/') && ![...ofWords, 'privacy/declassify-expires'].includes(code);
    const refused = tried.filter(({ codes }) => codes.some(isOfRows));
    const accepted = tried.filter((one) => !refused.includes(one));
    expect(accepted.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    expect(refused.filter((one) => !isRefused(one)).map(shown)).to.deep.equal([]);
    expect(accepted.length, 'accepted').to.be.greaterThan(runs / 2);
    // The generator gives two columns one name now and then.
    expect(tried.length).to.be.at.least(runs * 0.99);
  }).timeout(300_000);
});

/** The libraries of files of `test/privacy/leaks/`. */
async function librariesOf(...names: readonly string[]): Promise<readonly Library[]> {
  // Imported as the leaks import it: Mocha requires this file, and each way of loading has its own copy of the language.
  const dsl = await import('../../dsl/index.ts');
  const { libraryOf: plain } = await import('../../dsl/library-of.ts');
  const found: Library[] = [];
  for (const name of names) {
    const file: Readonly<Record<string, readonly Safe[]>> = await import(
      new URL(`../privacy/leaks/${name}.ts`, import.meta.url).href
    );
    for (const { jobs } of Object.values(file).flat()) {
      const given = plain(dsl.library('leaks', { jobs: jobs() }));
      if (given) found.push(given);
    }
  }
  return found;
}

function libraryOf(rows: Relation, tables: Library['tables']): Library {
  return library([job('out', rows, sink('trusted', 'out'))], { tables });
}

function libraryOfProgram({ given, relation }: Program): Library {
  const tables = Object.entries(given).map(([name, one]) => tableOf(name, one));
  return libraryOf(relation, tables);
}
