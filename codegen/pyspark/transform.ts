import { inOrder, inputsOf } from '../../algebra/fold.ts';
import { describeRelation } from '../../algebra/printer.ts';
import type { Inputs, Relation } from '../../algebra/relation.ts';
import { columnNames, type Schema } from '../../algebra/schema.ts';
import type { Source } from '../../algebra/verbs/source.ts';
import { type AuthorWords, noWords } from '../author-words.ts';
import { attribute, call, name, text } from '../python/build.ts';
import { isIdentifier, NameScope, snakeCase } from '../python/identifier.ts';
import { printImports } from '../python/imports.ts';
import { printPython } from '../python/printer.ts';
import type { PyFunction, PyParameter, PyStatement } from '../python/tree.ts';
import type { Emitter, Step } from './emitter.ts';
import { selectColumns } from './frames.ts';
import { emitters } from './index.ts';
import { reservedNames, Scope } from './scope.ts';
import { dataFrame, lakewright } from './symbols.ts';

/** What a transform is made from besides its relation. */
export interface TransformContext {
  /** Columns of every relation at or below the root. */
  schema(relation: Relation): Schema;
  /** How the author named and explained the steps. */
  readonly words?: AuthorWords;
  /** First line of the docstring. */
  readonly doc?: string;
}

/** A table that a transform is given, under the name of its parameter. */
export interface TransformInput {
  readonly parameter: string;
  /** `zone.table` */
  readonly table: string;
  readonly schema: Schema;
}

export interface Transform {
  readonly function: PyFunction;
  readonly inputs: readonly TransformInput[];
  readonly needs: Scope['needs'];
  /** The name under which a relation's rows are counted: its own step, or the one that it keeps all rows of. */
  readonly counted: ReadonlyMap<Relation, string>;
  /** The steps whose rows are counted, in their order. */
  readonly steps: readonly CountedStep[];
}

/** A step of a transform whose rows are counted. */
export interface CountedStep {
  /** What it does, in words; unique in its job. */
  readonly name: string;
  /** The input, by its parameter, or the earlier step, by its name, that it takes rows from. */
  readonly of: string;
  /** What the author says of it. */
  readonly said?: string;
  readonly relation: Relation;
}

/** `def transform(...)`: a pure function from the tables that a relation reads to the relation's rows. */
export function buildTransform(root: Relation, context: TransformContext): Transform {
  const inputs = transformInputs(root, context);
  const scope = new Scope(
    (relation) => context.schema(relation),
    inputs.map(({ parameter }) => parameter),
  );
  const known = new Map<Relation, Step>();
  const body: PyStatement[] = [];
  const steps: CountedStep[] = [];
  for (const node of inOrder(root)) {
    for (const [relation, one] of [
      ...inputToCount(node, known, scope),
      [node, () => computed(node, known, inputs, scope, context)] as const,
    ]) {
      const { step, statements, counts } = one();
      known.set(relation, step);
      body.push(...statements);
      if (counts) steps.push(counts);
    }
  }
  const result = stepOf(root, known);
  const names = columnNames(scope.schema(root));
  const isInOrder = columnNames(result.schema).every((name, index) => names[index] === name);
  const value = isInOrder ? result.frame : selectColumns(result.frame, names);
  body.push({ kind: 'return', value, apart: body.length > 0 });
  const doc = [context.doc ?? 'Compute the rows of the output.', explainedParameters(scope.needs)];
  const definition: PyFunction = {
    kind: 'function',
    name: 'transform',
    parameters: parameters(inputs, scope.needs),
    returns: dataFrame,
    doc: doc.filter((part) => part !== '').join('\n\n'),
    body,
    apart: true,
  };
  const counted = new Map([...known].map(([relation, step]) => [relation, step.counted]));
  return { function: definition, inputs, needs: scope.needs, counted, steps };
}

/** The text of a module that has nothing but `transform`, for tests that run single relations on Spark. */
export function emitTransform(root: Relation, context: TransformContext): string {
  const printed = printPython([buildTransform(root, context).function]);
  return `${printImports(printed.imports)}\n\n\n${printed.text}\n`;
}

