/**
 * A JSON value that keeps what `JSON.parse` loses: the digits of its numbers, and keys that appear twice.
 */
export type JsonValue =
  | null
  | boolean
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonValue])[] };

/** Levels of lists and objects within one another that Spark's parser takes. */
const DEEPEST = 1000;
/** Digits of a number that it takes. */
const LONGEST = 1000;

const strict =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them, so they are named
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;
/** Also texts in single quotes, and control characters as they are: what Spark's functions of paths take. */
const lenient =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\]|\\(?:['"\\/bfnrt]|u[0-9a-fA-F]{4}))*"|'(?:[^'\\]|\\(?:['"\\/bfnrt]|u[0-9a-fA-F]{4}))*')|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

/** Parses one JSON value (RFC 8259) that fills the whole text; undefined where the text is none, or nested too deeply. */
export function parseJson(text: string): JsonValue | undefined {
  // Jobs put two levels around a line.
  const reader = { text, token: strict, at: 0, depth: 2 };
  const value = readValue(reader);
  return /^[ \t\n\r]*$/.test(text.slice(reader.at)) ? value : undefined;
}

/**
 * Parses the list or object that a text begins with, as Spark's functions do: what stands behind it is not looked at.
 * Undefined where it begins with neither.
 * @param how `lenient` takes texts in single quotes too, and control characters in texts
 */
export function firstJson(text: string, how: 'strict' | 'lenient'): JsonValue | undefined {
  const reader = { text, token: how === 'strict' ? strict : lenient, at: 0, depth: 0 };
  return /^[ \t\n\r]*[[{]/.test(text) ? readValue(reader) : undefined;
}

interface Reader {
  readonly text: string;
  readonly token: RegExp;
  at: number;
  /** Objects and arrays that are open. */
  depth: number;
}

function next(reader: Reader): string | undefined {
  reader.token.lastIndex = reader.at;
  const match = reader.token.exec(reader.text);
  if (!match) return undefined;
  reader.at = reader.token.lastIndex;
  return match[0].trimStart();
}

function take(reader: Reader, symbol: string): boolean {
  const { at } = reader;
  if (next(reader) === symbol) return true;
  reader.at = at;
  return false;
}

function readValue(reader: Reader): JsonValue | undefined {
  const first = next(reader);
  if (first === undefined) return undefined;
  if (first === '{' || first === '[') {
    reader.depth += 1;
    if (reader.depth > DEEPEST) return undefined;
    const value = first === '{' ? readObject(reader) : readArray(reader);
    reader.depth -= 1;
    return value;
  }
  if (first === 'null') return null;
  if (first === 'true' || first === 'false') return first === 'true';
  if (/^["']/.test(first)) return { kind: 'string', text: textOf(first) };
  const isNumber = /^[-\d]/.test(first) && first.replace(/\D/g, '').length <= LONGEST;
  return isNumber ? { kind: 'number', digits: first } : undefined;
}

/** What stands within quotes. */
function textOf(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/g,
    (_, hex: string | undefined, sign: string) =>
      hex === undefined ? (escaped[sign] ?? sign) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const escaped: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function readArray(reader: Reader): JsonValue | undefined {
  const items: JsonValue[] = [];
  if (take(reader, ']')) return { kind: 'array', items };
  do {
    const item = readValue(reader);
    if (item === undefined) return undefined;
    items.push(item);
  } while (take(reader, ','));
  return take(reader, ']') ? { kind: 'array', items } : undefined;
}

function readObject(reader: Reader): JsonValue | undefined {
  const entries: (readonly [string, JsonValue])[] = [];
  if (take(reader, '}')) return { kind: 'object', entries };
  do {
    const key = readValue(reader);
    if (!isText(key) || !take(reader, ':')) return undefined;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    entries.push([key.text, value]);
  } while (take(reader, ','));
  return take(reader, '}') ? { kind: 'object', entries } : undefined;
}

function isText(value: JsonValue | undefined): value is Extract<JsonValue, { kind: 'string' }> {
  return typeof value === 'object' && value !== null && value.kind === 'string';
}
