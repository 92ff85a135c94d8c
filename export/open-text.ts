import { isJsonObject, type Json } from '../deploy/json.ts';

/** What a library leaves open until somebody deploys it. */
export type OpenParameter = 'account' | 'region' | 'bucket';

/** A text as literal parts and the parameters between them. */
export type OpenText = readonly (string | { readonly parameter: OpenParameter })[];

/** Private use (Unicode, "Private-Use Characters"): generated files hold them only where an author wrote one. */
const [FIRST_MARK, LAST_MARK] = [0xe000, 0xf8ff];
const PARAMETERS: readonly OpenParameter[] = ['account', 'region', 'bucket'];

/**
 * Stands for the open parameters inside of texts, so that a library can be read as for a deployment and its texts be taken apart
 * afterwards. The mark around a parameter's name is a character that occurs nowhere in the library.
 */
export class OpenTexts {
  readonly #mark: string;
  readonly #pattern: RegExp;

  /** @param known all texts of the library, as they lie on disk */
  constructor(known: readonly string[]) {
    this.#mark = unusedCharacter(known);
    const names = PARAMETERS.join('|');
    this.#pattern = new RegExp(`${this.#mark}(${names})${this.#mark}`);
  }

  /** What a text holds in a parameter's place. */
  placeholder(parameter: OpenParameter): string {
    return `${this.#mark}${parameter}${this.#mark}`;
  }

  /** Takes a text apart; of a text without parameters there is one part. */
  parts(text: string): OpenText {
    // Of a pattern with one group, split gives literals at even and names at odd places.
    return text.split(this.#pattern).flatMap((part, place): OpenText => {
      if (place % 2 === 0) return part === '' ? [] : [part];
      return PARAMETERS.flatMap((parameter) => (parameter === part ? [{ parameter }] : []));
    });
  }
}

function unusedCharacter(texts: readonly string[]): string {
  for (let code = FIRST_MARK; code < LAST_MARK; code += 1) {
    const character = String.fromCharCode(code);
    const escaped = `\\u${code.toString(16)}`; // as JSON may write it
    const isUsed = texts.some(
      (text) => text.includes(character) || text.toLowerCase().includes(escaped),
    );
    if (!isUsed) return character;
  }
  throw new RangeError('the library uses every private-use character of the basic plane');
}

/** A copy of a JSON value in which every text, keys included, went through a function. */
export function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, item]): [string, Json] => [
    String(change(key)),
    mapTexts(item, change),
  ]);
  return Object.fromEntries(members);
}
