import { message } from '../message.ts';
import { didYouMean, named, visible } from '../wording.ts';

/** What an author wrote, seen while the library file runs or by the lint of its source. */
export const dslMessages = {
  'dsl/unknown-column': message<{ column: string; known: readonly string[] }>({
    about:
      'A callback or an option names a column that the rows do not have. TypeScript says so in the editor; this is said where it was silenced.',
    text: ({ column }) => `there is no column ${named(column)} here`,
    hint: ({ column, known }) => didYouMean(column, known, 'columns'),
  }),
  'dsl/plain-boolean': message<{ verb: string }>({
    about:
      'The callback ran once, while the library was read, and gave a JavaScript true or false instead of a condition on each row.',
    text: ({ verb }) =>
      `the callback of ${named(verb)} gave a JavaScript boolean, expected a condition on columns`,
    hint: () =>
      'compare with `.eq(...)`, `.gt(...)`; combine with `.and(...)`, `.or(...)`, `.not()`',
  }),
  'dsl/plain-operator': message<{ operator: string; instead: string }>({
    about:
      'JavaScript evaluates `&&`, `||`, `!` and `?:` while the library is read, and silently drops one of the two sides: `a && b` is just `b`.',
    text: ({ operator }) => `${named(operator)} on columns is decided once, not for each row`,
    hint: ({ instead }) => `write ${named(instead)}`,
  }),
  'dsl/any': message<{ text: string }>({
    about: '`any` switches the checks of the editor off for everything that it touches.',
    text: ({ text }) => `${named(text)} has the type any`,
    hint: () => 'remove the cast, or give the type',
  }),
  'dsl/expression-as-value': message<{ operation: string }>({
    about: 'A column stands for the values of all rows; it has no value while the library is read.',
    text: ({ operation }) => `a column was used as a JavaScript value (${operation})`,
    hint: () => 'use its methods: `.plus(...)`, `.gt(...)`, `.concat(...)`',
  }),
  'dsl/not-an-expression': message<{ where: string; found: string }>({
    about:
      'Something that is neither a column, an expression nor a constant was given where a value is needed.',
    text: ({ where, found }) =>
      `${visible(where)} got ${visible(found)}, expected a column, an expression or a constant`,
    hint: () => 'build it from the columns of the callback',
  }),
  'dsl/not-an-aggregate': message<{ name: string; found: string }>({
    about: 'Each measure of an aggregate sums up the rows of a group.',
    text: ({ name, found }) => `measure ${named(name)} is ${found}, expected an aggregate`,
    hint: () => 'wrap it: `count()`, `sum(...)`, `avg(...)`, `min(...)`, `max(...)`',
  }),
  'dsl/bad-literal': message<{ found: string; expected: string }>({
    about:
      'A constant does not fit the type that it stands beside. Nothing is rounded or wrapped silently.',
    text: ({ found, expected }) => `${visible(found)} is not a constant here, expected ${expected}`,
    hint: () => 'give a constant of that type',
  }),
  'dsl/bad-option': message<{ option: string; found: string; expected: string }>({
    about: 'An option has a value that it does not take.',
    text: ({ option, found, expected }) =>
      `option ${named(option)} is ${visible(found)}, expected ${expected}`,
    hint: () => 'the editor lists the options and their values',
  }),
  'dsl/duplicate-name': message<{ what: string; name: string }>({
    about: 'A name is given twice where each must be its own.',
    text: ({ what, name }) => `the ${what} ${named(name)} is there already`,
    hint: () => 'choose another name',
  }),
  'dsl/no-subject': message<{ verb: string }>({
    about: 'The step needs to know which column names the person, and the rows have none.',
    text: ({ verb }) => `${named(verb)} finds no column here that names the subject`,
    hint: () => "keep the subject's column up to this step",
  }),
  'dsl/stream-as-rows': message<{ where: string; stream: string }>({
    about:
      'Streams are declared only: the pages and the manifest of a library tell of them, and the compiler holds one to the landing table that it is delivered to. A batch job cannot read one yet.',
    text: ({ where, stream }) =>
      `${visible(where)} reads the stream ${named(stream)}: streams are declared only, a batch job cannot read them yet`,
    hint: () =>
      'have it delivered into a landing table (Amazon Data Firehose, Kafka Connect), and read that',
  }),
  'dsl/not-a-dataset': message<{ where: string; found: string }>({
    about: 'Something else was given where rows of a table are needed.',
    text: ({ where, found }) =>
      `${visible(where)} got ${visible(found)}, expected a table or steps on one`,
    hint: () => 'give a table of a zone, or the `table` of a job',
  }),
};
