/** A regular expression that Java and JavaScript read alike. */
export interface Pattern {
  /** For Spark. */
  readonly java: string;
  /** For the reference interpreter; `g` finds every match. */
  readonly script: RegExp;
  /** Groups that capture. */
  readonly groups: number;
  readonly matchesEmpty: boolean;
}

/** A part of a pattern: its text in both languages, and how many UTF-16 units it matches. */
interface Part {
  readonly java: string;
  readonly script: string;
  readonly least: number;
  readonly most: number;
  readonly groups: number;
  readonly hasChoice: boolean;
  /** Whether it is in brackets, and perhaps longer than a character. */
  readonly isGroup?: true;
}

class Unreadable extends Error {}

const patterns = new Map<string, Pattern | string>();

/**
 * A pattern of the subset that means the same everywhere and cannot exhaust the stack: characters, `.`, `\d \w \s` and their
 * opposites, `[...]`, groups, `|`, `^`, `$` (the very end), `* + ? {n,m}` and their lazy forms.
 * @returns what is wrong, in words, where it is no such pattern
 */
export function patternOf(text: string): Pattern | string {
  const known = patterns.get(text);
  if (known !== undefined) return known;
  const read = readPattern(text);
  patterns.set(text, read);
  return read;
}

function readPattern(text: string): Pattern | string {
  try {
    const reader = new Reader([...text]);
    const part = reader.alternatives();
    if (!reader.atEnd) throw new Unreadable('`)` without `(`');
    if (text === '') throw new Unreadable('it is empty');
    const script = new RegExp(part.script, 'gu');
    return { java: part.java, script, groups: part.groups, matchesEmpty: part.least === 0 };
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

const nothing: Part = { java: '', script: '', least: 0, most: 0, groups: 0, hasChoice: false };
/** What Java's `.` leaves out, one more than JavaScript's. */
const anyCharacter = '[^\\n\\r\\u0085\\u2028\\u2029]';
/** Java's `\s`; JavaScript's has all of Unicode's spaces. */
const spaces = '\\t\\n\\v\\f\\r ';
const controls = new Set(['t', 'n', 'r', 'f']);
const classes = new Set(['d', 'D', 'w', 'W']);

class Reader {
  readonly #text: readonly string[];
  #at = 0;

  constructor(text: readonly string[]) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  #take(wanted: string): boolean {
    if (this.#text[this.#at] !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const found = this.#text[this.#at];
    if (found === undefined) throw new Unreadable('it ends too early');
    this.#at += 1;
    return found;
  }

  alternatives(): Part {
    let all = this.#sequence();
    while (this.#take('|')) {
      const other = this.#sequence();
      all = {
        java: `${all.java}|${other.java}`,
        script: `${all.script}|${other.script}`,
        least: Math.min(all.least, other.least),
        most: Math.max(all.most, other.most),
        groups: all.groups + other.groups,
        hasChoice: true,
      };
    }
    return all;
  }

  #sequence(): Part {
    let all = nothing;
    while (!this.atEnd && this.#text[this.#at] !== '|' && this.#text[this.#at] !== ')') {
      const next = this.#repeated(this.#atom());
      all = {
        java: all.java + next.java,
        script: all.script + next.script,
        least: all.least + next.least,
        most: all.most + next.most,
        groups: all.groups + next.groups,
        hasChoice: all.hasChoice || next.hasChoice,
      };
    }
    return all;
  }

  #atom(): Part {
    const found = this.#next();
    if (found === '(') return this.#group();
    if (found === '[') return this.#bracket();
    if (found === '\\') return this.#escape();
    if (found === '.') return character('.', anyCharacter, 1, 2);
    if (found === '^') return { ...nothing, java: '^', script: '^' };
    // Java's own `$` also matches before a line break at the end.
    if (found === '$') return { ...nothing, java: '\\z', script: '$' };
    if ('*+?{}]'.includes(found)) {
      throw new Unreadable(`\`${found}\` has nothing to repeat, or must be written \`\\${found}\``);
    }
    return character(found, literalIn(found), found.length);
  }

  #group(): Part {
    const captures = !this.#take('?');
    if (!captures && !this.#take(':')) {
      throw new Unreadable('of the groups that begin with `(?` there is only `(?:`');
    }
    const inner = this.alternatives();
    if (!this.#take(')')) throw new Unreadable('`(` without `)`');
    const open = captures ? '(' : '(?:';
    return {
      ...inner,
      java: `${open}${inner.java})`,
      script: `${open}${inner.script})`,
      groups: inner.groups + (captures ? 1 : 0),
      isGroup: true,
    };
  }

  #escape(): Part {
    const found = this.#next();
    const both = `\\${found}`;
    if (controls.has(found) || classes.has(found)) return character(both, both, 1, widest(found));
    if (found === 's') return character('\\s', `[${spaces}]`);
    if (found === 'S') return character('\\S', `[^${spaces}]`, 1, 2);
    return character(`\\${found}`, literalIn(punctuation(found)));
  }

  #bracket(): Part {
    let java = '[';
    let script = '[';
    let most = 1;
    if (this.#take('^')) {
      java += '^';
      script += '^';
      most = 2;
    }
    const start = this.#at;
    while (this.#at === start || this.#text[this.#at] !== ']') {
      const item = this.#bracketItem(this.#at === start);
      const upper = this.#rangeEnd(item);
      java += item.java + (upper ? `-${upper.java}` : '');
      script += item.script + (upper ? `-${upper.script}` : '');
      most = Math.max(most, (upper ?? item).most);
    }
    this.#at += 1;
    return character(`${java}]`, `${script}]`, 1, most);
  }

  /** The upper end of a range that begins with an item, if there is one. */
  #rangeEnd(lower: BracketItem): BracketItem | undefined {
    if (this.#text[this.#at] !== '-' || this.#text[this.#at + 1] === ']') return undefined;
    this.#at += 1;
    const upper = this.#bracketItem(false);
    const [from, to] = [lower.single?.codePointAt(0), upper.single?.codePointAt(0)];
    if (from === undefined || to === undefined || from > to) {
      throw new Unreadable(`\`${lower.java}-${upper.java}\` is no range of characters`);
    }
    return upper;
  }

  #bracketItem(isFirst: boolean): BracketItem {
    const found = this.#next();
    if (found === '\\') return this.#bracketEscape();
    const isEdge = isFirst || this.#text[this.#at] === ']';
    if ('[]&^'.includes(found) || (found === '-' && !isEdge)) {
      throw new Unreadable(`inside \`[...]\`, \`${found}\` must be written \`\\${found}\``);
    }
    return { java: found, script: literalIn(found), single: found, most: found.length };
  }

  #bracketEscape(): BracketItem {
    const found = this.#next();
    const both = `\\${found}`;
    if (classes.has(found)) return { java: both, script: both, most: widest(found) };
    if (controls.has(found)) return { java: both, script: both, most: 1 };
    if (found === 's') return { java: both, script: spaces, most: 1 };
    const single = punctuation(found);
    return { java: both, script: literalIn(single), single, most: 1 };
  }

  #repeated(part: Part): Part {
    const repeat = this.#repeat();
    if (!repeat) return part;
    const { text, least, most } = repeat;
    if (part.least === 0) throw new Unreadable(`\`${part.java}${text}\` repeats what can be empty`);
    const isVaried = part.hasChoice || part.least !== part.most;
    if (part.isGroup && isVaried && most > 1) {
      // Java's matcher calls itself for each repetition of these, until its stack is full.
      throw new Unreadable(
        `\`${part.java}${text}\` repeats a group of varying length: without \`| . [^]\` and counts inside it can be repeated`,
      );
    }
    const lazy = this.#take('?') ? '?' : '';
    return {
      java: part.java + text + lazy,
      script: part.script + text + lazy,
      least: part.least * least,
      most: part.most * most,
      groups: part.groups,
      hasChoice: part.hasChoice,
    };
  }

  #repeat(): { readonly text: string; readonly least: number; readonly most: number } | undefined {
    if (this.#take('*')) return { text: '*', least: 0, most: Infinity };
    if (this.#take('+')) return { text: '+', least: 1, most: Infinity };
    if (this.#take('?')) return { text: '?', least: 0, most: 1 };
    if (this.#text[this.#at] !== '{') return undefined;
    const rest = this.#text.slice(this.#at, this.#at + 12).join('');
    const [text, from, comma, to] = /^\{(\d{1,4})(,?)(\d{1,4})?\}/.exec(rest) ?? [];
    if (text === undefined) throw new Unreadable('`{` begins no `{n}`, `{n,}` or `{n,m}`');
    const least = Number(from);
    const most = comma === '' ? least : Number(to ?? Infinity);
    if (most < least || most < 1) throw new Unreadable(`\`${text}\` is no range of counts`);
    this.#at += text.length;
    return { text, least, most };
  }
}

interface BracketItem {
  readonly java: string;
  readonly script: string;
  /** The character it is; absent: it is a class. */
  readonly single?: string;
  readonly most: number;
}

function character(java: string, script: string, least = 1, most = least): Part {
  return { java, script, least, most, groups: 0, hasChoice: false };
}

/** An opposite (`\D`) has characters of two UTF-16 units too. */
function widest(found: string): number {
  return found === 'D' || found === 'W' ? 2 : 1;
}

/** Letters and digits behind a backslash mean unlike things in Java and JavaScript. */
function punctuation(found: string): string {
  if (/^[!-/:-@[-`{-~ ]$/.test(found)) return found;
  throw new Unreadable(`\`\\${found}\` is not one of \\d \\w \\s \\t \\n \\r \\f and signs`);
}

/** A character as JavaScript's pattern takes it for itself, everywhere. */
function literalIn(found: string): string {
  return /^[\\^$.*+?()[\]{}|/-]$/.test(found)
    ? `\\u{${found.codePointAt(0)?.toString(16)}}`
    : found;
}

/** A text as Java's pattern that matches exactly it. */
export function quotedPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, (sign) => `\\${sign}`);
}

/** `$1` of groups that the pattern has, and plain text otherwise; or what is wrong. */
export function replacementOf(
  text: string,
  { groups }: Pattern,
): { readonly java: string; readonly parts: readonly (string | number)[] } | string {
  const parts: (string | number)[] = [];
  for (const [piece, group] of text.matchAll(/\$(\d+)|[^$]+|\$/g)) {
    if (group === undefined) parts.push(piece);
    else if (group.length === 1 && Number(group) <= groups) parts.push(Number(group));
    else return `there is no group ${group}`;
  }
  const java = parts.map((part) =>
    typeof part === 'number' ? `$${part}` : part.replace(/[\\$]/g, (sign) => `\\${sign}`),
  );
  // A digit behind `$1` would read as another group.
  const isJoined = parts.some((part, index) => {
    const behind = parts[index + 1];
    return typeof part === 'number' && typeof behind === 'string' && /^\d/.test(behind);
  });
  return isJoined ? 'a digit follows a group' : { java: java.join(''), parts };
}
