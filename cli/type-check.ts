import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { Span } from '../algebra/span.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { ROOT } from './command.ts';

interface TypeError {
  readonly span: Span;
  readonly text: string;
}

/**
 * Has TypeScript check an author's file and all that it imports, by the project's own rules; unused names are let pass, since
 * they are usual half-way through a change.
 * @param file path of the library
 * @returns a diagnostic for each error, in the compiler's order
 */
export async function typeErrors(file: string): Promise<readonly Diagnostic[]> {
  const state = join(ROOT, '.lakewright');
  await mkdir(state, { recursive: true });
  const config = join(state, `tsconfig.${process.pid}.json`);
  await writeFile(config, JSON.stringify(configFor(state, file)));
  try {
    return errorsIn(await compilerOutput(config)).map(told);
  } finally {
    await rm(config, { force: true });
  }
}

function configFor(state: string, file: string): object {
  return {
    extends: relative(state, join(ROOT, 'tsconfig.json')),
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    files: [resolve(file)],
    include: [],
  };
}

async function compilerOutput(config: string): Promise<string> {
  // Not `import.meta.resolve`, which is missing where a loader runs modules as CommonJS.
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const compiler = join(dirname(typescript), 'bin', 'tsc');
  const args = [compiler, '--noEmit', '--pretty', 'false', '-p', config];
  return await new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      // 1 and 2 are the compiler's codes for "there are errors"; anything else is that it did not run.
      if (error && error.code !== 1 && error.code !== 2) fail(new Error(stderr || error.message));
      else done(stdout);
    });
  });
}

/** `examples/a.ts(3,14): error TS2339: Property 'x' does not exist...`, with continuation lines indented. */
const location = /^(?<file>.+?)\((?<line>\d+),(?<column>\d+)\): error (?<text>TS\d+: .*)$/;

function errorsIn(output: string): readonly TypeError[] {
  const found: { span: Span; text: string }[] = [];
  for (const line of output.split(/\r?\n/)) {
    const groups = location.exec(line)?.groups;
    const last = found.at(-1);
    if (groups) {
      const { file = '', text = '' } = groups;
      const span = { file, line: Number(groups['line']), column: Number(groups['column']) };
      found.push({ span, text });
    } else if (/^error TS/.test(line)) {
      found.push({ span: { file: 'tsconfig.json', line: 1, column: 1 }, text: line.slice(6) });
    } else if (last && /^\s+\S/.test(line)) {
      last.text += ` ${line.trim()}`;
    }
  }
  return found;
}

/** The sentence that a type of the DSL holds for the reader, where the compiler quotes it inside its own words. */
const sentence = /assignable to (?:parameter of )?type '"(?<text>[^"]+)"'/;

function told({ text, span }: TypeError): Diagnostic {
  const [, code = '', own = text] = /^(TS\d+): (.*)$/.exec(text) ?? [];
  const words = sentence.exec(own)?.groups?.['text'] ?? own;
  return diagnostic('generate/type-error', { code, text: words }, { span });
}
