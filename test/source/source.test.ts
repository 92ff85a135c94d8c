import { expect } from 'chai';
import fc from 'fast-check';
import type { Library } from '../../algebra/library.ts';
import { job, library, project, sink, source } from '../check/plain.ts';
import { expressionOf, operandNames, type Signature, variablesOf } from '../functions/signature.ts';
import { signatures } from '../functions/signatures.ts';
import { randomPipeline, randomTables } from '../optimize/random-pipelines.ts';
import { compileFolder } from '../privacy/compile.ts';
import { libraryAt } from '../privacy/search/search.ts';
import { plainPrograms } from '../properties/programs.ts';
import { type Given, tableOf } from '../verbs/given.ts';
import { loaded } from './loaded.ts';
import { printable } from './printable.ts';
import { type Printable, programOf } from './program.ts';
import { saidIn } from './said.ts';
import { Unsayable } from './unsayable.ts';

/** `LAKEWRIGHT_SOURCE_RUNS=3000 npx mocha test/source/source.test.ts` for more. */
const runs = Number(process.env['LAKEWRIGHT_SOURCE_RUNS'] ?? 150);

describe('a library printed as an author would write it is the same once it is loaded, and compiles:', () => {
  it('random libraries about people', async () => {
    const drawn = Array.from({ length: runs }, (_, index) => libraryAt(1, index));
    expect(await readBack(drawn, 'people')).to.be.greaterThan(0.95);
  }).timeout(120_000);

  it('pipelines of all verbs', async () => {
    const drawn = fc.sample(randomPipeline, { numRuns: runs, seed: 1 });
    const libraries = drawn.map((rows) => libraryOf(rows, randomTables));
    expect(await readBack(libraries, 'pipelines')).to.be.greaterThan(0.95);
    expect(await compileFolder('.lakewright/source/pipelines/')).to.deep.equal([]);
  }).timeout(120_000);

  it('expressions of all kinds', async () => {
    const drawn = fc.sample(plainPrograms, { numRuns: runs, seed: 1 });
    // They differ in rows only.
    const tables = Object.entries(drawn[0]?.given ?? {}).map(([name, one]) => tableOf(name, one));
    const libraries = drawn.map(({ relation }) => libraryOf(relation, tables));
    // The others call a method of a constant or hide a parameter, which no author writes.
    expect(await readBack(libraries, 'expressions')).to.be.greaterThan(0.65);
    expect(await compiled('expressions')).to.deep.equal([]);
  }).timeout(120_000);

  it('calls of every function', async () => {
    const sound = signatures.filter(({ problem }) => problem === undefined);
    const tables = sound.map((one, index) => tableOf(`operands${index}`, operandsOf(one)));
    const libraries = sound.map((one, index) => {
      const columns = { place: 'place', result: expressionOf(one) };
      return libraryOf(project(source(`landing.operands${index}`), columns), tables);
    });
    // `widthBucket` takes constants only, and a whole one is no double; lists of lists differ in which elements can be null.
    expect(await readBack(libraries, 'functions')).to.be.greaterThan(0.98);
    expect(await compiled('functions')).to.deep.equal([]);
  }).timeout(120_000);
});

function operandsOf(signature: Signature): Given {
  const types = variablesOf(signature).map((type, index) => [operandNames[index] ?? '', type]);
  const [band] = signature.bands ?? [];
  const labels = operandNames.map((name, index) => [name, signature.labels?.[index] ?? []]);
  return {
    columns: { place: 'int', ...Object.fromEntries(types) },
    labels: Object.fromEntries(labels),
    ...(band === undefined ? {} : { bands: { a: band } }),
    rows: [],
  };
}

function libraryOf(rows: Library['jobs'][number]['rows'], tables: Library['tables']): Library {
  return library([job('out', rows, sink('trusted', 'out'))], { tables });
}

/** What tsc says of a folder, unused parameters aside. */
async function compiled(name: string): Promise<readonly string[]> {
  const told = await compileFolder(`.lakewright/source/${name}/`);
  return told.filter((line) => !line.includes('is never read'));
}

/** Prints libraries and loads them; which share of them could be said. */
async function readBack(drawn: readonly Library[], name: string): Promise<number> {
  const printables = drawn.flatMap(printed);
  const made = await loaded(programOf(printables), `.lakewright/source/${name}/`);
  // Some are refused as soon as they are made.
  const both = made.flatMap((one, index) => {
    const given = printables[index]?.library;
    return given && 'library' in one ? [{ given, read: one.library }] : [];
  });
  expect(both.map(({ read }) => saidIn(read))).to.deep.equal(
    both.map(({ given }) => saidIn(given)),
  );
  return both.length / drawn.length;
}

function printed(one: Library): readonly Printable[] {
  try {
    return [printable(one)];
  } catch (error) {
    if (error instanceof Unsayable) return [];
    throw error;
  }
}
