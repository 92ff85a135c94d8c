import { Node, Project, type SourceFile, SyntaxKind } from 'ts-morph';

/** A rule with one part of it switched off or turned round. */
export interface Mutation {
  /** `algebra/verbs/union.ts unionState: left.kind === 'public' becomes false` */
  readonly id: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where the rules are: functions and methods by name. Rules of rows, words and schemas are not of them. */
export const rules: Readonly<Record<string, readonly string[] | 'all'>> = {
  'algebra/conditions.ts': ['conjuncts', 'toldByCondition'],
  'algebra/consent.ts': ['consentedRows', 'newestVersions', 'isConsent'],
  'algebra/equations.ts': 'all',
  'algebra/expression-facts.ts': ['callFacts', 'castFacts', 'caseFacts', 'fieldFacts'],
  'algebra/functions/declassify.ts': ['labels', 'partitionLabels'],
  'algebra/functions/rules.ts': ['allLabels'],
  'algebra/aggregates.ts': ['aggregateFacts'],
  'algebra/identity.ts': 'all',
  'algebra/labels.ts': 'all',
  'algebra/lists.ts': 'all',
  'algebra/verbs/aggregate.ts': ['state'],
  'algebra/verbs/dedupe.ts': [
    'schema',
    'state',
    'dedupedState',
    'isOfOneTime',
    'isWholeRow',
    'picksNewest',
  ],
  'algebra/verbs/explode.ts': ['state', 'addedColumns'],
  'algebra/verbs/expect.ts': ['schema', 'state'],
  'algebra/verbs/filter.ts': ['schema', 'state', 'dischargeEvents', 'comparedEvent'],
  'algebra/verbs/join-columns.ts': 'all',
  'algebra/verbs/join-state.ts': 'all',
  'algebra/verbs/keep-consented.ts': [
    ...['schema', 'state', 'consentedState', 'consentProblem', 'declaredConsents'],
    'changedColumns',
  ],
  'algebra/verbs/project.ts': ['state', 'projected', 'isCopy', 'isPseudonymOf'],
  'algebra/verbs/set-operation.ts': ['state', 'asJoin'],
  'algebra/verbs/sole-owner.ts': ['state'],
  'algebra/verbs/source.ts': ['schema', 'state'],
  'algebra/verbs/union.ts': ['state', 'united', 'unionState', 'sharedIdentity'],
  'algebra/verbs/unpivot.ts': ['state'],
  'algebra/verbs/window.ts': ['relabelled', 'withColumns', 'windowState'],
  'algebra/verbs/window-order.ts': ['goesByRows', 'decidingColumns', 'orderFor'],
  'check/declared-frame.ts': ['declaredSchema', 'impliedLabels', 'declaredState'],
  'check/elapsed-time.ts': ['whyNot', 'recordedTimes', 'isTime'],
  'check/pseudonyms.ts': 'all',
  'check/zones.ts': ['sinkProblems', 'stateProblems', 'labelProblems', 'labelProblem'],
};

/** Every mutation of the rules that is meant, file by file. */
export function mutations(root: string): readonly Mutation[] {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  return Object.entries(rules).flatMap(([file, functions]) => {
    const source = project.addSourceFileAtPath(`${root}/${file}`);
    return mutationsOf(source, file, functions);
  });
}

function mutationsOf(
  source: SourceFile,
  file: string,
  functions: readonly string[] | 'all',
): readonly Mutation[] {
  const found = new Map<string, Mutation>();
  for (const node of source.getDescendants()) {
    const name = functionAround(node);
    if (name === undefined || (functions !== 'all' && !functions.includes(name))) continue;
    for (const text of replacements(node)) {
      const before = oneLine(node.getText());
      const id = `${file} ${name}: ${before} becomes ${oneLine(text)}`;
      const place = { start: node.getStart(), end: node.getEnd() };
      if (!found.has(id)) found.set(id, { id, file, text, ...place });
    }
  }
  return [...found.values()];
}

/** The outermost function or method that a node is in. */
function functionAround(node: Node): string | undefined {
  const names = node.getAncestors().flatMap((one) => {
    if (Node.isFunctionDeclaration(one)) return [one.getName() ?? ''];
    if (Node.isMethodDeclaration(one)) return [one.getName()];
    const isFunction = Node.isPropertyAssignment(one) && Node.isArrowFunction(one.getInitializer());
    return isFunction ? [one.getName()] : [];
  });
  return names.at(-1);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** What may stand in a node's place for the rule to be another. */
function replacements(node: Node): readonly string[] {
  return [
    ...ofCondition(node),
    ...ofBinary(node),
    ...ofChoice(node),
    ...ofCall(node),
    ...ofArray(node),
    ...ofText(node),
  ];
}

/** What an `if` asks is true, or false; what a predicate answers likewise. */
function ofCondition(node: Node): readonly string[] {
  const parent = node.getParent();
  const isAsked = Node.isIfStatement(parent) && parent.getExpression() === node;
  return isAsked ? ['true', 'false'] : [];
}

const conditions = new Set([SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken]);
const equalities = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

function ofBinary(node: Node): readonly string[] {
  if (!Node.isBinaryExpression(node)) return [];
  const operator = node.getOperatorToken().getKind();
  const [left, right] = [node.getLeft().getText(), node.getRight().getText()];
  if (conditions.has(operator)) return [`(${left})`, `(${right})`];
  const isAnswer =
    Node.isArrowFunction(node.getParent()) || Node.isReturnStatement(node.getParent());
  return equalities.has(operator) && isAnswer ? ['true', 'false'] : [];
}

function ofChoice(node: Node): readonly string[] {
  if (!Node.isConditionalExpression(node)) return [];
  return [`(${node.getWhenTrue().getText()})`, `(${node.getWhenFalse().getText()})`];
}

/** Functions whose result is their first argument made weaker. */
const steps: readonly string[] = [
  ...['acrossSubjects', 'withoutSomeRows', 'afterPick', 'unsettled', 'toldByLists', 'withLabels'],
  ...[
    'joinedColumns',
    'toldByCondition',
    'renameIdentity',
    'dischargeEvents',
    'equatedColumns',
    'unsettledEvents',
  ],
];

function ofCall(node: Node): readonly string[] {
  if (!Node.isCallExpression(node)) return [];
  const called = node.getExpression();
  const [first, ...more] = node.getArguments().map((one) => one.getText());
  if (Node.isIdentifier(called) && first !== undefined) {
    const name = called.getText();
    if (name === 'uniteLabels')
      return [first, ...more].flatMap((_, index, all) =>
        all.length > 1 ? [`uniteLabels(${all.toSpliced(index, 1).join(', ')})`] : [],
      );
    if (name === 'unsettledEvents') return ['[]'];
    return steps.includes(name) ? [first] : [];
  }
  if (!Node.isPropertyAccessExpression(called)) return [];
  const [receiver, method] = [called.getExpression().getText(), called.getName()];
  const given = node.getArguments().map((one) => one.getText());
  if (method === 'some') return [`${receiver}.every(${given.join(', ')})`];
  if (method === 'every') return [`${receiver}.some(${given.join(', ')})`, 'true'];
  if (method === 'filter') return [receiver];
  return method === 'includes' ? ['true', 'false'] : [];
}

/** A list without one of its parts. */
function ofArray(node: Node): readonly string[] {
  if (!Node.isArrayLiteralExpression(node)) return [];
  const elements = node.getElements();
  const isList = elements.length === 1 || elements.some((one) => Node.isSpreadElement(one));
  const parts = isList ? elements.map((one) => one.getText()) : [];
  return parts.map((_, index) => `[${parts.toSpliced(index, 1).join(', ')}]`);
}

const opposites: Readonly<Record<string, readonly string[]>> = {
  "'no'": ["'versions'", "'newest'"],
  "'newest'": ["'versions'", "'no'"],
  "'versions'": ["'newest'"],
  "'inner'": ["'left'"],
  "'left'": ["'inner'"],
  "'semi'": ["'anti'"],
  "'anti'": ["'semi'"],
  "'desc'": ["'asc'"],
  "'asc'": ["'desc'"],
  "'first'": ["'last'"],
  "'last'": ["'first'"],
  "'gte'": ["'lt'", "'gt'"],
  "'lte'": ["'gt'"],
  "'and'": ["'or'"],
  "'min'": ["'sum'"],
  "'identified'": ["'pseudonymous'"],
};

function ofText(node: Node): readonly string[] {
  const isValue = Node.isStringLiteral(node) && !Node.isLiteralTypeNode(node.getParent());
  return isValue ? (opposites[node.getText()] ?? []) : [];
}
