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

const token =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may not hold them, so they are named
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

/** Parses one JSON value (RFC 8259) that fills the whole text; undefined where the text is none, or nested too deeply. */
export function parseJson(text: string): JsonValue | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  const reader = { tokens, at: 0, depth: 0 };
  const value = readValue(reader);
  return reader.at === tokens.length ? value : undefined;
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  /** Objects and arrays that are open. */
  depth: number;
}

/** What Spark's parser takes, less the two levels that jobs put around a line. */
const DEEPEST = 998;

function tokensOf(text: string): readonly string[] | undefined {
  const found: string[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) return undefined;
    found.push(match[0].trimStart());
  }
  return found;
}

function readValue(reader: Reader): JsonValue | undefined {
  const first = reader.tokens[reader.at];
  reader.at += 1;
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
  if (first.startsWith('"')) return { kind: 'string', text: JSON.parse(first) as string };
  return /^[-\d]/.test(first) ? { kind: 'number', digits: first } : undefined;
}

function take(reader: Reader, symbol: string): boolean {
  if (reader.tokens[reader.at] !== symbol) return false;
  reader.at += 1;
  return true;
}

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
