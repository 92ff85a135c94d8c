import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What the type checker spent on a program. */
export interface Cost {
  readonly instantiations: number;
  /** Seconds. */
  readonly checkTime: number;
  readonly errors: number;
}

const root = new URL('../../', import.meta.url);

/**
 * Checks a program that imports the language, and tells what it cost in all.
 * @param compiler folder in node_modules
 */
export async function measure(text: string, compiler = 'typescript'): Promise<Cost> {
  const work = new URL('.lakewright/bench-types/', root);
  await mkdir(work, { recursive: true });
  await writeFile(new URL('program.ts', work), text);
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false },
    files: ['program.ts'],
    include: [],
  };
  await writeFile(new URL('tsconfig.json', work), JSON.stringify(config));
  const tsc = fileURLToPath(new URL(`node_modules/${compiler}/bin/tsc`, root));
  const options = ['-p', fileURLToPath(work), '--extendedDiagnostics', '--pretty', 'false'];
  const output = await promisify(execFile)(process.execPath, [tsc, ...options], {
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
  return {
    instantiations: numberAfter('Instantiations', output),
    checkTime: numberAfter('Check time', output),
    errors: output.match(/^\S*program\.ts\(\d+,\d+\): error/gm)?.length ?? 0,
  };
}

function numberAfter(label: string, output: string): number {
  const found = new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1];
  if (found === undefined) throw new Error(`the compiler did not tell its ${label}:\n${output}`);
  return Number(found);
}
