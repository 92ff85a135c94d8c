import type { CallExpression, Expression } from '../../../algebra/expressions.ts';
import { inOrder } from '../../../algebra/fold.ts';
import { type Library, sinkId } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import {
  aggregate,
  asc,
  call,
  dedupe,
  filter,
  literal,
  over,
  project,
  union,
} from '../../verbs/nodes.ts';
import { consentsOf } from './consents.ts';
import { Draft, partOf } from './draft.ts';
import { namedPair, otherJoin, otherPair } from './join-faults.ts';
import { fits, replaceStep } from './replace.ts';
import {
  copies,
  grouped,
  joined,
  pickOr,
  replacement,
  reunited,
  sinces,
  stepsAcross,
  stepsOfPeople,
  times,
  unlikeUnion,
} from './steps.ts';
import { amongAuthors, named, tricks, unlikeKeys } from './tricks.ts';

/** What an author may get wrong in one step; undefined where the step cannot have the fault. */
type Fault = (draft: Draft, node: Relation) => Relation | undefined;

/** The library with one step changed; undefined where that leaves no library whose columns fit. */
export function withFault(library: Library, random: Draft['random']): Library | undefined {
  const job = random.pick(library.jobs);
  const draft = draftOf(library, random);
  const node = random.pick(inOrder(job.rows).flatMap(asOften));
  if (random.chance(0.06)) return exposed(library, random);
  const own = faultsOf[node.kind] ?? [];
  const next = random.pick(own.length > 0 && random.chance(0.5) ? own : faults)(draft, node);
  if (!next || next === node) return undefined;
  const rows = replaceStep(job.rows, node, next);
  const jobs = library.jobs.map((one) => (one === job ? { ...one, rows } : one));
  const changed = { ...library, jobs };
  return fits(changed, random) ? changed : undefined;
}

/** Steps that ask for consent or owners are few, and what comes before them matters most. */
function asOften(node: Relation): readonly Relation[] {
  return node.kind === 'keepConsented' || node.kind === 'soleOwner' ? [node, node, node] : [node];
}

function exposed(library: Library, random: Draft['random']): Library {
  const jobs = library.jobs.map((one) => ({
    ...one,
    sink: {
      ...one.sink,
      holds: random.pick(['identified', 'pseudonymous'] as const),
    },
  }));
  return { ...library, jobs };
}

function draftOf(library: Library, random: Draft['random']): Draft {
  const draft = new Draft(random);
  // Names that the library has already are told apart from those to come.
  for (let used = 0; used < 60; used += 1) draft.fresh('');
  for (const job of library.jobs) draft.write(sinkId(job.sink), job.rows);
  return draft;
}

const faults: readonly Fault[] = [
  left,
  left,
  (draft, node) => draft.random.pick(stepsOfPeople)(draft, node),
  (draft, node) => draft.random.pick(stepsOfPeople)(draft, node),
  (draft, node) => draft.random.pick(stepsAcross)(draft, node),
  (draft, node) => grouped(draft, node, draft.random.some(draft.names(node), 0.4)),
  sideEffect,
  appended,
  unlikeUnion,
  named,
  unlikeKeys,
  (draft, node) => draft.random.pick(tricks)(draft, node),
];

/** Faults of one verb. */
const faultsOf: Readonly<Partial<Record<Relation['kind'], readonly Fault[]>>> = {
  join: [otherJoin, otherPair, otherPair, namedPair],
  dedupe: [otherPick],
  aggregate: [otherGroups],
  window: [otherGroups],
  filter: [otherCondition],
  project: [otherColumn, sharedStart],
  keepConsented: [otherConsent, somethingBefore],
  soleOwner: [otherOwner, somethingBefore, otherThing],
};

/** The step is left out. */
function left(draft: Draft, node: Relation): Relation | undefined {
  return pickOr(draft, Object.values(node.from));
}

