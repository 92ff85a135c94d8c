import {
  type Csv,
  type Format,
  formatName,
  type Jdbc,
  type Job,
  keepsLines,
  sinkId,
  type Table,
} from '../algebra/library.ts';
import type { Span } from '../algebra/span.ts';
import type { CheckedLibrary } from '../check/index.ts';
import { InternalError } from '../diagnostics/index.ts';
import type { AuthorWords } from './author-words.ts';
import { permitDays } from './exceptions.ts';
import { expectedOfTable } from './expected-of-table.ts';
import { type FunnelStep, funnelStep } from './funnel.ts';
import { layout } from './layout.ts';
import { proofs } from './proofs.ts';
import { lakewright, sys } from './pyspark/symbols.ts';
import { buildTransform, type Transform, type TransformInput } from './pyspark/transform.ts';
import { structType } from './pyspark/types.ts';
import { constant, integer, list, method, name, text } from './python/build.ts';
import { printImports } from './python/imports.ts';
import { type PrintedPython, printDocstring, printPython } from './python/printer.ts';
import type { PyExpression, PyStatement } from './python/tree.ts';

/** The PySpark script of one job, and what else is known of it. */
export interface JobScript {
  readonly job: string;
  /** `jobs/<job>.py` */
  readonly path: string;
  readonly text: string;
  /** Names of the arguments that it cannot run without, in the order in which it names them; `JOB_NAME` is Glue's own. */
  readonly arguments: readonly string[];
  /** Its tables, by the names of their arguments. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The steps whose rows it counts, in their order. */
  readonly steps: readonly FunnelStep[];
  /** Lines of `text`, from 1, that begin what the author said at a place. */
  readonly origins: readonly { readonly line: number; readonly span: Span }[];
}

/** Every job's script, in the order of the jobs. */
export function jobScripts(checked: CheckedLibrary, words: AuthorWords): readonly JobScript[] {
  return checked.jobs.map(({ job }) => jobScript(job, checked, words));
}

/** The scripts' text by path. */
export function emitScripts(
  checked: CheckedLibrary,
  words: AuthorWords,
): ReadonlyMap<string, string> {
  return new Map(jobScripts(checked, words).map((script) => [script.path, script.text]));
}

function jobScript(job: Job, checked: CheckedLibrary, words: AuthorWords): JobScript {
  const output = sinkId(job.sink);
  const transform = buildTransform(job.rows, {
    words,
    doc: `Compute the rows of ${output}.`,
    schema(relation) {
      const frame = checked.frames.get(relation);
      if (!frame) throw new InternalError(`a ${relation.kind} of ${job.name} was not checked`);
      return frame.schema;
    },
  });
  const inputs = transform.inputs.map((input) => ({ ...input, ...readingOf(input, checked) }));
  const needed = scriptArguments(inputs, argumentOf(output), transform.needs);
  const schemas = inputs.map((input) => printPython([schemaConstant(input)]));
  const main = mainFunction(job, checked.library.name, inputs, needed, transform.needs, {
    before: permitStatements(permitDays(job)),
    after: [
      ...proofs(job, checked, transform),
      ...expectedOfTable(job),
      publication(job, argumentOf(output)),
    ],
  });
  const printed = {
    transform: printPython([transform.function]),
    main: printPython([main]),
  };
  const script = layout('job.py', {
    docstring: printDocstring(moduleDoc(job, transform, output), 0).join('\n'),
    imports: printImports([...schemas, ...Object.values(printed)].flatMap((part) => part.imports)),
    schemas: schemas.map((schema) => schema.text).join('\n\n'),
    transform: printed.transform.text,
    main: printed.main.text,
  });
  const origins = [...placed(printed.transform, script), ...placed(printed.main, script)];
  return {
    job: job.name,
    path: `jobs/${job.name}.py`,
    text: script,
    arguments: needed,
    inputs: Object.fromEntries(inputs.map(({ parameter, table }) => [parameter, table])),
    steps: transform.steps.map((step) => funnelStep(step, checked.frames)),
    origins,
  };
}

