import { sha256 } from '../deploy/manifest.ts';

const HASH_DIGITS = 8;
/** Names that a label can be made of without losing what tells them apart, and that look like no label with a hash. */
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)*$/;
const HASHED = new RegExp(`[_.-][0-9a-f]{${HASH_DIGITS}}$`);

/** How a target writes labels. */
export interface LabelStyle {
  /** The words of a name, which are letters and digits. */
  join(words: readonly string[]): string;
  /** Most characters of a label. */
  readonly longest: number;
}

/**
 * Labels by name, no two alike (upper and lower case aside): a plain name becomes its words; one with other characters, or whose
 * words are those of another, ends in a hash of the name besides.
 */
export function labelsOf(names: readonly string[], style: LabelStyle): ReadonlyMap<string, string> {
  const plain = new Map(names.filter(isPlain).map((name) => [name, style.join(wordsOf(name))]));
  const uses = new Map<string, number>();
  for (const label of plain.values()) {
    uses.set(label.toLowerCase(), (uses.get(label.toLowerCase()) ?? 0) + 1);
  }
  return new Map(
    names.map((name) => {
      const label = plain.get(name);
      if (label === undefined || label.length > style.longest) return [name, hashed(name, style)];
      const isOwn = uses.get(label.toLowerCase()) === 1;
      return [name, isOwn ? label : hashed(name, style)];
    }),
  );
}

function isPlain(name: string): boolean {
  return PLAIN.test(name) && !HASHED.test(name);
}

function hashed(name: string, style: LabelStyle): string {
  const hash = sha256(name).slice(0, HASH_DIGITS);
  const words = wordsOf(name);
  const excess = () => style.join([...words, hash]).length - style.longest;
  while (excess() > 0 && words.length > 1) words.pop();
  const [first = ''] = words;
  // Of one word that is too long, its beginning.
  if (excess() > 0) words[0] = first.slice(0, -excess());
  return style.join([...words, hash]);
}

/** Runs of letters and digits; a label begins with a letter. */
function wordsOf(name: string): string[] {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  return /^[A-Za-z]/.test(words[0] ?? '') ? [...words] : ['x', ...words];
}
