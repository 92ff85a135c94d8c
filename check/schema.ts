import { inputsOf } from '../algebra/fold.ts';
import { mixed } from '../algebra/labels.ts';
import {
  declarationsOf,
  type Job,
  type Library,
  sinkId,
  type Table,
  tableId,
} from '../algebra/library.ts';
import type { Inputs, Relation } from '../algebra/relation.ts';
import { columnNames, findColumn, type Schema } from '../algebra/schema.ts';
import { type DataType, isOrderable, sameType, typeName } from '../algebra/types.ts';
import type { Surroundings, Verb } from '../algebra/verb.ts';
import { type Diagnostic, diagnostic } from '../diagnostics/index.ts';
import { columnNameProblems } from './column-names.ts';
import { declaredSchema } from './declared-frame.ts';
import { writersOf } from './graph.ts';
import type { Pass } from './knowledge.ts';
import { type Answer, askVerbs } from './verb-rules.ts';

/** The columns of every relation and table, by each verb's own rule. */
export const schema: Pass = {
  name: 'schema',
  run({ library, jobs }) {
    const schemas = new Map<Relation, Schema>();
    const tableSchemas = new Map<string, Schema>();
    const asked = new Set<Relation>();
    const faulty = new Set<Relation>();
    const writers = writersOf(library);
    const declarations = declarationsOf(library).flatMap((table) => {
      const problems = declarationProblems(table);
      const isRead = library.tables.includes(table) && !writers.has(tableId(table));
      const external = problems.length === 0 && isRead;
      if (external) tableSchemas.set(tableId(table), declaredSchema(table));
      return problems;
    });
    const surroundings = { ...surroundingsOf(library), ...onlySchemas(tableSchemas) };
    const inJobs = jobs.flatMap(({ job, reads }) => {
      if (!reads.every((table) => tableSchemas.has(table))) return [];
      const problems: readonly Diagnostic[] = askVerbs(
        job.rows,
        schemas,
        asked,
        (verb, node, inputs) => {
          const answer = askSchema(verb, node, inputs, surroundings);
          if (answer.problems.length > 0) faulty.add(node);
          return answer;
        },
      );
      const written = schemas.get(job.rows);
      if (!written) return problems;
      const id = sinkId(job.sink);
      if (writers.get(id) === job) tableSchemas.set(id, written);
      return [...problems, ...disagreements(job, written, library)];
    });
    const named = [...schemas].flatMap(([node, columns]) => newNames(node, columns, schemas));
    const learnt = { schemas: soundOnes(schemas, faulty), tableSchemas };
    return { diagnostics: [...declarations, ...inJobs, ...named], learnt };
  },
};

/** Relations without a problem at or below them; `schemas` has inputs before the relations that use them. */
function soundOnes(
  schemas: ReadonlyMap<Relation, Schema>,
  faulty: Set<Relation>,
): ReadonlyMap<Relation, Schema> {
  for (const node of schemas.keys()) {
    if (inputsOf(node).some((input) => faulty.has(input))) faulty.add(node);
  }
  return new Map([...schemas].filter(([node]) => !faulty.has(node)));
}

/** What the library's declarations say of consent. */
export function surroundingsOf(library: Library): Pick<Surroundings, 'consents'> {
  const consents = new Map(library.tables.map((table) => [tableId(table), table.consents]));
  return { consents: (id) => consents.get(id) ?? [] };
}

/** Schema rules ask for columns alone. */
function onlySchemas(tables: ReadonlyMap<string, Schema>): Pick<Surroundings, 'frame'> {
  return {
    frame: (id) => {
      const columns = tables.get(id);
      return columns && { schema: columns, state: mixed };
    },
  };
}

function askSchema(
  verb: Verb<Relation>,
  node: Relation,
  inputs: Inputs<Relation, Schema>,
  surroundings: Surroundings,
): Answer<Schema> {
  const { value, problems } = verb.schema(node, inputs, surroundings);
  // A step that hands its input's columns on cannot have spoilt them, so what follows is still worth looking at.
  const handedOn = Object.values(inputs).includes(value);
  return problems.length === 0 || handedOn ? { value, problems } : { problems };
}

/** Names that a step gives; those it hands on were looked at where they came from. */
function newNames(
  node: Relation,
  columns: Schema,
  schemas: ReadonlyMap<Relation, Schema>,
): readonly Diagnostic[] {
  const inputs = inputsOf(node).flatMap((input) => [schemas.get(input) ?? []]);
  if (inputs.length === 0 || inputs.includes(columns)) return [];
  const known = new Set(inputs.flatMap(columnNames));
  const fresh = columnNameProblems(columns, 'this step', () => node.span);
  return fresh.filter(
    (one) => one.code !== 'names/bad-column' || !known.has(one.parameters.column),
  );
}

function declarationProblems(table: Table): readonly Diagnostic[] {
  const { owner, eventTime, consents, span } = table;
  const columns = declaredSchema(table);
  const time = { fits: isTime, expected: 'long (epoch milliseconds) or timestamp' };
  const uses = [
    ...(owner
      ? [
          {
            option: 'about',
            column: owner.column,
            fits: isOrderable,
            expected: 'a type that can be compared',
          },
        ]
      : []),
    ...(eventTime === undefined ? [] : [{ option: 'eventTime', column: eventTime, ...time }]),
    ...consents.flatMap(({ purpose, grantedAt, withdrawnAt, version }) =>
      [grantedAt, ...(withdrawnAt === undefined ? [] : [withdrawnAt]), version].map((column) => ({
        option: `consent.${purpose}`,
        column,
        ...time,
      })),
    ),
  ];
  return uses.flatMap(({ option, column, fits, expected }): readonly Diagnostic[] => {
    const found = findColumn(columns, column);
    if (!found) {
      const parameters = { column, known: columnNames(columns) };
      return [
        diagnostic('schema/unknown-column', parameters, {
          span,
          because: [{ text: `${option} of ${tableId(table)} names it` }],
        }),
      ];
    }
    if (fits(found.type)) return [];
    const parameters = {
      operation: option,
      found: `${column} (${typeName(found.type)})`,
      expected,
    };
    return [diagnostic('schema/wrong-type', parameters, { span })];
  });
}

function isTime(type: DataType): boolean {
  return type.kind === 'long' || type.kind === 'timestamp';
}

/** A declaration of a table that a job writes is only a reader's claim; it must say what the job does. */
function disagreements(job: Job, written: Schema, library: Library): readonly Diagnostic[] {
  const id = sinkId(job.sink);
  const table = library.tables.find((one) => tableId(one) === id);
  if (!table) return [];
  const extra = written.filter((column) => !table.columns.some((one) => one.name === column.name));
  const differences = [
    ...table.columns.flatMap((declared) => {
      const column = findColumn(written, declared.name);
      if (!column) return [`${declared.name} is not written`];
      if (!sameType(column.type, declared.type))
        return [
          `${declared.name} is declared ${typeName(declared.type)} and written ${typeName(column.type)}`,
        ];
      return column.nullable && !declared.nullable ? [`${declared.name} can be null`] : [];
    }),
    ...extra.map((column) => `${column.name} is not declared`),
  ];
  if (differences.length === 0) return [];
  const because = [{ text: `job ${job.name} writes it here`, span: job.sink.span }];
  const parameters = { table: id, job: job.name, differences };
  return [diagnostic('schema/declaration-disagrees', parameters, { span: table.span, because })];
}
