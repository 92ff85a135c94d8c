import type { Files } from '../verifier.ts';

/** A change by hand of a generated file, after which nobody may believe it. */
export interface Tampering {
  readonly it: string;
  /** Below the library's folder. */
  readonly file: string;
  /** Texts of the file, each there once, and what comes in their places. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  /** What is said of it: the file with its line, and why. */
  readonly says: RegExp;
}

/** Tamperings of one job's script, each of one text; what is said begins with the script's line. */
export function inScript(job: string) {
  const file = `jobs/${job}.py`;
  return (it: string, from: string, to: string, says: RegExp): Tampering => ({
    it,
    file,
    edits: [[from, to]],
    says: new RegExp(`^jobs/${job}\\.py:\\d+: .*${says.source}`),
  });
}

/** The files as somebody left them who edited one. */
export function tampered(files: Files, { file, edits }: Tampering): Files {
  let text = files.get(file) ?? '';
  for (const [from, to] of edits) {
    const found = text.split(from).length - 1;
    if (found !== 1) throw new Error(`${file} has ${JSON.stringify(from)} ${found} times`);
    text = text.replace(from, () => to);
  }
  return new Map([...files, [file, text]]);
}
