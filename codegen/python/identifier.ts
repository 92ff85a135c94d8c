const shape = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Python 3.13's keywords, the soft ones included. */
const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield match case type _'
  ).split(' '),
);

/** Names that a script must not hide. */
const builtins = new Set(
  (
    'abs all any bin bool bytes chr dict dir filter float format hash hex id input int iter len list map max min next ' +
    'object oct open ord pow print range repr reversed round set slice sorted str sum super tuple vars zip'
  ).split(' '),
);

/** Whether the text can stand in a script as a name. */
export function isIdentifier(text: string): boolean {
  return shape.test(text) && !keywords.has(text);
}

/**
 * A Python name made of any text: `customerTrusted` and `customer-trusted` give `customer_trusted`. Different texts can give
 * the same name; `NameScope` tells them apart.
 */
export function snakeCase(text: string): string {
  const words = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  const name = /^[a-z]/.test(words) ? words : `value_${words}`.replace(/_$/, '');
  return keywords.has(name) || builtins.has(name) ? `${name}_rows` : name;
}

/** Gives out names, each once. Case does not tell names apart, since it does not in Spark's columns. */
export class NameScope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  /** The name itself or, where it is taken, the name with the first free number. */
  fresh(name: string): string {
    let found = name;
    for (let number = 2; this.#taken.has(found.toLowerCase()); number += 1) {
      found = `${name}_${number}`;
    }
    this.#taken.add(found.toLowerCase());
    return found;
  }
}
