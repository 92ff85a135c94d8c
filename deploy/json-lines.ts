/** Line, from 1, of each member and item of a JSON text by its path; of the whole by the empty path. */
export type JsonLines = ReadonlyMap<string, number>;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g;

/** Name of a path in {@link JsonLines}; names may hold any character, so a path is kept as JSON. */
export function pathKey(path: readonly (string | number)[]): string {
  return JSON.stringify(path);
}

/**
 * Where everything is in a text that `JSON.parse` takes: of a member, the line of its name.
 *
 * @example
 * jsonLines('{\n "a": [1]\n}').get(pathKey(['a'])) // 2
 */
export function jsonLines(text: string): JsonLines {
  const lines = new Map<string, number>([[pathKey([]), 1]]);
  const path: (string | number)[] = [];
  let line = 1;
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const last = path.at(-1);
    if (token === '\n') line += 1;
    else if (token === '{' || token === '[') {
      path.push(token === '{' ? '' : 0);
      isName = token === '{';
    } else if (token === '}' || token === ']') {
      path.pop();
      isName = false;
    } else if (token === ',') {
      if (typeof last === 'number') path.splice(-1, 1, last + 1);
      isName = typeof last === 'string';
    } else if (isName && token.startsWith('"')) {
      path.splice(-1, 1, JSON.parse(token));
      lines.set(pathKey(path), line);
      isName = false;
    }
  }
  return lines;
}
