import type { Library } from '../../algebra/library.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import { compileFolder } from '../privacy/compile.ts';
import { loaded } from '../source/loaded.ts';
import { printable } from '../source/printable.ts';
import { type JobPlace, type Printable, programOf } from '../source/program.ts';
import { Unsayable } from '../source/unsayable.ts';
import { saidByTypesAlone } from './types-knowledge.ts';

/** What TypeScript says of a line. */
export interface Told {
  readonly line: number;
  readonly text: string;
}

/** A job as an author wrote it, and what is said of it. */
export interface JobAnswers {
  readonly place: JobPlace;
  /** Its lines, to be shown. */
  readonly source: string;
  /** What the compiler says that types can tell too. */
  readonly expected: readonly Diagnostic[];
  /** What the types say. */
  readonly told: readonly Told[];
}

/** A library as it was loaded from its source. */
export interface LibraryAnswers {
  /** Absent where the language refused it at once. */
  readonly library?: Library;
  readonly jobs: readonly JobAnswers[];
}

/**
 * Writes libraries down as one program, and asks the types and the compiler of each job.
 * @param folder below the project's root, for this program alone
 */
export async function answersOf(
  libraries: readonly Library[],
  folder: string,
): Promise<readonly LibraryAnswers[]> {
  const program = programOf(libraries.flatMap(printed));
  const made = await loaded(program, folder);
  const told = messagesIn(await compileFolder(folder)).map(toldIn);
  const lines = program.text.split('\n');
  return made.map((one, index): LibraryAnswers => {
    const found = 'library' in one ? saidByTypesAlone(one.library) : one.diagnostics;
    const jobs = (program.places[index] ?? []).map((place) => ({
      place,
      source: lines.slice(place.first - 1, place.last).join('\n'),
      expected: found.filter((each) => isOf(each, place)),
      told: told.filter(({ line }) => line >= place.first && line <= place.last),
    }));
    const placed = jobs.flatMap(({ expected }) => expected);
    const lost = found.filter((each) => !placed.includes(each));
    if (lost.length > 0) throw new Error(`of no job: ${JSON.stringify(lost)}`);
    return 'library' in one ? { library: one.library, jobs } : { jobs };
  });
}

function printed(library: Library): readonly Printable[] {
  try {
    return [printable(library)];
  } catch (error) {
    if (error instanceof Unsayable) return [];
    throw error;
  }
}

/** Messages as they are, of one line or more: the further ones are indented. */
function messagesIn(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/\n(?! )/)
    .filter((message) => message !== '');
}

function toldIn(message: string): Told {
  const found = /program\.ts\((\d+),\d+\): error (.*)$/s.exec(message);
  if (!found) throw new Error(`not about the program: ${message}`);
  return { line: Number(found[1]), text: found[2] ?? '' };
}

/** Whether a diagnostic is about a job: by the table that it writes, or by its place. */
function isOf({ parameters, span }: Diagnostic, { first, last, table }: JobPlace): boolean {
  if (
    'table' in parameters &&
    typeof parameters.table === 'string' &&
    !parameters.table.startsWith('landing.')
  )
    return parameters.table === table;
  return span !== undefined && span.line >= first && span.line <= last;
}