interface Computed {
  readonly step: Step;
  readonly statements: readonly PyStatement[];
  /** Present where the step changes which rows there are. */
  readonly counts?: CountedStep;
}

function computed(
  node: Relation,
  known: ReadonlyMap<Relation, Step>,
  inputs: readonly TransformInput[],
  scope: Scope,
  context: TransformContext,
): Computed {
  if (node.kind === 'source') return given(node, inputs, scope);
  const emitter = emitters[node.kind] as Emitter<Relation>;
  const from = Object.entries(node.from).map(
    ([side, input]) => [side, stepOf(input, known)] as const,
  );
  const [, first] = from[0] ?? [];
  if (!first) throw new TypeError(`a ${node.kind} without input`);
  // The registry is total over the kinds and the steps have the node's own names; TypeScript cannot correlate the two.
  const steps = Object.fromEntries(from) as Inputs<Relation, Step>;
  const emitted = emitter.emit(node, steps, scope);
  const { before = [], value, summary = describeRelation(node) } = emitted;
  const schema = inOrderOf(emitted.order ?? inputNames(steps), scope.schema(node));
  const words = context.words ?? noWords;
  const { unsaid, isCounted, ...input } = first;
  const said = [unsaid, words.commentOn(node)].filter((part) => part !== undefined).join('\n');
  // Nothing is left to do where the columns to drop were not even read; what the author says of it stands above what follows.
  if (value === first.frame) {
    const still = { ...(isCounted ? { isCounted } : {}), ...(said === '' ? {} : { unsaid: said }) };
    return { step: { ...input, schema, ...still }, statements: [] };
  }
  const wanted = words.nameOf(node) ?? `${first.table}_${emitter.result(node)}`;
  const frame = scope.variable(snakeCase(wanted));
  const lines: readonly PyStatement[] = [...before, { kind: 'assign', target: frame.name, value }];
  const statements = announced(node, said || sentence(summary), lines);
  const { changesRows } = emitter;
  const hasOtherRows = typeof changesRows === 'boolean' ? changesRows : changesRows(node);
  if (!hasOtherRows) return { step: { ...input, frame, schema }, statements };
  const counted = scope.count(shortened(summary));
  const count = call(name('counted'), [frame, text(counted)], { of: text(first.counted) });
  const counting: PyStatement = { kind: 'assign', target: frame.name, value: count };
  const step: Step = { frame, schema, table: first.table, counted, isCounted: true };
  const counts = { name: counted, of: first.counted, relation: node };
  return {
    step,
    statements: [...statements, counting],
    counts: said === '' ? counts : { ...counts, said },
  };
}

/** The input of a node as a counted step of its own, where it has to be one and is none. */
function inputToCount(
  node: Relation,
  known: ReadonlyMap<Relation, Step>,
  scope: Scope,
): readonly (readonly [Relation, () => Computed])[] {
  if (node.kind === 'source') return [];
  const emitter = emitters[node.kind] as Emitter<Relation>;
  const [input] = inputsOf(node);
  if (!input || !emitter.countsInput?.(node)) return [];
  const { isCounted, ...step } = stepOf(input, known);
  return isCounted ? [] : [[input, () => countedAgain(node, input, step, scope)]];
}

function countedAgain(node: Relation, input: Relation, step: Step, scope: Scope): Computed {
  const { frame } = step;
  const counted = scope.count(`take the rows of ${frame.name}`);
  const value = call(name('counted'), [frame, text(counted)], { of: text(step.counted) });
  const comment = 'Counted here, since a proof looks at these rows again.';
  const counting: PyStatement = { kind: 'assign', target: frame.name, value, comment, apart: true };
  return {
    step: { ...step, counted, isCounted: true },
    statements: [{ ...counting, span: node.span }],
    counts: { name: counted, of: step.counted, relation: input },
  };
}

/** The statements of a step, under its comment and with its place. */
function announced(
  node: Relation,
  comment: string,
  [opening, ...rest]: readonly PyStatement[],
): readonly PyStatement[] {
  if (!opening) return [];
  const comments = opening.comment === undefined ? [comment] : [comment, opening.comment];
  return [{ ...opening, comment: comments.join('\n'), apart: true, span: node.span }, ...rest];
}