/** The lines of a block where it stands in the script. */
function placed({ text: block, origins }: PrintedPython, script: string): JobScript['origins'] {
  const before = script.slice(0, script.indexOf(block)).split('\n').length - 1;
  return origins.map(({ line, span }) => ({ line: before + line, span }));
}

function moduleDoc(job: Job, { inputs }: Transform, output: string): string {
  const reads = inputs.map(({ table }) => table);
  const lines = [`Reads   ${reads.join(', ')}`, `Writes  ${output}`];
  const doc = job.doc ?? job.sink.doc ?? `Writes ${output}.`;
  return `${job.name}: ${doc}\n\n${lines.join('\n')}`;
}

type Reader = 'read_table' | `read_${ReturnType<typeof formatName>}`;

interface ReadInput extends TransformInput {
  readonly reader: Reader;
  /** Column that says whom a row is about, in tables from outside: rows of people who were erased are not read. */
  readonly about?: string;
  /** Column that says when: of a device's rows, those from after an erasure are read. */
  readonly at?: string;
  /** Of tables from outside. */
  readonly declared?: Table;
  /** Columns that the names of folders tell. */
  readonly folders: readonly string[];
}

function readingOf(
  { table }: TransformInput,
  checked: CheckedLibrary,
): Pick<ReadInput, 'reader' | 'about' | 'at' | 'declared' | 'folders'> {
  const found = checked.tables.get(table);
  if (!found) throw new InternalError(`the table ${table} was not checked`);
  // What a job of the library writes is Parquet, whatever an outside declaration said.
  const outside = found.writer ? undefined : found.declared;
  if (!outside) return { reader: 'read_table', folders: found.writer?.partitionedBy ?? [] };
  const folders = outside.partitionedBy ?? [];
  const reader: Reader = `read_${formatName(outside.format)}`;
  if (!outside.owner) return { reader, declared: outside, folders };
  const { kind, column: about } = outside.owner;
  const at = kind === 'alias' ? outside.eventTime : undefined;
  return { reader, declared: outside, folders, about, ...(at === undefined ? {} : { at }) };
}

function scriptArguments(
  inputs: readonly ReadInput[],
  output: string,
  needs: Transform['needs'],
): readonly string[] {
  return [
    ...inputs.map(({ parameter }) => parameter),
    output,
    ...(inputs.some(({ declared }) => declared && keepsLines(declared.format))
      ? ['quarantine']
      : []),
    ...(needs.consentAsOf ? ['consent_as_of'] : []),
    ...(needs.pseudonymKey ? ['pseudonym_key'] : []),
    ...(inputs.some(({ about }) => about !== undefined) ? ['suppression', 'suppression_key'] : []),
    'report',
  ];
}

function argumentOf(table: string): string {
  return table.replace('.', '_');
}

function schemaConstant({ parameter, schema }: ReadInput): PyStatement {
  return { kind: 'assign', target: parameter.toUpperCase(), value: structType(schema) };
}

function readCall(run: PyExpression, input: ReadInput): PyExpression {
  const { parameter, reader, schema, declared, folders, about, at } = input;
  const names = declared?.columns.map((column) => column.name) ?? [];
  const needed = schema.map((column) => column.name);
  const isWhole = names.length === needed.length && names.every((one, at) => one === needed[at]);
  return method(
    run,
    reader,
    [text(parameter), name(parameter.toUpperCase()), ...formOf(declared?.format)],
    {
      ...(about === undefined ? {} : { about: text(about) }),
      ...(at === undefined ? {} : { at: text(at) }),
      ...(declared && !isWhole ? { columns: list(names.map(text)) } : {}),
      ...(folders.length > 0 ? { partitioned_by: list(folders.map(text)) } : {}),
    },
  );
}

/** What is to be said of how a table is read, where its reader does not tell. */
function formOf(format: Format | undefined): readonly PyExpression[] {
  if (format === undefined || typeof format === 'string') return [];
  return [format.kind === 'csv' ? csvForm(format) : jdbcForm(format)];
}

