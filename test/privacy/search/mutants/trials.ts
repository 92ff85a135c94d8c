import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeMutatedCopy } from './mutated-copy.ts';
import type { Mutation } from './mutations.ts';
import type { Answer, Asked, Size, Trial } from './trial.ts';

/** What became of one mutation. */
export interface Result {
  readonly mutation: Mutation;
  /** Absent where the other form of the rules does not run. */
  readonly trial?: Trial;
  readonly error?: string;
}

/**
 * Tries each mutation in a copy of the rules, in processes of their own.
 * @param told called with each result as it comes
 */
export async function tryMutations(
  mutations: readonly Mutation[],
  { processes = 2, ...size }: Size & { readonly processes?: number },
  told: (result: Result) => void = () => {},
): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-mutants-'));
  writeMutatedCopy(process.cwd(), folder, mutations);
  const left = [...mutations.entries()];
  const results: Result[] = [];
  const work = async () => {
    let worker = await started(folder, size);
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, mutation] = next;
      const isOfRows = mutation.file === 'algebra/consent.ts';
      const answer = await answered(worker, { index, isOfRows }, longest);
      const result = { mutation, ...answer };
      results.push(result);
      told(result);
      if (worker.exitCode === null && worker.signalCode === null) continue;
      worker = await started(folder, size);
    }
    worker.kill();
  };
  try {
    await Promise.all(Array.from({ length: processes }, work));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/** A form of the rules that does not come to an end does not run; milliseconds. */
const longest = 180_000;

async function started(folder: string, size: Size): Promise<ChildProcess> {
  const script = join(folder, 'test/privacy/search/mutants/trial.ts');
  const options = { cwd: folder, execArgv: ['--import', 'tsx'] };
  const worker = fork(script, [JSON.stringify(size)], options);
  const { error } = await answered(worker, undefined);
  if (error !== undefined) throw new TypeError(`no trial can start: ${error}`);
  return worker;
}

/** What a process says next, to a question or of itself; one that says nothing in time is ended. */
function answered(worker: ChildProcess, asked?: Asked, within?: number): Promise<Answer> {
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      clearTimeout(timer);
      worker.off('message', end);
      worker.off('exit', gone);
      resolve(answer);
    };
    const gone = () => end({ error: 'it does not come to an end' });
    const timer =
      within === undefined ? undefined : setTimeout(() => worker.kill('SIGKILL'), within);
    worker.on('message', end);
    worker.on('exit', gone);
    if (asked) worker.send(asked);
  });
}
