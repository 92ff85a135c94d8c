import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** An error of the compiler; line and column count from 1. */
export interface Found {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

const root = new URL('../../', import.meta.url);
const fixtures = new URL('./fixtures/', import.meta.url);

/**
 * The errors of a program that imports the language, and fixtures beside it.
 * @param compiler folder in node_modules
 * @param beside fixtures that the program imports
 */
export async function compile(
  compiler: string,
  program: string,
  beside: string,
): Promise<readonly Found[]> {
  const work = new URL(`.lakewright/types/${compiler}-${beside}/`, root);
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await copyFile(new URL(beside, fixtures), new URL(beside, work));
  await writeFile(new URL('program.ts', work), program);
  const config = { extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [] };
  await writeFile(new URL('tsconfig.json', work), JSON.stringify(config));
  const tsc = fileURLToPath(new URL(`node_modules/${compiler}/bin/tsc`, root));
  const options = [tsc, '-p', fileURLToPath(work), '--pretty', 'false'];
  const output = await promisify(execFile)(process.execPath, options, {
    maxBuffer: 16 * 1024 * 1024,
  }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
  return parse(output);
}

/** Each error with its whole text: the first line carries the place, indented ones say more. */
function parse(output: string): readonly Found[] {
  const errors = output.split(/\n(?=\S)/).filter((text) => text.includes('program.ts('));
  return errors.flatMap((text) => {
    const match = /program\.ts\((\d+),(\d+)\): error TS\d+: ([\s\S]*)$/.exec(text);
    return match
      ? [{ line: Number(match[1]), column: Number(match[2]), text: match[3] ?? '' }]
      : [];
  });
}
