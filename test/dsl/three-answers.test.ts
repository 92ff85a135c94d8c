import { expect } from 'chai';
import { check } from '../../check/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { libraryAt } from '../privacy/search/search.ts';
import { isRefused, ofWords, shown, type Tried, tryBoth } from '../verify/both-answers.ts';
import { forStewards } from '../verify/for-stewards.ts';
import { answersOf, type JobAnswers, type LibraryAnswers } from './three-answers.ts';

/** `LAKEWRIGHT_AGREEMENT_RUNS=3000 LAKEWRIGHT_AGREEMENT_SEED=7 npx mocha test/dsl/three-answers.test.ts` for more, or for others. */
const runs = Number(process.env['LAKEWRIGHT_AGREEMENT_RUNS'] ?? 150);
const seed = Number(process.env['LAKEWRIGHT_AGREEMENT_SEED'] ?? 1);

/** What the compiler says of a step, and the types at the same line; everything else they say where the sink is named. */
const ofSteps = [
  'dsl/no-subject',
  'privacy/no-subject',
  'privacy/not-an-alias',
  'privacy/unknown-consent',
  'privacy/consent-after-filter',
  'privacy/owner-after-filter',
];

describe('the types, the compiler and the verifier, of random libraries as an author writes them,', () => {
  let answers: readonly LibraryAnswers[];
  let jobs: readonly JobAnswers[];
  let verified: readonly Tried[];

  before(async function () {
    this.timeout(300_000 + runs * 1000);
    const drawn = Array.from({ length: runs }, (_, index) =>
      forStewards(libraryAt(seed, index), seed, index),
    );
    answers = await answersOf(drawn, `.lakewright/agreement/${seed}/`);
    jobs = answers.flatMap(firstRefused);
    verified = tryBoth(answers.flatMap(({ library }) => library ?? []));
  });

  it('are asked of safe libraries and of leaky ones', () => {
    expect(answers.length, 'could be written').to.be.greaterThan(runs * 0.95);
    const refused = verified.filter(({ codes }) => codes.length > 0);
    expect(verified.length - refused.length, 'accepted').to.be.greaterThan(runs / 3);
    const forAll = jobs.filter(({ place }) => place.table === 'restricted.odd');
    expect(forAll.length, 'for stewards').to.be.greaterThan(runs / 3);
    expect(refused.length, 'refused').to.be.greaterThan(runs / 6);
    expect(jobs.filter(({ told }) => told.length > 0).length, 'by types').to.be.greaterThan(
      runs / 10,
    );
  });

  it('refuse the same jobs: the types all that they can tell, and nothing else', () => {
    const unlike = jobs.filter(({ expected, told }) => expected.length > 0 !== told.length > 0);
    expect(unlike.map(inFull)).to.deep.equal([]);
  });

  it('disagree on hardly any job that is in order: where a derived copy of a key stands for a person', () => {
    const inOrder = answers.filter(({ library }) => library && check(library).checked);
    const alarmed = inOrder.filter((one) => one.jobs.some(({ told }) => told.length > 0));
    expect(alarmed.length).to.be.at.most(inOrder.length / 50);
  });

  it('point at the same lines', () => {
    const elsewhere = jobs.filter((job) => {
      const own = job.expected.map((one) => lineOf(one, job));
      const steps = job.expected.filter(({ code }) => ofSteps.includes(code));
      const told = job.told.map(({ line }) => line);
      const first = Math.min(...steps.map((one) => lineOf(one, job)));
      // Of what comes after a refused step the compiler says no more.
      const isElsewhere = told.some((line) => !own.includes(line) && line < first);
      return isElsewhere || steps.some((one) => !told.includes(lineOf(one, job)));
    });
    expect(elsewhere.map(inFull)).to.deep.equal([]);
  });

  it('say it in one sentence each, with what to do', () => {
    const texts = jobs.flatMap(({ told }) => told.map(({ text }) => text));
    expect(texts.filter((text) => !isSentence(text))).to.deep.equal([]);
  });

  it('name the table that is written, and the same columns', () => {
    const unlike = jobs.filter((job) =>
      job.told.some(({ line, text }) => line === job.place.sink && !namesTheSame(text, job)),
    );
    expect(unlike.map(inFull)).to.deep.equal([]);
  });

  it('agree on the scripts', () => {
    const accepted = verified.filter(({ codes }) => codes.length === 0);
    const refused = verified.filter(({ codes }) => codes.some((code) => !ofWords.includes(code)));
    expect(accepted.filter(({ findings }) => findings.length > 0).map(shown)).to.deep.equal([]);
    expect(refused.filter((one) => !isRefused(one)).map(shown)).to.deep.equal([]);
  });
});

/** The jobs up to the first that anybody refuses: of what reads its table the compiler speaks as if it were in order. */
function firstRefused({ jobs }: LibraryAnswers): readonly JobAnswers[] {
  const first = jobs.findIndex(({ expected, told }) => expected.length > 0 || told.length > 0);
  return first < 0 ? jobs : jobs.slice(0, first + 1);
}

function lineOf({ code, span }: Diagnostic, { place }: JobAnswers): number {
  return ofSteps.includes(code) ? (span?.line ?? 0) : place.sink;
}

const given = String.raw`(?:Type 'Sink<"\w+", "\w+", [\w" |]+, "\w+">'|Argument of type '"\w+"')`;
const wanted = String.raw`is not assignable to (?:parameter of )?type '"([^"]+)"'\.`;
const message = new RegExp(`^TS\\d+: ${given} ${wanted}$`);
const remedy = /^[^<>{}]+: (?:use|drop or pseudonymize|pseudonymize|declare|keep|join) [^<>{}]+$/;

/** Whether a message is one line, of which all but what was given is a sentence that ends in what to do. */
function isSentence(text: string): boolean {
  const sentence = message.exec(text)?.[1];
  return sentence !== undefined && remedy.test(sentence);
}

/** Whether what is said of a sink names its table, and where it names columns, those that the compiler names. */
function namesTheSame(text: string, { place, expected }: JobAnswers): boolean {
  const sentence = message.exec(text)?.[1] ?? '';
  if (!sentence.startsWith(`${place.table} `)) return false;
  const [, verb, list] = /: (pseudonymize|drop or pseudonymize) (.*)$/.exec(sentence) ?? [];
  // Of what a refused step gives the compiler says no more.
  if (list === undefined || expected.some(({ code }) => ofSteps.includes(code))) return true;
  const isOther = verb === 'pseudonymize';
  const columns = expected.flatMap(({ code, parameters }) =>
    'column' in parameters && (code === 'privacy/other-pseudonym') === isOther
      ? [parameters.column]
      : [],
  );
  const [named = '', more] = list.replace(/ for that purpose$/, '').split(' and more');
  const names = named.split(', ');
  const isWhole = more !== undefined || columns.every((name) => names.includes(name));
  return names.every((name) => columns.includes(name)) && isWhole;
}

/** All it takes to see an answer again. */
function inFull({ source, expected, told }: JobAnswers): string {
  const codes = expected.map(({ code, span }) => `the compiler, of line ${span?.line}: ${code}`);
  const texts = told.map(({ line, text }) => `the types, of line ${line}: ${text}`);
  return [source, ...codes, ...texts].join('\n');
}