function otherPick(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'dedupe') return undefined;
  const { random } = draft;
  const by = random.chance(0.5) ? node.by : random.some(draft.names(node), 0.3);
  const order = node.order.map((one) => ({
    column: random.chance(0.7) ? one.column : random.pick(draft.names(node)),
    direction: random.pick(['asc', 'desc'] as const),
    nulls: random.pick(['first', 'last'] as const),
  }));
  // The first rows of a group are asked for in an order.
  const isOrdered = random.chance(0.8) || node.first !== undefined;
  return by.length > 0 ? { ...node, by, order: isOrdered ? order : [] } : undefined;
}

function otherGroups(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'aggregate' && node.kind !== 'window') return undefined;
  const { random } = draft;
  const by = random.chance(0.6)
    ? random.some(node.by, 0.5)
    : [...new Set([...node.by, random.pick(draft.names(node.from.input))])];
  return { ...node, by };
}

function otherCondition(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'filter') return undefined;
  const { random } = draft;
  const changed = anotherCondition(draft, node.from.input, node.where);
  return changed && random.chance(0.95) ? { ...node, where: changed } : undefined;
}

function anotherCondition(draft: Draft, rows: Relation, where: Expression): Expression | undefined {
  const { random } = draft;
  if (where.kind !== 'call') return undefined;
  if (where.function === 'and' && random.chance(0.7)) {
    const place = random.integer(where.arguments.length);
    if (random.chance(0.3)) return where.arguments[place];
    if (random.chance(0.3)) return { ...where, function: 'or' };
    const parts = where.arguments.map((one, index) =>
      index === place ? (anotherCondition(draft, rows, one) ?? one) : one,
    );
    return { ...where, arguments: parts };
  }
  return comparisonFault(draft, rows, where);
}

function comparisonFault(draft: Draft, rows: Relation, where: CallExpression): Expression {
  const { random } = draft;
  const numbers = draft.typed(rows, 'long');
  const [first, second] = where.arguments;
  switch (random.integer(8)) {
    case 0:
      return { ...where, function: random.pick(['gte', 'lte', 'gt', 'lt', 'eq', 'ne']) };
    case 1:
      return call('or', where, call('isNull', random.pick(draft.names(rows))));
    case 2:
      return call('not', where);
    case 3:
      return call('isNotNull', random.pick(draft.names(rows)));
    case 4: {
      const name = pickOr(draft, numbers);
      return name === undefined || !first ? where : call(where.function, first, name);
    }
    case 5: {
      const name = pickOr(draft, numbers);
      return name === undefined || !second ? where : call(where.function, name, second);
    }
    case 6: {
      if (!first || !second) return where;
      const shifted = call(random.pick(['add', 'subtract']), second, literal('long', '2'));
      return call(where.function, first, shifted);
    }
    default:
      return call(random.chance(0.5) ? 'coalesce' : 'and', where, {
        kind: 'literal',
        type: { kind: 'boolean' },
        value: true,
      });
  }
}

function otherColumn(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'project') return undefined;
  const { random } = draft;
  const place = random.integer(node.columns.length);
  const column = node.columns[place];
  if (!column) return undefined;
  const input = node.from.input;
  const choice = random.integer(5);
  if (choice === 0) return { ...node, columns: node.columns.filter((one) => one !== column) };
  if (choice === 1) {
    const names = draft.names(node);
    const more = draft.names(input).filter((name) => !names.includes(name));
    const name = pickOr(draft, more);
    if (name === undefined) return undefined;
    const expression = { kind: 'column', name } as const;
    return { ...node, columns: [...node.columns, { name, expression }] };
  }
  const like = column.expression.kind === 'column' ? column.expression.name : undefined;
  const expression =
    choice === 2 || like === undefined
      ? otherOperand(draft, input, column.expression)
      : replacement(draft, input, like);
  if (expression === undefined) return undefined;
  const columns = node.columns.map((one) => (one === column ? { ...one, expression } : one));
  return { ...node, columns };
}

/** The expression with another column in one place. */
function otherOperand(draft: Draft, rows: Relation, expression: Expression): Expression {
  if (expression.kind === 'column') {
    const kind = draft.typed(rows, 'string').includes(expression.name) ? 'string' : 'long';
    if (kind === 'long' && draft.random.chance(0.3))
      return call('subtract', expression, expression);
    return { kind: 'column', name: draft.random.pick(draft.typed(rows, kind)) };
  }
  if (expression.kind !== 'call') return expression;
  const place = draft.random.integer(expression.arguments.length);
  const parts = expression.arguments.map((one, index) =>
    index === place ? otherOperand(draft, rows, one) : one,
  );
  return { ...expression, arguments: parts };
}

