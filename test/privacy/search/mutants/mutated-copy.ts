import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Mutation } from './mutations.ts';

/** What a trial needs besides packages. */
const parts = [
  ...['algebra', 'check', 'diagnostics', 'package.json', 'tsconfig.json', 'test/privacy/search'],
  ...['test/check/plain.ts', 'test/verbs'],
];

const choice = 'test/privacy/search/mutants/chosen.ts';

/**
 * Copies the rules into a folder with all mutations in them, each where `chosenMutation` asks for its index, so that one process
 * can try one after the other.
 */
export function writeMutatedCopy(
  root: string,
  folder: string,
  mutations: readonly Mutation[],
): void {
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const sites = sitesOf(mutations);
  for (const file of new Set(sites.map((site) => site.file))) {
    const text = readFileSync(join(root, file), 'utf8');
    const own = sites.filter((site) => site.file === file);
    const chosen = relative(dirname(file), choice);
    const header = `import { chosenMutation } from '${chosen}';\n`;
    writeFileSync(join(folder, file), header + withSites(text, 0, text.length, own));
  }
}

/** An expression that stands for itself, or for what some mutation makes of it. */
interface Site {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly texts: readonly { readonly index: number; readonly text: string }[];
}

/** Outer expressions before those in them. */
function sitesOf(mutations: readonly Mutation[]): readonly Site[] {
  const sites = new Map<string, Site>();
  for (const [index, { file, start, end, text }] of mutations.entries()) {
    const place = `${file} ${start} ${end}`;
    const before = sites.get(place)?.texts ?? [];
    sites.set(place, { file, start, end, texts: [...before, { index, text }] });
  }
  return [...sites.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

/** A stretch of text with the sites in it written out. */
function withSites(text: string, start: number, end: number, sites: readonly Site[]): string {
  let written = '';
  let place = start;
  for (const [index, site] of sites.entries()) {
    // One that lies in another was written with that.
    if (site.start < place || site.end > end) continue;
    const inner = sites.slice(index + 1).filter((one) => one.end <= site.end);
    const own = withSites(text, site.start, site.end, inner);
    const cases = site.texts.map(
      (one) => `chosenMutation.index === ${one.index} ? (${one.text}) : `,
    );
    written += `${text.slice(place, site.start)}(${cases.join('')}(${own}))`;
    place = site.end;
  }
  return written + text.slice(place, end);
}
