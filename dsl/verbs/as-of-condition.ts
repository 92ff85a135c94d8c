import type { Expression, LiteralExpression } from '../../algebra/expressions.ts';
import { columnNames, findColumn } from '../../algebra/schema.ts';
import type { Span } from '../../algebra/span.ts';
import { type DataType, int, long, sameType } from '../../algebra/types.ts';
import { literalOf } from '../literal.ts';
import { inWords, refuse } from '../refusal.ts';
import type { Step } from '../step.ts';

/** Which rows an as-of join pairs. */
export interface AsOf {
  readonly match: 'before' | 'after' | 'nearest';
  /** The columns of the time. */
  readonly time: { readonly left: string; readonly right: string };
  /** The type of both. */
  readonly type: DataType;
  /** How far away a partner may be, in the unit of `distance`. */
  readonly tolerance?: LiteralExpression;
  readonly allowExact: boolean;
  /** The names under which the right has the times before and behind each row's. */
  readonly previous: string;
  readonly next: string;
}

/** Options as JavaScript lets them through. */
type Given = Readonly<Record<'time' | 'match' | 'tolerance' | 'allowExact', unknown>>;

/**
 * What an author asks of an as-of join.
 * @throws DiagnosticError `dsl/bad-option`, `dsl/unknown-column`, `dsl/bad-literal`
 */
export function asOfOptions(given: Given, left: Step, right: Step, span: Span): AsOf {
  const { match, allowExact = true } = given;
  if (match !== 'before' && match !== 'after' && match !== 'nearest')
    return bad('match', match, "'before', 'after' or 'nearest'", span);
  if (typeof allowExact !== 'boolean' || (match === 'nearest' && !allowExact))
    return bad('allowExact', allowExact, 'true, or false of before and after', span);
  const time = given.time;
  if (typeof time !== 'object' || time === null)
    return bad('time', time, "{ left: 'column', right: 'column' }", span);
  const names = time as Readonly<Record<'left' | 'right', unknown>>;
  const own = timeColumn(left, names.left, span);
  const other = timeColumn(right, names.right, span);
  if (!sameType(own.type, other.type))
    return bad('time', `${own.type.kind} and ${other.type.kind}`, 'two times of one type', span);
  const taken = [left, right].flatMap((side) => columnNames(side.frame.schema));
  return {
    match,
    time: { left: own.name, right: other.name },
    type: own.type,
    ...toleranceOf(given.tolerance, own.type, span),
    allowExact,
    previous: freeName(`previous_${other.name}`, taken),
    next: freeName(`next_${other.name}`, taken),
  };
}

function bad(option: string, found: unknown, expected: string, span: Span): never {
  return refuse('dsl/bad-option', span, {
    option: `asOfJoin ${option}`,
    found: inWords(found),
    expected,
  });
}

function timeColumn(step: Step, name: unknown, span: Span) {
  const known = columnNames(step.frame.schema);
  const column = typeof name === 'string' ? findColumn(step.frame.schema, name) : undefined;
  if (!column) return refuse('dsl/unknown-column', span, { column: String(name), known });
  if (!['int', 'long', 'date', 'timestamp'].includes(column.type.kind))
    return bad('time', column.name, 'whole numbers, dates or timestamps', span);
  return column;
}

/** In the unit of `distance`: microseconds of timestamps. */
function toleranceOf(given: unknown, type: DataType, span: Span): Pick<AsOf, 'tolerance'> {
  if (given === undefined) return {};
  const unit = type.kind === 'timestamp' ? 1_000_000 : 1;
  const amount = typeof given === 'number' ? Math.round(given * unit) : Number.NaN;
  if (!(amount >= 0) || !Number.isSafeInteger(amount) || (unit === 1 && amount !== given))
    return bad('tolerance', given, 'a number of at least 0, whole except for seconds', span);
  return { tolerance: literalOf(amount, type.kind === 'date' ? int : long, span) };
}

function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`;
  return name;
}

/** What is true of a row and its partner: no other one is nearer, on the side that counts, and it is within the tolerance. */
export function asOfCondition(asOf: AsOf): Expression {
  const { match, time, type, tolerance } = asOf;
  const [own, other] = [column(time.left), column(time.right)];
  const later = (left: Expression, right: Expression) => distance(left, right, type);
  const within = (left: Expression, right: Expression) =>
    tolerance ? [call('lte', later(left, right), tolerance)] : [];
  switch (match) {
    case 'before':
      return all(...besides(asOf, other, own, 'next'), ...within(own, other));
    case 'after':
      return all(...besides(asOf, own, other, 'previous'), ...within(other, own));
    case 'nearest': {
      const [previous, next] = [column(asOf.previous), column(asOf.next)];
      return all(
        // Without these, a row without a time would be next to the only one that there is.
        call('isNotNull', own),
        call('isNotNull', other),
        // Of two at one distance the earlier.
        orNone(previous, call('lt', later(other, own), later(own, previous))),
        orNone(next, call('lte', later(own, other), later(next, own))),
        ...within(own, other),
        ...within(other, own),
      );
    }
  }
}

/** That the right's time is on its side of the left's, and its neighbour's is not. */
function besides(
  { allowExact, ...names }: AsOf,
  earlier: Expression,
  later: Expression,
  side: 'previous' | 'next',
): readonly Expression[] {
  const neighbour = column(names[side]);
  const [own, others] = allowExact ? ['lte', 'lt'] : ['lt', 'lte'];
  const isBeyond =
    side === 'next' ? call(others, later, neighbour) : call(others, neighbour, earlier);
  return [call(own, earlier, later), orNone(neighbour, isBeyond)];
}

/** By how much the first is later than the second; null where no long can say it. */
function distance(left: Expression, right: Expression, type: DataType): Expression {
  switch (type.kind) {
    case 'date':
      return call('dateDiff', left, right);
    case 'timestamp':
      return call('subtract', call('unixMicros', left), call('unixMicros', right));
    default:
      return call('subtract', whole(left, type), whole(right, type));
  }
}

/** As a long: the distance of two ints may be none. */
function whole(of: Expression, type: DataType): Expression {
  return type.kind === 'int' && of.kind === 'column' ? { kind: 'cast', to: long, input: of } : of;
}

function column(name: string): Expression {
  return { kind: 'column', name };
}

function call(name: string, ...operands: readonly Expression[]): Expression {
  return { kind: 'call', function: name, arguments: operands };
}

function orNone(neighbour: Expression, condition: Expression): Expression {
  return call('or', call('isNull', neighbour), condition);
}

function all(...conditions: readonly Expression[]): Expression {
  const [first, ...more] = conditions;
  return first && more.length === 0 ? first : call('and', ...conditions);
}
