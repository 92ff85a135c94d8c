import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { compileFolder } from './compile.ts';

/** What an editor underlines in a program, and what it says there. */
export interface EditorMessage {
  /** Counted from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The source line. */
  readonly source: string;
  readonly text: string;
}

/**
 * What TypeScript says of a program whose errors are silenced by `@ts-expect-error`, once it is not.
 * @param file path from the project's root
 * @param name of the folder that the program is tried in
 */
export async function editorMessages(
  file: string,
  name: string,
): Promise<readonly EditorMessage[]> {
  const folder = `.lakewright/privacy/${name}/`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const silenced = await readFile(file, 'utf8');
  const program = silenced.replaceAll('// @ts-expect-error', '//');
  await writeFile(join(folder, basename(file)), moved(program, dirname(file), folder));
  return messagesIn(await compileFolder(folder), basename(file), silenced.split('\n'));
}

/** As people see it: the line, what is underlined, and the words. */
export function shown({ line, column, source, text }: EditorMessage): string {
  const margin = ' '.repeat(String(line).length);
  const token = /^(?:[\w$]+|'[^']*')/.exec(source.slice(column - 1))?.[0] ?? ' ';
  const under = `${' '.repeat(column - 1)}${'~'.repeat(token.length)}`;
  return `${line} | ${source}\n${margin} | ${under}\n${text}\n`;
}

function messagesIn(
  output: readonly string[],
  file: string,
  lines: readonly string[],
): readonly EditorMessage[] {
  return output.map((told) => {
    const place = /^(?<path>[^(]+)\((?<line>\d+),(?<column>\d+)\): error (?<text>.*)$/.exec(told);
    const { path = '', line, column, text = '' } = place?.groups ?? {};
    if (!path.endsWith(`/${file}`)) throw new Error(`not about the program: ${told}`);
    return {
      line: Number(line),
      column: Number(column),
      source: lines[Number(line) - 1] ?? '',
      text,
    };
  });
}

/** The same program in another folder. */
function moved(program: string, from: string, to: string): string {
  return program.replaceAll(/ from '(\.[^']+)'/g, (_, path: string) => {
    return ` from '${relative(to, resolve(from, path))}'`;
  });
}
