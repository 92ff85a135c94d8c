import { expect } from 'chai';
import fc from 'fast-check';
import type { Job, Library } from '../../algebra/library.ts';
import { printRelation } from '../../algebra/printer.ts';
import { pseudonymPurposes } from '../../algebra/pseudonyms.ts';
import type { Relation } from '../../algebra/relation.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { job, library, sink } from '../check/plain.ts';
import { randomPipeline, randomTables } from '../optimize/random-pipelines.ts';
import type { Safe } from '../privacy/leaks/leak.ts';
import { libraryAt } from '../privacy/search/search.ts';
import { type Program, programs } from '../properties/programs.ts';
import { tableOf } from '../verbs/given.ts';
import { forcedCheck } from './forced-check.ts';
import { type Files, verify } from './verifier.ts';

/** `LAKEWRIGHT_VERIFY_RUNS=2000 LAKEWRIGHT_VERIFY_SEED=7 npx mocha test/verify/agreement.test.ts` for more, or for others. */
const runs = Number(process.env['LAKEWRIGHT_VERIFY_RUNS'] ?? 250);
const seed = Number(process.env['LAKEWRIGHT_VERIFY_SEED'] ?? 1);

interface Tried {
  readonly library: Library;
  /** Codes of what the compiler says is wrong. */
  readonly codes: readonly string[];
  /** What the verifier says is wrong. */
  readonly findings: readonly string[];
}

/** Both answers for each library that has scripts; libraries that the compiler refuses are let through. */
function tryBoth(libraries: readonly Library[]): readonly Tried[] {
  const written = libraries.flatMap((one) => {
    const { checked, diagnostics } = forcedCheck(one);
    const codes = diagnostics.map(({ code }) => code);
    if (!checked || !one.jobs.every(hasOneKey)) return [];
    return [{ library: one, codes, files: scripts(checked) }];
  });
  const verdicts = verify(written.map(({ files }) => files));
  return written.map(({ library: one, codes }, index) => ({
    library: one,
    codes,
    findings: verdicts[index]?.findings ?? ['not verified'],
  }));
}

/** Two purposes' pseudonyms cannot even be written down. */
function hasOneKey({ rows }: Job): boolean {
  return pseudonymPurposes(rows).length < 2;
}

function scripts(checked: Parameters<typeof generate>[0]): Files {
  return new Map([...generate(checked, noWords)].filter(([path]) => !path.endsWith('.md')));
}

function shown({ library: one, codes, findings }: Tried): string {
  const jobs = one.jobs.map(({ name, rows }) => `${name}:\n${printRelation(rows)}`);
  return [...jobs, ...codes, ...findings].join('\n');
}

describe('the compiler and the verifier', () => {
  it('agree on random libraries about people, safe ones and leaky ones', () => {
    const libraries = Array.from({ length: runs }, (_, index) => libraryAt(seed, index));
    const tried = tryBoth(libraries);
    const accepted = tried.filter(({ codes }) => codes.length === 0);
    const refused = tried.filter(({ codes }) => codes.some((code) => !ofWords.includes(code)));
    expect(accepted.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    expect(refused.filter((one) => !isRefused(one)).map(shown)).to.deep.equal([]);
    expect(accepted.length, 'accepted').to.be.greaterThan(runs / 5);
    expect(refused.length, 'refused').to.be.greaterThan(runs / 5);
  }).timeout(300_000);

  it('agree on leaks that an author might write, and on what looks like one', async () => {
    const leaky = tryBoth(
      await librariesOf('consent', 'events', 'influence', 'joins', 'labels', 'lookups', 'purposes'),
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
    const wrong = tried.filter(({ findings }) => findings.length > 0);
    expect(wrong.map(shown)).to.deep.equal([]);
    expect(tried).to.have.length(runs);
  }).timeout(300_000);
});

/**
 * What is wrong with an author's words and not with the rows: a consent asked for under another purpose's name than its columns
 * have, and a time that is no elapsed one, whose label the verifier leaves on.
 */
const ofWords: readonly string[] = ['privacy/consent-columns-changed', 'privacy/elapsed-time'];

/** What follows from the compiler's own doubts: its claims, and what it has a script ask once more. */
const ofCompiler =
  /the compiler says|publishes without|asks for the consent|does not tell who consents/;

/** Whether the verifier refuses scripts for what they do with rows. */
function isRefused({ findings }: Tried): boolean {
  return findings.some((one) => !ofCompiler.test(one));
}

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
