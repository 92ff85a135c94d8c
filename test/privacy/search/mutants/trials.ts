import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
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
 * Tries each mutation in a copy of the rules, in processes of their own. None of them is left when the promise is settled.
 * @param told called with each result as it comes
 * @throws TypeError where no process can start
 */
export async function tryMutations(
  mutations: readonly Mutation[],
  { processes = 2, ...size }: Size & { readonly processes?: number },
  told: (result: Result) => void = () => {},
): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lakewright-mutants-'));
  const left = [...mutations.entries()];
  const results: Result[] = [];
  const workers: ChildProcess[] = [];
  const begin = async () => {
    const worker = forked(folder, size);
    workers.push(worker);
    const { error } = await answered(worker);
    if (error !== undefined) throw new TypeError(`no trial can start: ${error}`);
    return worker;
  };
  const work = async () => {
    let worker = await begin();
    for (let next = left.shift(); next; next = left.shift()) {
      if (hasEnded(worker)) worker = await begin();
      const [index, mutation] = next;
      const isOfRows = mutation.file === 'algebra/consent.ts';
      const result = { mutation, ...(await answered(worker, { index, isOfRows }, longest)) };
      results.push(result);
      told(result);
    }
  };
  try {
    writeMutatedCopy(process.cwd(), folder, mutations);
    await Promise.all(Array.from({ length: processes }, work));
  } finally {
    // Where one failed, the others have nothing more to do.
    left.length = 0;
    await Promise.all(workers.map(end));
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/** A form of the rules that does not come to an end does not run; milliseconds. */
const longest = 180_000;

function forked(folder: string, size: Size): ChildProcess {
  const script = join(folder, 'test/privacy/search/mutants/trial.ts');
  return fork(script, [JSON.stringify(size)], { cwd: folder, execArgv: ['--import', 'tsx'] });
}

function hasEnded(worker: ChildProcess): boolean {
  return worker.exitCode !== null || worker.signalCode !== null;
}

async function end(worker: ChildProcess): Promise<void> {
  if (hasEnded(worker)) return;
  const exit = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exit;
}

/** What a process says next, to a question or of itself; one that says nothing in time is ended. */
function answered(worker: ChildProcess, asked?: Asked, within?: number): Promise<Answer> {
  return new Promise((resolve) => {
    const say = (answer: Answer) => {
      clearTimeout(timer);
      worker.off('message', say);
      worker.off('exit', gone);
      resolve(answer);
    };
    const gone = () => say({ error: 'it does not come to an end' });
    const timer =
      within === undefined ? undefined : setTimeout(() => worker.kill('SIGKILL'), within);
    worker.on('message', say);
    worker.on('exit', gone);
    if (asked) worker.send(asked);
  });
}
