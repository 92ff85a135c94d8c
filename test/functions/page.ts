import { Project } from 'ts-morph';
import { aggregateFunctions } from '../../algebra/aggregate-functions.ts';
import { eachFunctions } from '../../algebra/each-functions.ts';
import type { WindowName } from '../../algebra/expressions.ts';
import type { FunctionDefinition } from '../../algebra/functions/definition.ts';
import { functions } from '../../algebra/functions/index.ts';
import { timestampText } from '../../algebra/instants.ts';
import type { Value } from '../../algebra/row.ts';
import { int } from '../../algebra/types.ts';
import { verbs } from '../../algebra/verbs/index.ts';
import { windowFunctions } from '../../algebra/window-functions.ts';
import { methods } from '../../dsl/expression-methods.ts';
import { expressionText } from '../source/expression-text.ts';
import { type TypeText, typeOf } from '../verbs/given.ts';
import { across, asc, column, literal, source, window } from '../verbs/nodes.ts';
import { aggregateSignatures } from './aggregates.ts';
import { expressionOf, isLiteral, operandNames, type Signature, variablesOf } from './signature.ts';
import { signatures } from './signatures.ts';

const families: Readonly<Record<FunctionDefinition['family'], string>> = {
  comparison: 'Comparing',
  logic: 'Conditions',
  null: 'Null',
  arithmetic: 'Arithmetic',
  math: 'Numbers',
  digits: 'Bits, digits and checksums',
  string: 'Text',
  regexp: 'Patterns',
  collection: 'Lists and maps',
  making: 'Making lists, structs and maps',
  json: 'JSON',
  date: 'Days and instants',
  time: 'Times as numbers',
  privacy: 'Privacy',
};

const head = `# Functions

Methods of values in callbacks (\`c.email.lower()\`), and aggregates (\`median(c.rate)\`). All of them mean the same on Spark 3.5
and 4.1, with ANSI mode on or off, and in the reference interpreter: every example below is a case that the tests run on all
three.

- **Null of null**: a method gives null where its value or an operand is null, unless its line says otherwise. \`null?\` marks
  those that can be null although nothing they are given is.
- **Nothing fails on data.** What does not fit, cannot be divided or is no date is null; no message quotes a value.
- **Labels stay.** A result has all labels of all operands, however little it tells: a length, a checksum, a year. The two that
  take labels off are under [Privacy](#privacy).
- Text is counted in characters (code points) and compared by its UTF-8 bytes. Days and instants are those of the Gregorian
  calendar, the years 1 to 9999, in UTC. Doubles agree to nine digits.
- Spark adds up the rows of a \`sum\` in any order, the interpreter exactly. Where a part of them has a sum that does not fit and
  all of them have one that does (longs of both signs near 9,223,372,036,854,775,807, decimals of more than 28 digits), Spark's
  sum may be null, and not in the next run. Longs that are cast to \`decimal(28, 0)\` first have room enough.

\`when(condition, value).otherwise(value)\` chooses, the verb \`cast\` changes types (null where a value does not fit).
\`sum(c.price).where(c.returned)\` is the sum over the rows for which a condition is true, and so is every other aggregate.
Whole numbers meet decimals as decimals; what comes of decimals has Spark's precision and scale.

`;

const tail = `## What there is not

| | why |
|---|---|
| current time, random numbers, \`uuid\`, the name of the input file, a running id | a job that runs again must give the same rows |
| \`first\`, \`last\`, an unsorted list | which row of a group is first is chance; use \`minBy\`, \`maxBy\`, \`latestBy\`, \`collectSorted\`, or a window, which has an order |
| approximate percentiles | they depend on how Spark splits the rows; \`percentile\` is exact |
| \`md5\`, \`sha2\` and other unkeyed hashes | they look like pseudonyms and are none: use \`pseudonymize\`; \`crc32\` and \`xxhash64\` are for buckets and keep all labels |
| \`sequence\`, a list as long as a column says | one row could ask for more elements than there is room for, and stop the job |
| \`transform_keys\`, \`map_concat\`, \`map_from_arrays\` | Spark stops the job where a key comes twice |
| maps, decimals and times in \`fromJson\`, \`schema_of_json\` | Spark leaves a map with a key twice, reads a bare clock time on the day of the run, and needs a whole cluster's memory for \`1e999999999\`; declare text, and \`cast\` or parse it |
| \`initcap\` | Spark 3.5 and 4.1 differ on letters such as \`ß\` and \`ﬁ\` |
| \`\\b\`, \`\\p{...}\`, back references, look-ahead in patterns; \`(a\\|b)*\` | Java and JavaScript differ, or Java's matcher overflows its stack on long text |
| lenient formats, names of months and weekdays | Spark's parser of formats stops the job, or reads other things than an older one |
| text of one type where another is meant (\`'1' + 1\`) | types meet only where no digit is lost; \`cast\` says it |
`;