/** A table that the transform is given. */
function given(node: Source, inputs: readonly TransformInput[], scope: Scope): Computed {
  const input = inputs.find(({ table }) => table === node.table);
  if (!input) throw new TypeError(`no input for ${node.table}`);
  const { parameter } = input;
  const schema = inOrderOf(columnNames(input.schema), scope.schema(node));
  const table = snakeCase(node.table.slice(node.table.indexOf('.') + 1));
  const step = { frame: name(parameter), schema, table, counted: parameter };
  if (schema.length === input.schema.length) return { step, statements: [] };
  const frame = scope.variable(`${table}_selected`);
  const value = selectColumns(step.frame, columnNames(schema));
  const statement: PyStatement = { kind: 'assign', target: frame.name, value, apart: true };
  return { step: { ...step, frame }, statements: [{ ...statement, span: node.span }] };
}

/** The tables in the order in which they are first read, with all columns that any use of them reads. */
function transformInputs(root: Relation, context: TransformContext): readonly TransformInput[] {
  const schemas = new Map<string, Schema>();
  for (const node of inOrder(root)) {
    if (node.kind !== 'source') continue;
    const before = schemas.get(node.table) ?? [];
    const names = new Set(columnNames(before));
    const more = context.schema(node).filter((column) => !names.has(column.name));
    schemas.set(node.table, [...before, ...more]);
  }
  const names = new NameScope(reservedNames);
  return [...schemas].map(([table, schema]) => ({
    parameter: names.fresh(parameterOf(table)),
    table,
    schema,
  }));
}

/** `landing_customer` for `landing.customer`: the name of the job's argument too, so a name that can stand is kept to the letter. */
function parameterOf(table: string): string {
  const plain = table.replace('.', '_');
  return isIdentifier(plain) ? plain : snakeCase(table);
}

function parameters(
  inputs: readonly TransformInput[],
  needs: Transform['needs'],
): readonly PyParameter[] {
  const frames = inputs.map(({ parameter }) => ({ name: parameter, type: dataFrame }));
  const key = attribute(lakewright, 'PseudonymKey');
  return [
    ...frames,
    ...(needs.consentAsOf ? [{ name: 'consent_as_of', type: name('int'), keywordOnly: true }] : []),
    ...(needs.pseudonymKey ? [{ name: 'pseudonym_key', type: key, keywordOnly: true }] : []),
    { name: 'counted', value: attribute(lakewright, 'uncounted'), keywordOnly: true },
    ...(needs.expected
      ? [{ name: 'expected', value: attribute(lakewright, 'unchecked'), keywordOnly: true }]
      : []),
  ];
}

function explainedParameters(needs: Transform['needs']): string {
  const lines = needs.consentAsOf
    ? ['consent_as_of: the instant, in epoch milliseconds, up to which consent counts.']
    : [];
  if (needs.pseudonymKey) lines.push('pseudonym_key: the key that makes the pseudonyms.');
  return lines.join('\n');
}

function stepOf(relation: Relation, known: ReadonlyMap<Relation, Step>): Step {
  const step = known.get(relation);
  if (!step) throw new TypeError(`a ${relation.kind} is used before it is computed`);
  return step;
}

/** A schema in the order of a frame that has been made of other columns as well. */
function inOrderOf(names: readonly string[], schema: Schema): Schema {
  const place = new Map(names.map((own, index) => [own, index]));
  return schema.toSorted(
    (a, b) => (place.get(a.name) ?? names.length) - (place.get(b.name) ?? names.length),
  );
}

function inputNames(steps: Inputs<Relation, Step>): readonly string[] {
  const all: readonly Step[] = Object.values(steps);
  return [...new Set(all.flatMap((step) => columnNames(step.schema)))];
}

/** Summaries name counts in reports, where the end of a long one tells nothing more. */
function shortened(summary: string): string {
  if (summary.length <= longestCount) return summary;
  const cut = summary.slice(0, longestCount - 4);
  return `${cut.slice(0, cut.lastIndexOf(' '))} ...`;
}

const longestCount = 90;

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
