import { mixed, uniteLabels } from '../labels.ts';
import { fromLists, toldByLists } from '../lists.ts';
import { problem, type RelationProblem, sound } from '../problem.ts';
import type { Relation } from '../relation.ts';
import { type Column, columnNames } from '../schema.ts';
import type { Span } from '../span.ts';
import { unrepeatable } from '../sql-text.ts';
import { type DataType, typeName } from '../types.ts';
import type { Verb } from '../verb.ts';

/**
 * What a query in Spark's SQL, or a function of PySpark, makes of the input's rows, which the query knows as the table `input`. Nobody knows what it does, so its
 * rows may depend on everybody, and each column has the labels of all that went in. A run looks whether it reads nothing else and
 * gives exactly the declared columns.
 */
export interface Sql {
  readonly kind: 'sql';
  readonly span: Span;
  readonly query: string;
  /** Of the text; absent: SQL. */
  readonly language?: 'pyspark';
  /** Columns of the result; all may be null. */
  readonly columns: readonly Pick<Column, 'name' | 'type'>[];
  readonly from: { readonly input: Relation };
}

export const sql: Verb<Sql> = {
  kind: 'sql',
  describe: (node) =>
    `run ${languageOf(node)} that gives ${node.columns.map(({ name }) => name).join(', ')}`,
  schema(node, { input }) {
    const told = toldByLists(input, [input]).flatMap(({ labels }) => labels);
    const made = fromLists(input);
    const value = node.columns.map(({ name, type }): Column => {
      return { name, type, nullable: true, labels: uniteLabels(told), ...made };
    });
    return { value, problems: problemsOf(node, columnNames(input)) };
  },
  state: () => sound(mixed),
  rows(node) {
    throw new TypeError(
      `the reference interpreter does not know what ${languageOf(node)} means: run the job on local Spark, or give the rows of the table that it writes`,
    );
  },
};

function languageOf({ language }: Sql): string {
  return language === 'pyspark' ? 'PySpark' : 'SQL';
}

function problemsOf(
  { columns, span, language, query }: Sql,
  given: readonly string[],
): readonly RelationProblem[] {
  const verb = language ?? 'sql';
  const names = columns.map(({ name }) => name);
  const asked = unrepeatable(query, given);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  return [
    ...(names.length === 0 ? [problem('schema/no-columns', span, { verb })] : []),
    ...(asked === undefined
      ? []
      : [problem('schema/unrepeatable', span, { verb, function: asked })]),
    ...twice.map((column) =>
      problem('schema/duplicate-column', span, { column, hint: 'name it once' }),
    ),
    ...columns
      .filter(({ type }) => isNested(type))
      .map(({ name, type }) => {
        const expected = 'a plain type; toJson() makes text of lists, structs and maps';
        const parameters = { operation: verb, found: `${name} (${typeName(type)})`, expected };
        return problem('schema/wrong-type', span, parameters);
      }),
  ];
}

function isNested({ kind }: DataType): boolean {
  return kind === 'array' || kind === 'struct' || kind === 'map';
}
