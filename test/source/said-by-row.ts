import type { CallExpression, CaseExpression, Expression } from '../../algebra/expressions.ts';
import { sameType } from '../../algebra/types.ts';
import { isPlain, takesConstant } from './constants.ts';
import type { Temporaries } from './temporaries.ts';

/** The expression as methods of columns; what they cannot say is held in passing columns. */
export function saidByRow(expression: Expression, passing: Temporaries): Expression {
  switch (expression.kind) {
    case 'column':
    case 'literal':
    case 'parameter':
      return expression;
    case 'struct': {
      const fields = expression.fields.map(({ name, value }) => {
        const said = saidByRow(value, passing);
        const isSayable = said.kind !== 'literal' || isPlain(said);
        return { name, value: isSayable ? said : passing.column(said) };
      });
      return { ...expression, fields };
    }
    case 'each': {
      // What a lambda makes cannot go into a column before it: its body is said as it is, or not at all.
      const [first, ...others] = expression.arguments.map((one) => saidByRow(one, passing));
      return { ...expression, arguments: [...(first ? [passing.column(first)] : []), ...others] };
    }
    case 'cast':
      return passing.cast(expression.input, expression.to);
    case 'field':
      return { ...expression, input: saidByRow(expression.input, passing) };
    case 'case':
      return saidCase(expression, passing);
    case 'call':
      return saidCall(expression, passing);
  }
}

function saidCall(call: CallExpression, passing: Temporaries): Expression {
  const [first, ...others] = call.arguments;
  if (!first) return call;
  if (taken.includes(call.function) && others.length > 1)
    return saidByRow(oneByOne(call.function, first, others), passing);
  if (call.function === 'eqNullSafe' && others[0])
    return saidByRow(equalOrBothNull(first, others[0]), passing);
  if (call.function === 'pseudonym' && others[0])
    return passing.pseudonym(saidByRow(first, passing), others[0]);
  const receiver = passing.column(saidByRow(first, passing));
  const type = passing.typeOf(first);
  const operands = others.map((one) => {
    if (one.kind !== 'literal') return saidByRow(one, passing);
    return takesConstant(call.function, type, one) ? one : passing.constant(one);
  });
  return { ...call, arguments: [receiver, ...operands] };
}

/** What authors say of two values at a time, however many there are. */
const taken = ['and', 'or', 'coalesce'];

function oneByOne(name: string, first: Expression, others: readonly Expression[]): Expression {
  return others.reduce<Expression>(
    (left, right) => ({ kind: 'call', function: name, arguments: [left, right] }),
    first,
  );
}

/** `eqNullSafe` in words that authors have. */
function equalOrBothNull(left: Expression, right: Expression): Expression {
  const call = (name: string, ...operands: readonly Expression[]): Expression => ({
    kind: 'call',
    function: name,
    arguments: operands,
  });
  const bothNull = call('and', call('isNull', left), call('isNull', right));
  return call('coalesce', call('eq', left, right), bothNull);
}

function saidCase(node: CaseExpression, passing: Temporaries): Expression {
  const results = [...node.branches.map(({ then }) => then), node.otherwise];
  const beside = results.find((one) => one && one.kind !== 'literal');
  const type = beside && passing.typeOf(beside);
  const result = (one: Expression) => {
    if (one.kind !== 'literal') return saidByRow(one, passing);
    const isPlain = ['string', 'int', 'boolean'].includes(one.type.kind);
    return isPlain && (type === undefined || sameType(type, one.type))
      ? one
      : passing.constant(one);
  };
  const branches = node.branches.map((branch) => ({
    when: passing.column(saidByRow(branch.when, passing)),
    // biome-ignore lint/suspicious/noThenProperty: the algebra's word, in plain data that is never awaited
    then: result(branch.then),
  }));
  const otherwise = node.otherwise && result(node.otherwise);
  return { ...node, branches, ...(otherwise ? { otherwise } : {}) };
}
