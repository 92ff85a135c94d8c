/** Characters that change the meaning of a line of Markdown wherever they stand, or start HTML. */
const anywhere = /[\\`*_[\]<>|~&$]/gu;
/** What makes a heading, a list, a quotation or a rule at the beginning of a line. */
const beginning = /^(?:[#+\-=>:]+|\d+[.)])/u;

/**
 * An author's text as one line of Markdown that shows exactly that text, in a paragraph as well as in a table's cell. White
 * space becomes a space; controls, and the marks that turn the reading direction, go.
 */
export function markdown(text: string): string {
  const line = plainLine(text);
  const start = beginning.exec(line)?.[0] ?? '';
  return [...start].map(entity).join('') + line.slice(start.length).replaceAll(anywhere, escaped);
}

function escaped(character: string): string {
  // A backslash does not stop HTML or a cell's end in every renderer; an entity does.
  return '<>&|'.includes(character) ? entity(character) : `\\${character}`;
}

function entity(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** A name as code; a name that a code span cannot hold in a table's cell is escaped as text instead. */
export function code(name: string): string {
  const line = plainLine(name);
  return line === '' || /[`|\\]/u.test(line) ? markdown(name) : `\`${line}\``;
}

/** Names as code, with commas; a dash for none. */
export function codes(names: readonly string[]): string {
  return names.length === 0 ? '–' : names.map(code).join(', ');
}

/** A text as a label of a Mermaid diagram, without the quotes around it. */
export function mermaidLabel(text: string): string {
  return plainLine(text).replaceAll(
    /["#<>&;`\\{}[\]()|]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}

/** An identifier for Mermaid; different for different names as long as these are of letters, digits, `_` and one dot. */
export function mermaidId(kind: string, name: string): string {
  return `${kind}_${name.replaceAll(/[^A-Za-z0-9_]/gu, '__')}`;
}

function plainLine(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
