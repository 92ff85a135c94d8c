import { aggregateFunctions } from '../../algebra/aggregate-functions.ts';
import type { AggregateCall, Expression, WindowCall } from '../../algebra/expressions.ts';
import { inOrder } from '../../algebra/fold.ts';
import { type Job, type Library, tableId } from '../../algebra/library.ts';
import type { Relation } from '../../algebra/relation.ts';
import { columnNames, findColumn, type Schema } from '../../algebra/schema.ts';
import type { Dedupe } from '../../algebra/verbs/dedupe.ts';
import { windowFunctions } from '../../algebra/window-functions.ts';
import { saidByRow } from './said-by-row.ts';
import { saidProject } from './said-project.ts';
import { Temporaries } from './temporaries.ts';
import { Unsayable } from './unsayable.ts';

/** Columns of a step, by the step. */
export type Schemas = (node: Relation) => Schema;

/**
 * The library in steps that an author can write: a projection of many kinds becomes `derive`, `replace`, `select` and `rename`,
 * what only a step of its own says (`cast`, a pseudonym) goes into passing columns. It means the same, row for row.
 * @throws Unsayable where no author could
 */
export function sayable(library: Library, schemas: Schemas): Library {
  const known = new Map<Relation, Relation>();
  const versions = library.tables.flatMap((table) =>
    table.consents.map(({ version }) => `${tableId(table)}.${version}`),
  );
  const saying = { known, tables: new Map(), schemas, versions: new Set(versions) };
  const jobs = library.jobs.map((job): Job => {
    for (const node of inOrder(job.rows)) {
      if (!known.has(node)) known.set(node, said(node, saying));
    }
    return { ...job, rows: known.get(job.rows) ?? job.rows };
  });
  return { ...library, jobs };
}

/** The columns by which tables tell versions apart, as `zone.table.column`. */
type Versions = ReadonlySet<string>;

interface Saying {
  /** What was said so far. */
  readonly known: Map<Relation, Relation>;
  readonly tables: Map<string, Relation>;
  readonly schemas: Schemas;
  readonly versions: Versions;
}

function said(node: Relation, { known, tables, schemas, versions }: Saying): Relation {
  const from = <N extends Relation>(input: N) => known.get(input) ?? input;
  switch (node.kind) {
    case 'source': {
      // An author holds each table once.
      const first = tables.get(node.table) ?? node;
      tables.set(node.table, first);
      return first;
    }
    case 'project':
      return saidProject(node, from(node.from.input), schemas(node.from.input));
    case 'filter': {
      const schema = schemas(node.from.input);
      const passing = new Temporaries(schema, from(node.from.input), node.span);
      const where = passing.column(saidByRow(node.where, passing));
      const rows: Relation = { ...node, where, from: { input: passing.rows } };
      return passing.isEmpty ? rows : passing.without(rows, columnNames(schema));
    }
    case 'expect': {
      const schema = schemas(node.from.input);
      const passing = new Temporaries(schema, from(node.from.input), node.span);
      const expectations = node.expectations.map(({ name, where }) => ({
        name,
        where: passing.column(saidByRow(where, passing)),
      }));
      const rows: Relation = { ...node, expectations, from: { input: passing.rows } };
      return passing.isEmpty ? rows : passing.without(rows, columnNames(schema));
    }
    case 'aggregate': {
      const passing = new Temporaries(schemas(node.from.input), from(node.from.input), node.span);
      const measures = node.measures.map(({ name, call }) => {
        return { name, call: { ...call, arguments: saidOperands(call, passing) } };
      });
      return { ...node, measures, from: { input: passing.rows } };
    }
    case 'window': {
      const schema = schemas(node.from.input);
      const passing = new Temporaries(schema, from(node.from.input), node.span);
      const columns = node.columns.map(({ name, call }) => {
        return { name, call: { ...call, arguments: saidOperands(call, passing) } };
      });
      if (!passing.isEmpty) throw new Unsayable('passing columns, which would decide among ties');
      return { ...node, columns, from: { input: from(node.from.input) } };
    }
    case 'dedupe': {
      const sugar = pickSugar(node, schemas(node.from.input), versions);
      return { ...node, sugar, from: { input: from(node.from.input) } };
    }
    case 'join': {
      // An author names each pair once.
      const pairs = new Map(node.on.map((pair) => [JSON.stringify([pair.left, pair.right]), pair]));
      const on = [...pairs.values()];
      if (new Set(on.map(({ left }) => left)).size < on.length)
        throw new Unsayable('a join of one column with several');
      return { ...node, on, from: { left: from(node.from.left), right: from(node.from.right) } };
    }
    case 'union':
    case 'setOperation':
      return { ...node, from: { left: from(node.from.left), right: from(node.from.right) } };
    case 'keepConsented':
    case 'soleOwner':
    case 'declassify':
    case 'explode':
    case 'unpivot':
    case 'sql':
      return { ...node, from: { input: from(node.from.input) } };
  }
}

/** What a measure is of: a column or what is computed of some, beside constants that can be nothing else. */
function saidOperands(
  call: AggregateCall | WindowCall,
  passing: Temporaries,
): readonly Expression[] {
  const { takes } =
    call.kind === 'aggregate' ? aggregateFunctions[call.function] : windowFunctions[call.function];
  return call.arguments.map((one, index) =>
    takes[index]?.constant ? one : passing.column(saidByRow(one, passing)),
  );
}

/** The verb that says a pick. */
function pickSugar(node: Dedupe, schema: Schema, versions: Versions): Dedupe['sugar'] {
  if (node.first !== undefined) return 'top';
  const [first, ...more] = node.order;
  const names = columnNames(schema);
  if (!first) {
    const isDistinct =
      node.by.length === names.length && node.by.every((one, index) => one === names[index]);
    return isDistinct && node.sugar === 'distinct' ? 'distinct' : 'dedupe';
  }
  const isLatest = node.sugar === 'latestBy' && more.length === 0 && first.direction === 'desc';
  if (!isLatest) return 'dedupe';
  // `latestBy` takes a row without a version for the newest.
  const { origin, nullable } = findColumn(schema, first.column) ?? {};
  const isRead = inOrder(node).some((one) => one.kind === 'source' && one.table === origin?.table);
  const isVersion = isRead && nullable && versions.has(`${origin?.table}.${origin?.column}`);
  return first.nulls === (isVersion ? 'first' : 'last') ? 'latestBy' : 'dedupe';
}
