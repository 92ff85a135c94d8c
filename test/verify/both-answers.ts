import type { Job, Library } from '../../algebra/library.ts';
import { printRelation } from '../../algebra/printer.ts';
import { pseudonymPurposes } from '../../algebra/pseudonyms.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { forcedCheck } from './forced-check.ts';
import { type Files, verify } from './verifier.ts';

/** A library, with what the compiler and the verifier say of it. */
export interface Tried {
  readonly library: Library;
  /** Codes of what the compiler says is wrong. */
  readonly codes: readonly string[];
  /** What the verifier says is wrong. */
  readonly findings: readonly string[];
}

/** Both answers for each library that has scripts; libraries that the compiler refuses are let through. */
export function tryBoth(libraries: readonly Library[]): readonly Tried[] {
  const written = libraries.flatMap((one) => {
    const { checked, diagnostics } = forcedCheck(one);
    const codes = diagnostics.map(({ code }) => code);
    if (!checked || !one.jobs.every(hasOneKey)) return [];
    return [{ library: one, codes, files: scripts(checked) }];
  });
  const verdicts = verify(written.map(({ files }) => files));
  return written.map(({ library: one, codes }, index) => ({
    library: one,
    codes,
    findings: verdicts[index]?.findings ?? ['not verified'],
  }));
}

/** Two purposes' pseudonyms cannot even be written down. */
function hasOneKey({ rows }: Job): boolean {
  return pseudonymPurposes(rows).length < 2;
}

function scripts(checked: Parameters<typeof generate>[0]): Files {
  return new Map([...generate(checked, noWords)].filter(([path]) => !path.endsWith('.md')));
}

/** All it takes to see an answer again. */
export function shown({ library: one, codes, findings }: Tried): string {
  const jobs = one.jobs.map(({ name, rows }) => `${name}:\n${printRelation(rows)}`);
  return [...jobs, ...codes, ...findings].join('\n');
}

/**
 * What is wrong with an author's words and not with the rows: a consent asked for under another purpose's name than its columns
 * have, and a time that is no elapsed one, whose label the verifier leaves on.
 */
export const ofWords: readonly string[] = [
  'privacy/consent-columns-changed',
  'privacy/elapsed-time',
];

/** What follows from the compiler's own doubts: its claims, and what it has a script ask once more. */
const ofCompiler =
  /the compiler says|publishes without|asks for the consent|does not tell who consents/;

/** Whether the verifier refuses scripts for what they do with rows. */
export function isRefused({ findings }: Tried): boolean {
  return findings.some((one) => !ofCompiler.test(one));
}
