import type * as Morph from 'ts-morph';
import type { Span } from '../algebra/span.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';

/** What to write on columns in place of an operator that JavaScript evaluates once. */
const replacements: Readonly<Record<string, string>> = {
  '&&': 'a.and(b)',
  '||': 'a.or(b)',
  '??': 'a.orElse(b)',
  '!': 'a.not()',
  '?:': 'when(a, b).otherwise(c)',
};

/**
 * JavaScript's own operators, and `any`, in the callbacks that a call is given.
 * @param file of the call, for the places
 */
export function findPlainOperators(
  call: Morph.CallExpression,
  file: string,
  { Node }: typeof Morph,
): readonly Diagnostic[] {
  const callbacks = call
    .getArguments()
    .flatMap((one) => (Node.isObjectLiteralExpression(one) ? optionsOf(one, Node) : [one]))
    .filter((one) => Node.isArrowFunction(one) || Node.isFunctionExpression(one));
  return callbacks.flatMap((callback) =>
    callback.getDescendants().flatMap((node) => {
      const span = spanOf(node, file);
      if (Node.isAnyKeyword(node)) {
        const text = node.getParent()?.getText() ?? 'any';
        return [diagnostic('dsl/any', { text }, { span })];
      }
      const operator = operatorOf(node, Node);
      const instead = operator && replacements[operator.text];
      if (!operator || instead === undefined) return [];
      const parameters = { operator: operator.text, instead };
      return [diagnostic('dsl/plain-operator', parameters, { span: spanOf(operator.at, file) })];
    }),
  );
}

function optionsOf(
  options: Morph.ObjectLiteralExpression,
  Node: typeof Morph.Node,
): readonly Morph.Node[] {
  return options
    .getProperties()
    .flatMap((one) => (Node.isPropertyAssignment(one) ? (one.getInitializer() ?? []) : []));
}

function operatorOf(
  node: Morph.Node,
  Node: typeof Morph.Node,
): { readonly text: string; readonly at: Morph.Node } | undefined {
  if (Node.isConditionalExpression(node)) return { text: '?:', at: node.getQuestionToken() };
  if (Node.isBinaryExpression(node)) {
    const token = node.getOperatorToken();
    return { text: token.getText(), at: token };
  }
  const isNot = Node.isPrefixUnaryExpression(node) && node.getText().startsWith('!');
  return isNot ? { text: '!', at: node } : undefined;
}

function spanOf(node: Morph.Node, file: string): Span {
  const { line, column } = node.getSourceFile().getLineAndColumnAtPos(node.getStart());
  return { file, line, column };
}