function otherConsent(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'keepConsented') return undefined;
  const { random } = draft;
  const [first, ...more] = node.consents;
  const choice = random.integer(6);
  if (choice === 5) {
    const purpose = first.purpose === 'research' ? 'marketing' : 'research';
    return { ...node, consents: consentsOf(draft, node.from.input, [purpose]) };
  }
  if (choice === 0) {
    const names = draft.typed(node.from.input, 'string');
    return { ...node, subject: pickOr(draft, names) ?? node.subject };
  }
  if (choice === 1) {
    const purpose = first.purpose === 'research' ? 'marketing' : 'research';
    return { ...node, consents: [{ ...first, purpose }, ...more] };
  }
  if (choice === 2 && more[0]) return { ...node, consents: [more[0]] };
  if (choice === 3) {
    const { withdrawnAt: _, ...open } = first;
    return { ...node, consents: [open, ...more] };
  }
  const other = pickOr(draft, draft.playing(node.from.input, ...sinces, 'updated'));
  if (other === undefined) return undefined;
  const part = random.chance(0.5) ? { grantedAt: other } : { version: other };
  return { ...node, consents: [{ ...first, ...part }, ...more] };
}

function otherOwner(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'soleOwner') return undefined;
  const names = draft.typed(node.from.input, 'string');
  const name = pickOr(draft, names);
  if (name === undefined) return undefined;
  return draft.random.chance(0.6) ? { ...node, alias: name } : { ...node, subject: name };
}

/** Things told by another rule than the one by which they were declared. */
function otherThing(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'soleOwner') return undefined;
  const input = node.from.input;
  const names = draft.names(input);
  if (!draft.typed(input, 'string').includes(node.alias)) return undefined;
  const other = replacement(draft, input, node.alias);
  if (other === undefined) return undefined;
  const columns = { ...copies(names), [node.alias]: other };
  return { ...node, from: { input: project(input, columns, 'derive') } };
}

/** How long after the first time of all. */
function sharedStart(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'project') return undefined;
  const { input } = node.from;
  const time = pickOr(draft, draft.playing(input, ...times));
  if (time === undefined) return undefined;
  const [same, first] = [draft.fresh('m'), draft.fresh('first')];
  const marked = project(input, { ...copies(draft.names(input)), [same]: literal('long', '0') });
  const firsts = aggregate(marked, [same], { [first]: over('min', time) });
  const rows = joined(draft, 'inner', marked, firsts, { [same]: same }, 'a fault');
  const column = { name: draft.fresh('t'), expression: call('elapsedSince', time, first) };
  return rows && { ...node, from: { input: rows }, columns: [...node.columns, column] };
}

/** One more step before one that must see everybody. */
function somethingBefore(draft: Draft, node: Relation): Relation | undefined {
  if (node.kind !== 'keepConsented' && node.kind !== 'soleOwner') return undefined;
  const before = [
    ...[...stepsOfPeople, ...stepsAcross, sideEffect, appended],
    ...[reunited, reunited, amongAuthors, amongAuthors],
  ];
  const input = draft.random.pick(before)(draft, node.from.input);
  return input && { ...node, from: { input } };
}

/** Fewer rows before a step that must see them all. */
function sideEffect(draft: Draft, node: Relation): Relation | undefined {
  const { random } = draft;
  const name = pickOr(draft, draft.names(node));
  if (name === undefined) return undefined;
  if (random.chance(0.5)) return filter(node, call('isNotNull', name));
  return dedupe(node, [name], [asc(random.pick(draft.names(node)))]);
}

/** The rows of the step before once more. */
function appended(draft: Draft, node: Relation): Relation | undefined {
  const input = pickOr(draft, Object.values(node.from));
  if (!input || partOf(node.kind) === 'source') return undefined;
  const names = draft.names(input);
  return names.length === draft.names(node).length ? union(node, input) : undefined;
}