/** The page docs/functions.md: every method and aggregate, with the first case of its table as the example. */
export function functionsPage(): string {
  const parameters = methodParameters();
  const parts = Object.entries(families).map(([family, title]) => {
    const own = functions.filter((one) => one.family === family);
    if (family === 'making')
      return table(title, 'function', saidLines([...own, structs], parameters));
    return table(
      title,
      'method',
      own.flatMap((one) => methodLines(one, parameters)),
    );
  });
  const lambdas = Object.entries(eachFunctions).map(([name, { doc }]) => ({ name, doc }));
  parts.push(table('Lambdas', 'method', saidLines(lambdas, parameters)));
  return `${head}${parts.join('')}${table('Aggregates', 'aggregate', aggregateLines(parameters))}${windowTable(parameters)}${tail}`;
}

function table(title: string, first: string, lines: readonly string[]): string {
  return `## ${title}\n\n| ${first} | of → gives | | example |\n|---|---|---|---|\n${lines.join('\n')}\n\n`;
}

function methodLines(
  definition: FunctionDefinition,
  parameters: ReadonlyMap<string, string>,
): readonly string[] {
  const names = Object.keys(methods).filter((name) => methods[name]?.function === definition.name);
  const signature = signatures.find(({ name, rows }) => name === definition.name && rows);
  if (!signature) throw new TypeError(`${definition.name} has no case`);
  return names.map((name) => {
    const said = parameters.get(name);
    if (said === undefined) throw new TypeError(`no type of the language has the method ${name}`);
    const null0 = canBeNull(definition, signature) ? '`null?` ' : '';
    const gives = (signature.gives ?? '').replace(/\?$|\?? \[.*$/, '');
    const types = `\`${plainType(signature.of[0])}\` → \`${gives}\``;
    return row([`\`${name}(${said})\``, types, null0 + definition.doc, example(name, signature)]);
  });
}

const structs = {
  name: 'structOf',
  doc: 'The struct of some named values; its fields are read as `c.point.x`.',
};

/** What is no method of a value alone, each with its first case, as an author would write it. */
function saidLines(
  all: readonly { readonly name: string; readonly doc: string }[],
  parameters: ReadonlyMap<string, string>,
): readonly string[] {
  return all.map(({ name, doc }) => {
    const one = signatures.find((signature) => signature.name === name && signature.rows);
    const values = one?.rows?.find((row) => !row.includes(null)) ?? [];
    if (!one) throw new TypeError(`${name} has no case`);
    const schema = variablesOf(one).map((type, index) => {
      return { name: operandNames[index] ?? '', type: typeOf(type), nullable: true, labels: [] };
    });
    const said = expressionText(expressionOf(one), schema);
    const given = values.slice(0, -1).map((value, index) => {
      return `\`c.${operandNames[index]}\` = \`${shown(value, one.of[index])}\``;
    });
    const types = `\`${plainType(one.of[0])}\` → \`${(one.gives ?? '').replace(/\?$/, '')}\``;
    const text = `\`${said}\` is \`${shown(values.at(-1) ?? null)}\`, ${given.join(', ')}`;
    const written = parameters.get(name) ?? parameters.get(`${name}()`) ?? '';
    return row([`\`${name}(${written})\``, types, doc, text]);
  });
}

/** Functions of windows, each over the same few rows. */
function windowTable(parameters: ReadonlyMap<string, string>): string {
  const said = `Of these and of all aggregates but \`countDistinct\` the verb \`window\` makes columns. The examples are over the rows ${windowRows.map(({ x }) => String(x)).join(', ')} of \`c.x\`, in that order.`;
  const lines = Object.entries(windowFunctions).map(([name, { doc, takes }]) => {
    const operands = takes.map(({ constant }) => (constant ? literal('int', 2) : column('x')));
    const order = [asc('place')];
    const node = window(
      source('rows'),
      { by: [], order },
      { made: across(name as WindowName, ...operands) },
    );
    const made = verbs.window
      .rows(node, { input: windowRows }, windowExecution)
      .map((one) => String(one['made']));
    const given = takes.map(({ constant }) => (constant ? '2' : 'c.x')).join(', ');
    return row([
      `\`${name}(${parameters.get(`${name}()`) ?? ''})\``,
      doc,
      `\`${name}(${given})\` is ${made.join(', ')}`,
    ]);
  });
  return `## Windows\n\n${said}\n\n| function | | example |\n|---|---|---|\n${lines.join('\n')}\n\n`;
}

const windowRows = [5, 7, null, 9].map((x, place) => ({ place, x }));

const windowSchema = ['place', 'x'].map((name) => ({
  name,
  type: int,
  nullable: true,
  labels: [],
}));

const windowExecution = {
  rows: () => windowRows,
  consentAsOf: 0n,
  pseudonymKey: () => Buffer.of(),
  schema: () => windowSchema,
};

/** Whether it can be null although no operand is. */
function canBeNull(definition: FunctionDefinition, { of }: Signature): boolean {
  const operands = of.map((one) =>
    isLiteral(one)
      ? { type: one.type, nullable: false, labels: [], constant: one.value }
      : { type: typeOf(one), nullable: false, labels: [] },
  );
  return definition.nullable(operands);
}

function aggregateLines(parameters: ReadonlyMap<string, string>): readonly string[] {
  return Object.entries(aggregateFunctions).map(([name, { doc }]) => {
    const signature = aggregateSignatures.find((one) => one.name === name && one.groups);
    const [rows = [], result = null] = signature?.groups?.[0] ?? [];
    const types = signature?.of.filter((one) => !isLiteral(one)) ?? [];
    const constants = signature?.of.filter(isLiteral).map(({ value }) => String(value)) ?? [];
    const given = rows.map((values) =>
      values.length === 1 ? shown(values[0] ?? null, types[0]) : tuple(values, types),
    );
    const of = `\`${types.map(plainType).join(', ')}\` → \`${signature?.gives?.replace('?', '')}\``;
    const share = constants.length > 0 ? `, ${constants.join(', ')}` : '';
    const text = `of ${given.join(', ')}${share} it is ${shown(result)}`;
    return row([`\`${name}(${parameters.get(`${name}()`) ?? ''})\``, of, doc, `\`${text}\``]);
  });
}

function tuple(values: readonly Value[], types: readonly Signature['of'][number][]): string {
  return `(${values.map((value, index) => shown(value, types[index])).join(', ')})`;
}

/** The first case without null, as an author would write it. */
function example(name: string, { of, rows = [], gives = '' }: Signature): string {
  const plain = rows.filter((one) => !one.includes(null));
  const values =
    plain.find((one) => one.at(-1) !== false && one[0] !== '') ?? plain[0] ?? rows[0] ?? [];
  const given = values.values();
  const [receiver = '', ...others] = of.map((one) =>
    isLiteral(one)
      ? shown(numberOf(one.value, one.type.kind), one.type.kind as TypeText)
      : shown(given.next().value ?? null, one),
  );
  const result = shown(values.at(-1) ?? null, gives.replace(/ \[.*$/, '') as TypeText);
  const self = /^['\w[]/.test(receiver) && !/^\d/.test(receiver) ? receiver : `(${receiver})`;
  return `\`${self}.${name}(${others.join(', ')})\` is \`${result}\``;
}

/** A long constant is held as text. */
function numberOf(value: Value, kind: string): Value {
  return kind === 'long' && typeof value === 'string' ? BigInt(value) : value;
}

function plainType(of: Signature['of'][number] | undefined): string {
  if (of === undefined) return '';
  if (typeof of === 'string') return of.replace('?', '').replace(/\(.*/, '');
  return of.kind === 'literal' ? of.type.kind : of.kind;
}

function shown(value: Value, type?: Signature['of'][number]): string {
  if (value === null) return 'null';
  if (Array.isArray(value))
    return `[${(value as readonly Value[]).map((one) => shown(one)).join(', ')}]`;
  const isInstant = typeof type === 'string' && type.startsWith('timestamp');
  if (typeof value === 'bigint') return isInstant ? `'${timestampText(value)}'` : String(value);
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(9)));
  if (typeof value === 'boolean') return String(value);
  if (typeof type === 'string' && type.startsWith('decimal')) return String(value);
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
  const fields = Object.entries(value).map(([name, one]) => `${name}: ${shown(one)}`);
  return `{ ${fields.join(', ')} }`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What authors write between the brackets of each method, and of each aggregate as `name()`. */
function methodParameters(): ReadonlyMap<string, string> {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  const said = new Map<string, string>();
  const names = (
    parts: readonly { getName(): string; isRestParameter(): boolean; isOptional(): boolean }[],
  ) =>
    parts
      .map(
        (one) =>
          `${one.isRestParameter() ? '...' : ''}${one.getName()}${one.isOptional() && !one.isRestParameter() ? '?' : ''}`,
      )
      .join(', ');
  for (const file of project.addSourceFilesAtPaths('dsl/values/*.ts')) {
    for (const method of file.getInterfaces().flatMap((one) => one.getMethods())) {
      if (method.getJsDocs().length === 0)
        throw new TypeError(`${method.getName()} has no docstring`);
      said.set(method.getName(), names(method.getParameters()));
    }
  }
  const calls = ['dsl/aggregates.ts', 'dsl/making.ts', 'dsl/windows.ts'];
  for (const file of project.addSourceFilesAtPaths(calls)) {
    for (const one of file.getFunctions())
      said.set(`${one.getName()}()`, names(one.getParameters()));
  }
  return said;
}
