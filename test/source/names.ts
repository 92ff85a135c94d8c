/** Names of a program's constants: each once, none of them a word of the language or of TypeScript. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken, ...words, 'c']);
  }

  /** A name like the wanted one. */
  fresh(wanted: string): string {
    const plain = wanted.replaceAll(/\W/g, '_').replace(/^(?=\d|$)/, '_');
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? plain : `${plain}${count}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }

  /** The names so far, for a part of the program that has more of its own. */
  inside(): Names {
    return new Names(this.#taken);
  }
}

const words = [
  ...['arguments', 'await', 'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger'],
  ...['default', 'delete', 'do', 'else', 'enum', 'eval', 'export', 'extends', 'false', 'finally'],
  ...['for', 'function', 'if', 'implements', 'import', 'in', 'instanceof', 'interface', 'let'],
  ...['new', 'null', 'package', 'private', 'protected', 'public', 'return', 'static', 'super'],
  ...['switch', 'this', 'throw', 'true', 'try', 'typeof', 'undefined', 'var', 'void', 'while'],
  ...['with', 'yield', 'async', 'of', 'as', 'any', 'never', 'unknown', 'object', 'symbol'],
];
