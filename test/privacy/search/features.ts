import { type Expression, operands } from '../../../algebra/expressions.ts';
import { inOrder } from '../../../algebra/fold.ts';
import type { Library } from '../../../algebra/library.ts';
import type { Relation } from '../../../algebra/relation.ts';
import { partOf } from './draft.ts';

/** What of the language a library uses. A search whose accepted libraries lack one of {@link allFeatures} tries less than it says. */
export function featuresOf(library: Library): readonly string[] {
  const purposes = new Set(library.zones.flatMap((zone) => zone.purposes));
  const found = library.jobs.flatMap(({ rows, sink }) => [
    `sink: ${sink.holds}`,
    ...inOrder(rows).flatMap(ofStep),
  ]);
  return [
    ...new Set([
      ...found,
      ...(library.jobs.length > 1 ? ['two jobs'] : []),
      ...(purposes.size > 1 ? ['two purposes'] : []),
    ]),
  ];
}

export const allFeatures: readonly string[] = [
  ...['source', 'filter', 'project', 'aggregate', 'dedupe', 'union', 'explode'],
  ...['intersect', 'except', 'unpivot'],
  ...['expect: drop', 'expect: warn'],
  ...['keepConsented', 'soleOwner'],
  ...['join: inner', 'join: left', 'join: full', 'join: cross', 'join: semi', 'join: anti'],
  'join: under a condition',
  ...['join: across subjects', 'join: on a thing', 'join: on a subject', 'join: on reference data'],
  ...['consent: to one purpose', 'consent: to two purposes', 'consent: after another step'],
  ...['aggregate: over all rows', 'aggregate: per person', 'aggregate: across people'],
  ...['dedupe: per person', 'dedupe: across people', 'dedupe: distinct'],
  ...['window: over all rows', 'window: per person', 'window: across people', 'window: rows'],
  ...['window: range', 'window: aggregate', 'window: rowNumber', 'window: rank', 'window: lag'],
  ...['dedupe: first rows per person', 'dedupe: first rows across people'],
  ...['function: pseudonym', 'function: elapsedSince', 'function: bucket', 'filter: since consent'],
  ...['sink: identified', 'sink: pseudonymous', 'two jobs', 'two purposes'],
];

const peopleColumns = ['email', 'user', 'author', 'badge'];
const thingColumns = ['device', 'serial', 'card'];

function ofStep(node: Relation): readonly string[] {
  switch (node.kind) {
    case 'join':
      return [
        `join: ${node.how}`,
        ...(node.where ? ['join: under a condition', ...inExpression(node.where)] : []),
        ...(node.crossSubject === undefined ? [] : ['join: across subjects']),
        ...node.on.map(({ left, right }) => `join: on ${meeting(left, right)}`),
      ];
    case 'keepConsented':
      return [
        node.kind,
        `consent: to ${node.consents.length > 1 ? 'two purposes' : 'one purpose'}`,
        ...(node.from.input.kind === 'source' ? [] : ['consent: after another step']),
      ];
    case 'aggregate':
      return [node.kind, `aggregate: ${node.by.length === 0 ? 'over all rows' : by(node.by)}`];
    case 'dedupe':
      return [
        node.kind,
        `dedupe: ${node.sugar === 'distinct' ? 'distinct' : by(node.by)}`,
        ...(node.first === undefined ? [] : [`dedupe: first rows ${by(node.by)}`]),
      ];
    case 'setOperation':
      return [node.operation];
    case 'window':
      return [
        node.kind,
        `window: ${node.by.length === 0 ? 'over all rows' : by(node.by)}`,
        ...node.columns.map(
          ({ call }) => `window: ${call.kind === 'window' ? call.function : 'aggregate'}`,
        ),
        ...(node.frame ? [`window: ${node.frame.unit}`] : []),
      ];
    case 'filter':
      return [node.kind, ...inExpression(node.where)];
    case 'expect': {
      const conditions = node.expectations.flatMap(({ where }) => inExpression(where));
      return [`expect: ${node.onUnmet}`, ...conditions];
    }
    case 'project':
      return [node.kind, ...node.columns.flatMap(({ expression }) => inExpression(expression))];
    default:
      return [node.kind];
  }
}

function by(columns: readonly string[]): string {
  const isPerson = (name: string) => [...peopleColumns, 'device'].includes(partOf(name));
  return columns.some(isPerson) ? 'per person' : 'across people';
}

function meeting(left: string, right: string): string {
  const parts = [partOf(left), partOf(right)];
  if (parts.some((part) => ['rank', 'day', 'listed'].includes(part))) return 'reference data';
  if (parts.every((part) => thingColumns.includes(part))) return 'a thing';
  return parts.every((part) => peopleColumns.includes(part)) ? 'a subject' : 'something else';
}

function inExpression(expression: Expression): readonly string[] {
  const below = operands(expression).flatMap(inExpression);
  if (expression.kind !== 'call') return below;
  const { function: name } = expression;
  const isSince =
    (name === 'gte' || name === 'lte') &&
    expression.arguments.some((one) => one.kind === 'column' && /Since\d*$/.test(one.name));
  return [`function: ${name}`, ...(isSince ? ['filter: since consent'] : []), ...below];
}
