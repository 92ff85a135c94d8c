import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { compile, type Found } from './compile.ts';

interface Expectation {
  /** Counted from 1, as compilers do. */
  readonly line: number;
  readonly column: number;
  readonly token: string;
  readonly sentence: string;
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
        const program = source.replaceAll('@ts-expect-error', 'expected:');
        found = await compile(folderName, program, 'tables.ts');
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
