import type { RelationProblems } from '../../algebra/problem.ts';
import { type Message, message } from '../message.ts';
import { didYouMean, listed, named, visible } from '../wording.ts';

type SchemaCode = Extract<keyof RelationProblems, `schema/${string}`>;

/** What authors call the operations that the algebra names otherwise. */
const spoken: Readonly<Record<string, string>> = {
  add: 'plus',
  subtract: 'minus',
  multiply: 'times',
  divide: 'dividedBy',
  coalesce: 'orElse',
  pseudonym: 'pseudonymize',
};

function operationNamed(operation: string): string {
  return named(spoken[operation] ?? operation);
}

/** Columns and types. */
export const schemaMessages = {
  'schema/unknown-column': message({
    about:
      'A step names a column that its rows do not have. Columns exist from the step that makes them to the step that drops them; after a join, a right column that was joined on is there under the left name.',
    text: ({ column }) => `there is no column ${named(column)} here`,
    hint: ({ column, known }) => didYouMean(column, known, 'columns'),
  }),
  'schema/duplicate-column': message({
    about:
      'Two columns of one table would have the same name, so a later step could not say which one it means.',
    text: ({ column }) => `${named(column)} would be there twice`,
    hint: ({ hint }) => hint,
  }),
  'schema/unrepeatable': message({
    about:
      'A table is computed anew from its inputs in each run, and has to come out the same of the same ones: tests, erasures and repairs rely on it. So no query may ask for the time, the user, chance, or the files that it reads. What stands in a text that Spark takes for a query, a run refuses.',
    text: ({ verb, function: name }) =>
      `${named(`${name}()`)} in ${named(verb)} gives something else in another run`,
    hint: () =>
      'take a time from a column of the rows, such as when they were written, or write a constant; for a key, use surrogateKey, for a part of the rows sample',
  }),
  'schema/no-columns': message({
    about: 'A step names no column, so there is nothing for it to do.',
    text: ({ verb }) => `${named(verb)} names no column`,
    hint: () => 'name at least one',
  }),
  'schema/unknown-table': message({
    about:
      'A job reads a table that is neither declared in a zone nor written by a job of the library.',
    text: ({ table }) => `there is no table ${named(table)}`,
    hint: () => "declare it in its zone, or add the job that writes it to the library's jobs",
  }),
  'schema/unknown-function': message({
    about:
      'An expression calls a function that the language does not have. Authors cannot write this; hand-made libraries can.',
    text: (parameters) => `there is no function ${named(parameters.function)}`,
    hint: () => 'use a function of the expression methods',
  }),
  'schema/unlike-types': message({
    about:
      'Two values of types that have no common type are compared, combined or joined on. Types are never converted silently: Spark would turn a mistyped join key into null and lose the row.',
    text: ({ operation, left, leftType, right, rightType }) =>
      `${operationNamed(operation)} takes two values of like types, but ${named(left)} is ${leftType} and ${named(right)} is ${rightType}`,
    hint: () => 'cast one of them',
  }),
  'schema/wrong-type': message({
    about: 'An operation got a value of a type it does not take.',
    text: ({ operation, found, expected }) =>
      `${operationNamed(operation)} got ${visible(found)}, expected ${expected}`,
    hint: () => 'cast the value, or use another column',
  }),
  'schema/unknown-field': message({
    about: 'An expression reads a field that the struct does not have.',
    text: ({ field }) => `there is no field ${named(field)} in the struct`,
    hint: ({ field, known }) => didYouMean(field, known, 'fields'),
  }),
  'schema/impossible-cast': message({
    about: 'A cast between types that Spark 3.5 and Spark 4.1 do not convert alike.',
    text: ({ column, from, to }) => `${named(column)} is ${from}, which does not cast to ${to}`,
    hint: () => 'cast to string first, or to a type of the same family',
  }),
  'schema/equal-in-condition': message({
    about:
      "A join's condition says that a column of each side is equal. Columns joined on say that: Spark finds pairs by them without trying every one, and whose rows meet is told by them.",
    text: ({ left, right }) =>
      `the condition of this join says that ${named(left)} equals ${named(right)}`,
    hint: ({ left, right }) => `join on them: { ${left}: '${right}' }`,
  }),
  'schema/unlike-union': message({
    about:
      'Two tables are appended that do not have the same columns of the same types. Columns meet by name.',
    text: ({ columns }) => `the two tables differ in ${listed(columns)}`,
    hint: () => 'select the same columns, of the same types, on both sides',
  }),
  'schema/order-without-total': message({
    about:
      'Picking one row of several needs an order over the whole row, or the pick would change from run to run. A column of a type without an order (array, struct, map) cannot decide.',
    text: ({ verb }) =>
      `${named(verb)} cannot order the rows: a column has a type without an order`,
    hint: () => 'drop the column first, or name it in `by`',
  }),
  'schema/no-folder-column': message<{ column: string; table: string; why: string }>({
    about:
      'A column that a table is partitioned by has a plain type whose values can be the names of folders, is never null, has a name in lower case, as the Glue catalog and Athena look for folders in lower case, and is not the only column: files have to hold something.',
    text: ({ column, table, why }) =>
      `folders of ${named(table)} cannot be named by ${named(column)}: ${visible(why)}`,
    hint: () =>
      'derive a column of type string, int, long or date, such as the day, and partition by that',
  }),
  'schema/declaration-disagrees': message<{
    table: string;
    job: string;
    differences: readonly string[];
  }>({
    about:
      'A table is declared by hand and also written by a job, and the two do not have the same columns.',
    text: ({ table, job, differences }) =>
      `the declaration of ${named(table)} does not match what job ${named(job)} writes: ${visible(differences.join('; '))}`,
    hint: ({ job }) => `read the table from job ${named(job)} instead of declaring it`,
  }),
  'schema/stream-disagrees': message<{
    stream: string;
    table: string;
    differences: readonly string[];
  }>({
    about:
      'A stream is delivered into a landing table, and what is declared of the two is not the same: jobs would read other columns than arrive, or take what is private for harmless.',
    text: ({ stream, table, differences }) =>
      `the stream ${named(stream)} is delivered into ${named(table)} and declared otherwise: ${visible(differences.join('; '))}`,
    hint: () => 'give both the same columns, labels, owner, event time and consents',
  }),
} satisfies { readonly [C in SchemaCode]: Message<RelationProblems[C]> } & Record<string, unknown>;
