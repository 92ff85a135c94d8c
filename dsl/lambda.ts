import { eachFunctions } from '../algebra/each-functions.ts';
import { withParameters } from '../algebra/expression-facts.ts';
import { type EachExpression, type EachName, parametersRead } from '../algebra/expressions.ts';
import { parameterMisfit } from '../algebra/functions/parameters.ts';
import type { Column } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import { boolean, type DataType } from '../algebra/types.ts';
import { inWords, refuse } from './refusal.ts';
import { factsOfTerm, operandOf, type Term, termIn, typeOfTerm } from './term.ts';

/** What an author gave to a method that takes a lambda, and how a term is shown to authors. */
interface Given {
  readonly values: readonly unknown[];
  readonly span: Span;
  shown(term: Term): object;
}

/** How many lambdas run: parameters of one within another have names of their own. */
let depth = 0;

/**
 * The term of a function that a lambda is given to. The lambda runs once, over what stands for any element.
 * @throws DiagnosticError `dsl/bad-option` where it is no function, `dsl/plain-boolean`, `dsl/not-an-expression`
 */
export function eachTerm(name: EachName, self: Term, given: Given): Term {
  const { span, values } = given;
  const definition = eachFunctions[name];
  const make = values.at(-1);
  if (typeof make !== 'function') {
    const expected = `a lambda such as (${definition.gives[0]}) => ...`;
    return refuse('dsl/bad-option', span, { option: name, found: inWords(make), expected });
  }
  const where = `.${name}(...)`;
  const beside = elementType(typeOfTerm(self, span));
  const others = values.slice(0, -1).map((value) => operandOf(value, beside, where, span));
  const parts = [self, ...others];
  depth += 1;
  try {
    return computed(name, parts, make as Lambda, given);
  } finally {
    depth -= 1;
  }
}

type Lambda = (...given: readonly object[]) => unknown;

function computed(name: EachName, parts: readonly Term[], make: Lambda, given: Given): Term {
  const { span, shown } = given;
  const definition = eachFunctions[name];
  const names = definition.gives.map((one) => (depth === 1 ? one : `${one}_${depth}`));
  const each = {
    kind: 'each',
    function: name,
    arguments: parts.map(({ expression }) => expression),
    span,
  } as const;
  const parameters = parametersOf({ ...each, parameters: names }, parts, span);
  // What is wrong with the operands is told by the compiler's check, which does not get to the lambda then.
  if (!parameters) {
    const body = { kind: 'literal', type: boolean, value: true } as const;
    return termIn({ ...each, parameters: names, body }, parts, span);
  }
  const result = make(
    ...parameters.map((one, index) => {
      const expression = { kind: 'parameter', name: names[index] ?? '', span } as const;
      return shown({ expression, parameters: [one] });
    }),
  );
  const body = bodyOf(name, result, parts, span);
  const read = parametersRead(body.expression);
  const isGiven = (one: string, index: number) =>
    definition.gives[index] !== 'place' || read.includes(one);
  const expression: EachExpression = {
    ...each,
    parameters: names.filter(isGiven),
    body: body.expression,
  };
  const { parameters: around = [], ...term } = termIn(expression, [...parts, body], span);
  const open = around.filter((one) => !parameters.includes(one));
  return open.length > 0 ? { ...term, parameters: open } : term;
}

/** What the lambda is given, beside the columns of the row; undefined where the operands do not fit. */
function parametersOf(
  each: Pick<EachExpression, 'function' | 'parameters'>,
  parts: readonly Term[],
  span: Span,
): readonly Column[] | undefined {
  const facts = parts.map((part) => factsOfTerm(part, span));
  const operands = facts.flatMap((one) => one ?? []);
  if (operands.length < facts.length) return undefined;
  if (parameterMisfit(operands, eachFunctions[each.function].takes)) return undefined;
  return withParameters(each, [], operands);
}

function bodyOf(name: EachName, result: unknown, parts: readonly Term[], span: Span): Term {
  const isCondition = eachFunctions[name].makes === 'condition';
  if (isCondition && typeof result === 'boolean')
    return refuse('dsl/plain-boolean', span, { verb: name });
  const start = parts[1];
  const beside = name === 'reduce' && start ? typeOfTerm(start, span) : undefined;
  return operandOf(result, beside, `the lambda of .${name}`, span);
}

/** The type that a start or another constant beside a list takes. */
function elementType(type: DataType | undefined): DataType | undefined {
  return type?.kind === 'array' ? type.element : undefined;
}