/** `lakewright.Jdbc("shop", "public", "orders", split_by="id", split_from=1, split_to=4000000, splits=8)` */
function jdbcForm({ connection, schema, table, fetchSize, split }: Jdbc): PyExpression {
  return method(lakewright, 'Jdbc', [connection, schema, table].map(text), {
    ...(fetchSize === 10_000 ? {} : { fetch_size: integer(fetchSize) }),
    ...(split === undefined
      ? {}
      : {
          split_by: text(split.by),
          split_from: integer(split.from),
          split_to: integer(split.to),
          splits: integer(split.parts),
        }),
  });
}

/** `lakewright.Csv(delimiter=";")`: what differs from the usual. */
function csvForm(format: Csv): PyExpression {
  const { header, delimiter, quote, escape: sign, nullValue, lineBreaks } = format;
  const differing: Readonly<Record<string, PyExpression>> = {
    ...(header ? {} : { header: constant(false) }),
    ...(delimiter === ',' ? {} : { delimiter: text(delimiter) }),
    ...(quote === '"' ? {} : { quote: text(quote) }),
    ...(sign === '"' ? {} : { escape: text(sign) }),
    ...(nullValue === '' ? {} : { null: text(nullValue) }),
    ...(lineBreaks ? { line_breaks: constant(true) } : {}),
  };
  return method(lakewright, 'Csv', [], differing);
}

/** `run.publish(result, "trusted_reading", format="iceberg", partitioned_by=["day"])` */
function publication(job: Job, output: string): PyStatement {
  const { format, partitionedBy, targetFileSize, sink } = job;
  const value = method(name('run'), 'publish', [name('result'), text(output)], {
    ...(format === undefined ? {} : { format: text(format) }),
    ...(partitionedBy ? { partitioned_by: list(partitionedBy.map(text)) } : {}),
    ...(targetFileSize === undefined ? {} : { target_file_size: integer(targetFileSize) }),
  });
  return { kind: 'expression', value, span: sink.span };
}

function permitStatements(days: readonly string[]): readonly PyStatement[] {
  if (days.length === 0) return [];
  const comment = 'What people allowed ends with these days; nothing is read afterwards.';
  const value = method(name('run'), 'require_permits', days.map(text));
  return [{ kind: 'expression', value, comment }];
}

function mainFunction(
  job: Job,
  library: string,
  inputs: readonly ReadInput[],
  needed: readonly string[],
  needs: Transform['needs'],
  asked: { readonly before: readonly PyStatement[]; readonly after: readonly PyStatement[] },
): PyStatement {
  const run = name('run');
  const property = (own: string): PyExpression => ({ kind: 'attribute', value: run, name: own });
  const frames = inputs.map((input) => readCall(run, input));
  const transformed: PyExpression = {
    kind: 'call',
    callee: name('transform'),
    arguments: frames,
    keywords: [
      ...(needs.consentAsOf ? [{ name: 'consent_as_of', value: property('consent_as_of') }] : []),
      ...(needs.pseudonymKey ? [{ name: 'pseudonym_key', value: property('pseudonym_key') }] : []),
      { name: 'counted', value: property('counted') },
      ...(needs.expected ? [{ name: 'expected', value: property('expected') }] : []),
    ],
  };
  const options = list(['JOB_NAME', ...needed].map(text));
  const parsed: PyExpression = {
    kind: 'call',
    callee: name('getResolvedOptions'),
    arguments: [{ kind: 'attribute', value: sys, name: 'argv' }, options],
    keywords: [],
  };
  const body: readonly PyStatement[] = [
    // Only Glue has this module, and `transform` has to work without.
    { kind: 'import', import: { module: 'awsglue.utils', name: 'getResolvedOptions' } },
    { kind: 'assign', target: 'arguments', value: parsed },
    {
      kind: 'with',
      value: method(lakewright, 'Run', [name('arguments')], { library: text(library) }),
      target: 'run',
      body: [
        ...asked.before,
        { kind: 'assign', target: 'result', value: transformed },
        ...asked.after,
      ],
    },
  ];
  return {
    kind: 'function',
    span: job.span,
    name: 'main',
    parameters: [],
    returns: { kind: 'literal', value: null },
    body,
  };
}
