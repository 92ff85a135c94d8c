import type { Label } from '../algebra/labels.ts';
import { type Job, type Library, tableId } from '../algebra/library.ts';
import { describeRelation } from '../algebra/printer.ts';
import type { Relation } from '../algebra/relation.ts';
import { findColumn } from '../algebra/schema.ts';
import type { Span } from '../algebra/span.ts';
import type { Frame } from '../algebra/verb.ts';
import type { Reason } from '../diagnostics/index.ts';
import { columnSources } from './column-sources.ts';
import { writersOf } from './graph.ts';

interface Place {
  readonly relation: Relation;
  readonly column: string;
}

/** One step on the way of a label, seen from the sink. */
interface Step extends Place {
  /** Whether the step itself names the column. */
  readonly named: boolean;
  /** Whether the step is one of the job's own, not of a job before it. */
  readonly own: boolean;
}

/** How a label came to a column of a job's output. */
export interface LabelFlow {
  /** The last step of the job that names the column; absent where none does. */
  readonly span?: Span;
  readonly because: readonly Reason[];
  /** `landing.customer.email -> join (line 14) -> select (line 18)` */
  readonly flow: string;
}

/** Follows one label of one output column back to the declaration, or to the step that gave it. */
export function labelFlow(
  job: Job,
  column: string,
  label: Label,
  library: Library,
  frames: ReadonlyMap<Relation, Frame>,
): LabelFlow {
  const steps = wayBack({ relation: job.rows, column }, label, library, frames);
  const named = steps.find((step) => step.named && step.own);
  const origin = steps.at(-1);
  return {
    ...(named ? { span: named.relation.span } : {}),
    because: origin ? [originReason(origin, label, library)] : [],
    flow: flowText(steps),
  };
}

function wayBack(
  sink: Place,
  label: Label,
  library: Library,
  frames: ReadonlyMap<Relation, Frame>,
): readonly Step[] {
  const writers = writersOf(library);
  const columnsOf = (relation: Relation) => frames.get(relation)?.schema ?? [];
  const steps: Step[] = [];
  let own = true;
  let place: Place | undefined = sink;
  while (place) {
    const { relation, column }: Place = place;
    const { from, told, named } = columnSources(relation, column, columnsOf);
    steps.push({ relation, column, named, own });
    const writer: Job | undefined = 'table' in relation ? writers.get(relation.table) : undefined;
    if (writer) own = false;
    place = writer
      ? { relation: writer.rows, column }
      : [...from, ...told].find((one) =>
          findColumn(columnsOf(one.relation), one.column)?.labels.includes(label),
        );
  }
  return steps;
}

function originReason({ relation: node, column }: Step, label: Label, library: Library): Reason {
  if ('table' in node) {
    const table = library.tables.find((one) => tableId(one) === node.table);
    const declared = table?.columns.find((one) => one.name === column);
    return {
      text: `${node.table}.${column} is ${labelWords(label)}`,
      ...(declared ? { span: declared.span } : {}),
    };
  }
  return {
    text: `"${describeRelation(node)}" makes ${column} ${labelWords(label)}`,
    span: node.span,
  };
}

/** A label as people say it. */
export function labelWords(label: Label): string {
  const [kind = '', name = ''] = label.split(':');
  const words: Readonly<Record<string, string>> = {
    identifier: 'a direct identifier',
    'quasi-identifier': 'a quasi-identifier',
    sensitive: 'sensitive',
    biometric: 'biometric',
    subject: `the key of a ${name}`,
    alias: `a ${name}, which stands for a person`,
    consent: `the time of consent to ${name}`,
    pseudonym: `a pseudonym for ${name}`,
  };
  return words[kind] ?? label;
}

const mostSteps = 8;

function flowText(steps: readonly Step[]): string {
  const words = steps
    .toReversed()
    .map(({ relation, column }) =>
      'table' in relation
        ? `${relation.table}.${column}`
        : `${verbName(relation)} (line ${relation.span.line})`,
    );
  if (words.length <= mostSteps) return words.join(' -> ');
  return [...words.slice(0, 3), '...', ...words.slice(-4)].join(' -> ');
}

/** The verb as its author wrote it. */
function verbName(node: Relation): string {
  if ('sugar' in node && node.sugar) return node.sugar;
  if ('operation' in node) return node.operation;
  if ('how' in node) return node.how === 'inner' ? 'join' : `${node.how}Join`;
  return node.kind;
}
