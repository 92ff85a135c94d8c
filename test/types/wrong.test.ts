import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect } from 'chai';

interface Expectation {
  /** Counted from 1, as compilers do. */
  readonly line: number;
  readonly column: number;
  readonly token: string;
  readonly sentence: string;
}

interface Found {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const folder = new URL('./fixtures/', import.meta.url);
const compilers = { 'TypeScript 7': 'typescript', 'TypeScript 6': 'typescript-6' };
const comment = /^\s*\/\/ @ts-expect-error at `(?<token>[^`]+)`: (?<sentence>.+)$/;

const source = await readFile(new URL('wrong.ts', folder), 'utf8');
const expectations = expectationsOf(source.split('\n'));

describe('types: a wrong program', () => {
  for (const [compiler, folderName] of Object.entries(compilers)) {
    describe(`in ${compiler}`, () => {
      let found: readonly Found[] = [];
      before(async () => {
        found = await compile(folderName, source.replaceAll('@ts-expect-error', 'expected:'));
      });

      for (const { line, column, token, sentence } of expectations) {
        it(`line ${line}: \`${token}\` says "${sentence}"`, () => {
          const here = found.filter((one) => one.line === line);
          expect(here.map((one) => one.column)).to.deep.equal([column]);
          expect(unquoted(here[0]?.text ?? '')).to.include(unquoted(sentence));
        });
      }

      it('has no other error', () => {
        const lines = new Set(expectations.map((one) => one.line));
        expect(found.filter((one) => !lines.has(one.line))).to.deep.equal([]);
      });
    });
  }
});

function expectationsOf(lines: readonly string[]): readonly Expectation[] {
  return lines.flatMap((text, index) => {
    const { token, sentence } = comment.exec(text)?.groups ?? {};
    if (token === undefined || sentence === undefined) return [];
    const column = columnOf(token, lines[index + 1] ?? '');
    return [{ line: index + 2, column, token, sentence }];
  });
}

/** Where the token stands in the line, as a whole word and behind what the line is about. */
function columnOf(token: string, line: string): number {
  const escaped = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const words = new RegExp(`(?<![\\w'])${escaped}(?![\\w'])`, 'g');
  const places = [...line.matchAll(words)].map((match) => match.index + 1);
  const place = places.at(-1);
  if (place === undefined) throw new Error(`no \`${token}\` in: ${line}`);
  return place;
}

/** Sentences stand in messages as string literal types, whose quotes the compilers print differently. */
function unquoted(text: string): string {
  return text.replaceAll(/\\?["']/g, "'");
}

/** The errors of a program in the place of the fixture. */
async function compile(compiler: string, program: string): Promise<readonly Found[]> {
  const work = new URL(`../../.lakewright/types/${compiler}/`, import.meta.url);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await writeFile(new URL('tables.ts', work), await readFile(new URL('tables.ts', folder)));
  await writeFile(new URL('wrong.ts', work), program);
  const config = { extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [] };
  await writeFile(new URL('tsconfig.json', work), JSON.stringify(config));
  const tsc = new URL(`../../node_modules/${compiler}/bin/tsc`, import.meta.url);
  const run = promisify(execFile);
  const output = await run(
    process.execPath,
    [tsc.pathname, '-p', work.pathname, '--pretty', 'false'],
    {
      maxBuffer: 16 * 1024 * 1024,
    },
  ).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
  return parse(output);
}

/** Each error with its whole text: the first line carries the place, indented ones say more. */
function parse(output: string): readonly Found[] {
  const errors = output.split(/\n(?=\S)/).filter((text) => text.includes('wrong.ts('));
  return errors.flatMap((text) => {
    const match = /wrong\.ts\((\d+),(\d+)\): error TS\d+: ([\s\S]*)$/.exec(text);
    return match
      ? [{ line: Number(match[1]), column: Number(match[2]), text: match[3] ?? '' }]
      : [];
  });
}
