import type * as Morph from 'ts-morph';

/** The text of the TSDoc directly above a constant, up to its first tag. */
export function docAbove(declaration: Morph.VariableDeclaration): string | undefined {
  const doc = declaration.getVariableStatement()?.getJsDocs().at(-1);
  return doc?.getDescription().trim() || undefined;
}

/** The comment lines that end directly above a constant, without an empty line between. */
export function leadingComment(declaration: Morph.VariableDeclaration): string | undefined {
  const statement = declaration.getVariableStatement();
  if (!statement) return undefined;
  const text = statement.getSourceFile().getFullText();
  const before = text.slice(statement.getFullStart(), statement.getStart());
  const block = before.split(/\n[ \t]*\r?\n/).at(-1) ?? '';
  return commentsAt(`\n${block}`, 0);
}

const comment = /^\s*(?:\/\/(?<line>[^\n]*)|\/\*(?<block>[\s\S]*?)\*\/)/;

/** The comments at a position of a text, before the next token; one on the position's own line belongs to what is before it. */
export function commentsAt(text: string, position: number): string | undefined {
  const lines: string[] = [];
  let rest = text.slice(position);
  let isSameLine = true;
  for (let found = comment.exec(rest); found; found = comment.exec(rest)) {
    const [whole] = found;
    const lead = whole.length - whole.trimStart().length;
    isSameLine &&= !whole.slice(0, lead).includes('\n');
    if (!isSameLine)
      lines.push(...plainLines(found.groups?.['line'] ?? found.groups?.['block'] ?? ''));
    rest = rest.slice(whole.length);
  }
  return lines.join('\n').trim() || undefined;
}

function plainLines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
}
