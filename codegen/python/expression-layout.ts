import { isIdentifier } from './identifier.ts';
import { group, indent, type Layout, softLine, spaceLine, whenBroken } from './layout.ts';
import { printLiteral } from './literal.ts';
import type { PyCall, PyExpression, PyImport } from './tree.ts';

/** How an expression may be laid out, in ruff's style; `use` hears of every import it needs. */
export function layoutExpression(
  expression: PyExpression,
  use: (needed: PyImport) => void,
): Layout {
  const inside = (part: PyExpression) => layoutExpression(part, use);
  switch (expression.kind) {
    case 'name':
      return identifier(expression.name);
    case 'symbol':
      use(expression.import);
      return identifier(boundName(expression.import));
    case 'literal':
      return printLiteral(expression.value);
    case 'attribute':
    case 'call':
      return isFluent(expression)
        ? group(layoutChain(expression, use, softLine))
        : layoutChain(expression, use, '');
    case 'operation': {
      const rest = expression.operands
        .slice(1)
        .map((operand) => [spaceLine, expression.operator, ' ', layoutOperand(operand, use)]);
      return group([layoutOperand(expression.operands[0], use), rest]);
    }
    case 'negation':
      return [expression.operator, layoutOperand(expression.operand, use)];
    case 'list':
      return bracketed('[', expression.items.map(inside), ']', true);
    case 'dict':
      return bracketed(
        '{',
        expression.entries.map(({ key, value }) => [inside(key), ': ', inside(value)]),
        '}',
        true,
      );
    case 'lambda': {
      const { parameters, body } = expression;
      const given = parameters.map(identifier).join(', ');
      return [`lambda ${given}: `, layoutBody(body, use)];
    }
  }
}

/** A value after `=` or `return`: a chain of calls that has to break gets parentheses, so that each call has its line. */
export function layoutValue(expression: PyExpression, use: (needed: PyImport) => void): Layout {
  return isFluent(expression) ? inParentheses(expression, use) : layoutExpression(expression, use);
}

/** The same behind `lambda ...:`, where operations get them too. */
function layoutBody(body: PyExpression, use: (needed: PyImport) => void): Layout {
  const isBare = body.kind === 'negation' && !needsParentheses(body.operand);
  return isFluent(body) || isBare || body.kind === 'operation'
    ? inParentheses(body, use)
    : layoutExpression(body, use);
}

function inParentheses(expression: PyExpression, use: (needed: PyImport) => void): Layout {
  const layout = layoutExpression(expression, use);
  return group([whenBroken('('), indent([softLine, layout]), softLine, whenBroken(')')]);
}

/** The name that an import gives to the script. */
export function boundName({ module, name, alias }: PyImport): string {
  return alias ?? name ?? module;
}

export function identifier(name: string): string {
  if (!isIdentifier(name)) throw new TypeError(`not a Python name: ${JSON.stringify(name)}`);
  return name;
}

/** Items between brackets: all on one line, or each on its own with a comma behind (`comma`). */
export function bracketed(
  open: string,
  items: readonly Layout[],
  close: string,
  comma: boolean,
): Layout {
  if (items.length === 0) return open + close;
  const separated = items.map((item, index) => (index === 0 ? item : [',', spaceLine, item]));
  return group([
    open,
    indent([softLine, separated]),
    comma ? whenBroken(',') : '',
    softLine,
    close,
  ]);
}

function layoutChain(
  expression: PyExpression,
  use: (needed: PyImport) => void,
  beforeDot: Layout,
): Layout {
  if (expression.kind === 'call') {
    return [layoutChain(expression.callee, use, beforeDot), layoutArguments(expression, use)];
  }
  if (expression.kind !== 'attribute') return layoutOperand(expression, use);
  const breaks = expression.value.kind === 'call' || needsParentheses(expression.value);
  return [
    layoutChain(expression.value, use, beforeDot),
    breaks ? beforeDot : '',
    '.',
    identifier(expression.name),
  ];
}

function layoutArguments(call: PyCall, use: (needed: PyImport) => void): Layout {
  const items = [
    ...call.arguments.map((argument) => layoutExpression(argument, use)),
    ...call.keywords.map(({ name, value }) => [
      identifier(name),
      '=',
      layoutExpression(value, use),
    ]),
  ];
  return bracketed('(', items, ')', items.length > 1);
}

function layoutOperand(
  expression: PyExpression | undefined,
  use: (needed: PyImport) => void,
): Layout {
  if (!expression) throw new TypeError('an operation without operands');
  const layout = layoutExpression(expression, use);
  return needsParentheses(expression) ? bracketed('(', [layout], ')', false) : layout;
}

function needsParentheses(expression: PyExpression): boolean {
  return expression.kind === 'operation' || expression.kind === 'negation';
}

/** Whether ruff counts a chain as fluent: two dots or more that follow a call. */
function isFluent(expression: PyExpression): boolean {
  let dots = 0;
  let part = expression;
  while (part.kind === 'call' || part.kind === 'attribute') {
    if (part.kind === 'call') part = part.callee;
    else {
      part = part.value;
      if (part.kind === 'call' || needsParentheses(part)) dots += 1;
    }
  }
  return dots >= 2;
}
