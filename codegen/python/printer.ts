import type { Span } from '../../algebra/span.ts';
import { bracketed, identifier, layoutExpression, layoutValue } from './expression-layout.ts';
import { printImport } from './imports.ts';
import { type Layout, lineWidth, printLayout } from './layout.ts';
import { printableLine } from './literal.ts';
import type { PyFunction, PyImport, PyParameter, PyStatement } from './tree.ts';

/** Printed Python: its text without a final newline, what it imports, and where its lines come from. */
export interface PrintedPython {
  readonly text: string;
  readonly imports: readonly PyImport[];
  /** Lines of `text`, from 1, that begin what an author said at a place. */
  readonly origins: readonly { readonly line: number; readonly span: Span }[];
}

/** Prints statements as `ruff format` (line length 100) would leave them. */
export function printPython(statements: readonly PyStatement[]): PrintedPython {
  const page = new Page();
  page.block(statements, 0);
  return { text: page.lines.join('\n'), imports: page.imports, origins: page.origins };
}

/** A module's docstring or a function's, as the lines of a string literal. */
export function printDocstring(doc: string, depth: number): readonly string[] {
  const width = lineWidth - depth * 4;
  // Quotes at the ends or in threes would end the string early; backslashes would begin an escape.
  const safe = doc.trim().replaceAll('"""', "'''").replace(/^"|"$/g, "'");
  const paragraphs = safe
    .split(/\r\n|[\n\r]/)
    .map((line) => printableLine(line).replaceAll('\\', '\\\\'));
  const lines = paragraphs.flatMap((line, index) => wrap(line, width - (index === 0 ? 6 : 0)));
  const [first = ''] = lines;
  if (lines.length <= 1 && first.length + 6 <= width) return [`"""${first}"""`];
  return [`"""${first}`, ...lines.slice(1), '"""'];
}

/** Breaks prose at spaces; leading spaces (a list's indentation) stay. */
function wrap(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.trim().split(/ +/)) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}

class Page {
  readonly lines: string[] = [];
  readonly imports: PyImport[] = [];
  readonly origins: { line: number; span: Span }[] = [];
  readonly #use = (needed: PyImport) => {
    this.imports.push(needed);
  };

  block(statements: readonly PyStatement[], depth: number): void {
    for (const [index, statement] of statements.entries()) {
      const afterImport = statements[index - 1]?.kind === 'import' && statement.kind !== 'import';
      if (index > 0 && (statement.apart || afterImport)) this.#blank(depth);
      this.#statement(statement, depth);
    }
  }

  #blank(depth: number): void {
    this.lines.push(...(depth === 0 ? ['', ''] : ['']));
  }

  #statement(statement: PyStatement, depth: number): void {
    if (statement.span) this.origins.push({ line: this.lines.length + 1, span: statement.span });
    if (statement.comment) this.#comment(statement.comment, depth);
    switch (statement.kind) {
      case 'import':
        this.#line(printImport(statement.import), depth);
        break;
      case 'with':
        this.#with(statement, depth);
        break;
      case 'function':
        this.#function(statement, depth);
        break;
      default:
        this.#line(layoutValue(statement.value, this.#use), depth, opening(statement));
    }
  }

  #with(statement: Extract<PyStatement, { kind: 'with' }>, depth: number): void {
    const value = layoutExpression(statement.value, this.#use);
    this.#line([value, ` as ${identifier(statement.target)}:`], depth, 'with ');
    this.block(statement.body, depth + 1);
  }

  #function(statement: PyFunction, depth: number): void {
    const parameters = layoutParameters(statement.parameters, this.#use);
    const returns = [' -> ', layoutExpression(statement.returns, this.#use), ':'];
    this.#line([parameters, returns], depth, `def ${identifier(statement.name)}`);
    if (statement.doc !== undefined) {
      this.#push(printDocstring(statement.doc, depth + 1), depth + 1);
    }
    this.block(statement.body, depth + 1);
  }

  #comment(comment: string, depth: number): void {
    const width = lineWidth - depth * 4 - 2;
    const lines = comment
      .trim()
      .split(/\r\n|[\n\r]/)
      .flatMap((line) => wrap(printableLine(line), width));
    this.#push(
      lines.map((line) => `# ${line}`.trimEnd()),
      depth,
    );
  }

  #line(layout: Layout, depth: number, prefix = ''): void {
    const [first = '', ...rest] = printLayout(layout, depth, prefix).split('\n');
    this.#push([first], depth);
    this.lines.push(...rest);
  }

  #push(lines: readonly string[], depth: number): void {
    this.lines.push(...lines.map((line) => (line === '' ? '' : ' '.repeat(depth * 4) + line)));
  }
}

function opening(
  statement: Extract<PyStatement, { kind: 'assign' | 'return' | 'expression' }>,
): string {
  if (statement.kind === 'assign') return `${identifier(statement.target)} = `;
  return statement.kind === 'return' ? 'return ' : '';
}

function layoutParameters(
  parameters: readonly PyParameter[],
  use: (needed: PyImport) => void,
): Layout {
  const star = parameters.findIndex((parameter) => parameter.keywordOnly);
  const items = parameters.map((parameter): Layout => {
    const type = parameter.type ? [': ', layoutExpression(parameter.type, use)] : '';
    const equals = parameter.type ? ' = ' : '=';
    const value = parameter.value ? [equals, layoutExpression(parameter.value, use)] : '';
    return [identifier(parameter.name), type, value];
  });
  return bracketed('(', star < 0 ? items : items.toSpliced(star, 0, '*'), ')', true);
}
