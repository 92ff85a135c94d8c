import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { check } from '../../../check/index.ts';
import { catalogue, type Diagnostic, render } from '../../../diagnostics/index.ts';
import { compileFolder } from '../compile.ts';
import type { Leak, Safe } from './leak.ts';

const folder = 'test/privacy/leaks/';
/** As deep as the folder itself, so that its files import the same modules from there. */
const forcedFolder = '.lakewright/privacy/leaks/';
const root = new URL('../../../', import.meta.url);
const files = [
  'bands.ts',
  'consent.ts',
  'events.ts',
  'groups.ts',
  'influence.ts',
  'joins.ts',
  'keys.ts',
  'labels.ts',
  'lists.ts',
  'lookups.ts',
  'outer-joins.ts',
  'purposes.ts',
  'restricted.ts',
  'windows.ts',
];
const readText = (path: string) => readFile(new URL(path, root), 'utf8');
const sources = new Map<string, string>();
for (const file of files) sources.set(file, await readText(folder + file));

/** Where a leak is refused, and what stands there in the source. */
interface Refusal {
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

async function casesIn<T>(file: string): Promise<readonly T[]> {
  const module: Readonly<Record<string, readonly T[]>> = await import(new URL(file, root).href);
  return Object.values(module).flat();
}

async function diagnosticsOf({ jobs }: Safe): Promise<readonly Diagnostic[]> {
  // Imported as the leaks are: Mocha requires this file, and each way of loading has its own copy of the language.
  const { library } = await import('../../../dsl/index.ts');
  const { libraryOf } = await import('../../../dsl/library-of.ts');
  const given = libraryOf(library('leaks', { jobs: jobs() }));
  if (!given) throw new Error('the jobs make no library');
  return check(given).diagnostics;
}

function refusalsOf(found: readonly Diagnostic[]): readonly Refusal[] {
  return found.map(({ code, span }) => {
    if (!span) throw new Error(`${code} has no place`);
    return { code, line: span.line, column: span.column };
  });
}

const leaks = new Map<string, readonly Leak[]>();
for (const file of files) leaks.set(file, await casesIn<Leak>(folder + file));
const safeJobs = await casesIn<Safe>(`${folder}safe.ts`);
const all = [...leaks].flatMap(([file, found]) => found.map((one) => ({ file, leak: one })));

describe('leaks that are refused', () => {
  it('are many, of many kinds, each told in its own words', () => {
    expect(all).to.have.length.at.least(50);
    expect(new Set(all.map(({ leak }) => leak.code)).size).to.be.at.least(15);
    expect(new Set(all.map(({ leak }) => leak.it)).size).to.equal(all.length);
  });

  for (const { file, leak } of all) {
    it(`${leak.it}: ${leak.code}`, async () => {
      const found = await diagnosticsOf(leak);
      expect(found.map(({ code }) => code)).to.deep.equal([leak.code]);
      const [refusal] = refusalsOf(found);
      expect(textAt(file, refusal)).to.equal(leak.at);
      expect(titleAbove(file, refusal), 'the place is in the leak itself').to.equal(leak.it);
      expect(render(found, { readSource: () => sources.get(file) })).to.match(/= hint {5}\S/);
      expect(catalogue[leak.code].about).to.match(/\S/);
    });
  }
});

describe('leaks past silenced types', () => {
  before(writeForced);

  it('compile once each refused line is cast to any', async () => {
    expect(await compileFolder(forcedFolder)).to.deep.equal([]);
  });

  for (const [file, own] of leaks) {
    it(`are refused all the same, at the same places: ${file}`, async () => {
      const forced = await casesIn<Leak>(forcedFolder + file);
      expect(forced).to.have.length(own.length);
      for (const [index, leak] of own.entries()) {
        const silenced = forced[index];
        if (!silenced) throw new Error('the copy lacks a leak');
        const expected = refusalsOf(await diagnosticsOf(leak)).map(lineOf);
        const found = refusalsOf(await diagnosticsOf(silenced)).map(lineOf);
        expect(found, leak.it).to.deep.equal(expected);
      }
    });
  }

  it('were refused by the types too, but for what types do not follow', () => {
    const untold = all.filter(({ file, leak }) => !toldByTypes(file, leak));
    const codes = [...new Set(untold.map(({ leak }) => leak.code))].sort();
    expect(codes).to.deep.equal([
      'privacy/before-consent',
      'privacy/consent-after-filter',
      'privacy/consent-columns-changed',
      'privacy/consent-in-two-tables',
      'privacy/consent-without-subject',
      'privacy/elapsed-time',
      // Looked up in a list about nobody.
      'privacy/identifier-in-training-set',
      // Groups of one person each.
      'privacy/no-subject',
      'privacy/other-pseudonym',
      'privacy/owner-after-filter',
      'privacy/pseudonyms-of-two-purposes',
      // Looked up in a calendar.
      'privacy/quasi-identifier-in-training-set',
      // Bands of another width than declared, or of what was computed.
      'schema/wrong-type',
    ]);
  });
});

/** Columns are not the same where a cast stands before. */
function lineOf({ code, line }: Refusal): string {
  return `${line}: ${code}`;
}

describe('jobs that let nothing out', () => {
  it('are many, and compile without a cast', async () => {
    expect(safeJobs).to.have.length.at.least(20);
    expect(await readText(`${folder}safe.ts`)).to.not.match(/ as |@ts-/);
  });

  for (const one of safeJobs)
    it(`are accepted: ${one.it}`, async () => expect(await diagnosticsOf(one)).to.deep.equal([]));
});

/** As much of the source at a place as was expected there. */
function textAt(file: string, place: Refusal | undefined): string {
  const line = sources.get(file)?.split('\n')[(place?.line ?? 0) - 1] ?? '';
  const rest = line.slice((place?.column ?? 0) - 1);
  const wanted = all.map(({ leak }) => leak.at).filter((text) => rest.startsWith(text));
  return wanted.toSorted((a, b) => b.length - a.length)[0] ?? rest;
}

/** The title of the last leak that begins above a place. */
function titleAbove(file: string, place: Refusal | undefined): string | undefined {
  const above = (sources.get(file) ?? '').split('\n').slice(0, place?.line);
  const titles = [...above.join('\n').matchAll(/^ {2}leak\(\s*(['"])(.*?)\1,/gm)];
  return titles.at(-1)?.[2];
}

/** Whether the leak's text says that TypeScript refuses it. */
function toldByTypes(file: string, leak: Leak): boolean {
  const text = sources.get(file) ?? '';
  const [own = ''] = text.slice(text.indexOf(leak.it)).split(/\n {2}leak\(/);
  return own.includes('@ts-expect-error');
}

/** The same files, with every line that the types refuse cast to any. */
async function writeForced(): Promise<void> {
  await rm(new URL(forcedFolder, root), { recursive: true, force: true });
  await mkdir(new URL(forcedFolder, root), { recursive: true });
  const names = (await readdir(new URL(folder, root))).filter((name) => !name.endsWith('.test.ts'));
  for (const name of names) {
    const text = await readText(folder + name);
    await writeFile(new URL(forcedFolder + name, root), forced(text));
  }
}

function forced(text: string): string {
  return text.replaceAll(/\/\/ @ts-expect-error\n(.*)/g, (_, line: string) => `//\n${cast(line)}`);
}

function cast(line: string): string {
  const sink = /^(\s*sink: .*),$/.exec(line)?.[1];
  if (sink !== undefined) return `${sink} as any,`;
  const said = /\w+\.table\b/.exec(line)?.[0];
  if (said !== undefined) return line.replace(said, `(${said} as any)`);
  return line.replace(/\(('\w+'|\d+)\)/, '($1 as any)');
}
