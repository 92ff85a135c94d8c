import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { Library } from '../../../../algebra/library.ts';
import { libraryAt } from '../search.ts';
import type { Mutation } from './mutations.ts';
import { isAccepted, type Material, type Trial } from './trial.ts';

/** What became of one mutation. */
export interface Result {
  readonly mutation: Mutation;
  /** Absent where the other form of the rules does not run. */
  readonly trial?: Trial;
  readonly error?: string;
}

/** What the trial needs besides packages. */
const parts = [
  ...['algebra', 'check', 'diagnostics', 'package.json', 'tsconfig.json', 'test/privacy/search'],
  ...['test/check/plain.ts', 'test/verbs'],
];

const root = process.cwd();

/**
 * Tries each mutation in a copy of the rules, in processes of their own.
 * @param told called with each result as it comes
 */
export async function tryMutations(
  mutations: readonly Mutation[],
  { processes = 2, ...size }: TrialSize,
  told: (result: Result) => void = () => {},
): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-mutants-'));
  const material = join(folder, 'material');
  writeFileSync(material, serialize(materialOf(size)));
  const left = [...mutations];
  const results: Result[] = [];
  const work = async (slot: number) => {
    const copy = join(folder, String(slot));
    for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (let mutation = left.shift(); mutation; mutation = left.shift()) {
      const result = await tryMutation(mutation, copy, material);
      results.push(result);
      told(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: processes }, (_, slot) => work(slot)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

export interface TrialSize {
  readonly seed: number;
  /** Libraries to draw that the rules refuse, and how many at most that they accept. */
  readonly refused: number;
  readonly accepted: number;
  /** Worlds to try each library in that only a mutation accepts. */
  readonly worlds: number;
  readonly processes?: number;
}

function materialOf(size: TrialSize): Material {
  const [accepted, refused]: [Library[], Library[]] = [[], []];
  for (let index = 0; refused.length < size.refused; index += 1) {
    const library = libraryAt(size.seed, index);
    if (!isAccepted(library)) refused.push(library);
    else if (accepted.length < size.accepted) accepted.push(library);
  }
  return { seed: size.seed, worlds: size.worlds, accepted, refused };
}

async function tryMutation(mutation: Mutation, copy: string, material: string): Promise<Result> {
  const path = join(copy, mutation.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, mutation.start) + mutation.text + text.slice(mutation.end));
  try {
    const isOfRows = mutation.file === 'algebra/consent.ts';
    const script = join(copy, 'test/privacy/search/mutants/trial.ts');
    const answer = await output(copy, [script, material, isOfRows ? 'rows' : 'rules']);
    return { mutation, trial: JSON.parse(answer) as Trial };
  } catch (error) {
    return { mutation, error: String(error).slice(0, 300) };
  } finally {
    writeFileSync(path, text);
  }
}

/** A form of the rules that does not come to an end does not run; milliseconds. */
const longest = 60_000;

function output(folder: string, command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: longest };
    const child = spawn(process.execPath, ['--import', 'tsx', ...command], options);
    const [out, wrong]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => wrong.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else
        reject(
          new Error(
            Buffer.concat(wrong)
              .toString()
              .match(/\w*Error.*/)?.[0] ?? 'failed',
          ),
        );
    });
  });
}
