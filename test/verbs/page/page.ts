import { type MethodSignature, Project, SyntaxKind, VariableDeclarationKind } from 'ts-morph';
import { keyText } from '../../../algebra/group-rows.ts';
import { type Job, tableId } from '../../../algebra/library.ts';
import type { Row, Value } from '../../../algebra/row.ts';
import { columnNames } from '../../../algebra/schema.ts';
import type { CheckedLibrary } from '../../../check/index.ts';
import { code, markdown } from '../../../codegen/markdown.ts';
import { interpretRelation, type Sample } from '../../../runtime/interpreter.ts';
import { rowsBySpark } from './rows.ts';

const head = `# Verbs

Each method of a dataset describes one more step and gives a new dataset. Below is what each one does, with an example; the
tests compute every example with the reference interpreter and with the generated script on Spark 3.5 and 4.1, and the rows
must be those that stand here. Rows have no order: they are shown sorted.

`;

/** A method of datasets, as its docstring says it. */
export interface Method {
  readonly name: string;
  /** Its text, a paragraph after another. */
  readonly doc: string;
  /** \`name  what it is\`, for each parameter that is described. */
  readonly parameters: readonly string[];
}

/** The methods of datasets: file by file, in the order in which \`dsl/dataset-of.ts\` lists the steps. */
export function methods(): readonly Method[] {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  project.addSourceFilesAtPaths('dsl/verbs/*.ts');
  const steps = project
    .addSourceFileAtPath('dsl/dataset-of.ts')
    .getVariableDeclarationOrThrow('verbs');
  const names = steps
    .getInitializerIfKindOrThrow(SyntaxKind.ObjectLiteralExpression)
    .getProperties()
    .map((one) => one.getText());
  const place = (file: readonly MethodSignature[]) =>
    Math.min(
      names.length,
      ...file.map((one) => names.indexOf(one.getName())).filter((at) => at >= 0),
    );
  const found = project
    .getSourceFiles('dsl/verbs/*.ts')
    .map((file) =>
      file.getModules().flatMap((one) => one.getInterfaceOrThrow('Dataset').getMethods()),
    )
    .toSorted((a, b) => place(a) - place(b))
    .flat();
  const first = found.filter(
    (one, index) => found.findIndex((other) => other.getName() === one.getName()) === index,
  );
  return first.map((one) => {
    const [doc] = one.getJsDocs();
    if (!doc) throw new TypeError(`${one.getName()} has no docstring`);
    const parameters = doc.getTags().flatMap((tag) => {
      const described = tag.asKind(SyntaxKind.JSDocParameterTag);
      return described ? [`\`${described.getName()}\`: ${described.getCommentText() ?? ''}`] : [];
    });
    return { name: one.getName(), doc: doc.getDescription().trim(), parameters };
  });
}

/** The page docs/verbs.md. */
export function verbsPage(checked: CheckedLibrary, sample: Sample): string {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const source = project.addSourceFileAtPath('test/verbs/page/library.ts');
  const jobs = new Map(checked.jobs.map(({ job }) => [job.name, job]));
  const declared = source
    .getVariableStatements()
    .filter((one) => one.getDeclarationKind() === VariableDeclarationKind.Const)
    .filter((one) => one.getDeclarations().every((constant) => constant.getName() !== 'jobs'))
    .map((one) => one.getText());
  const texts = new Map(
    source.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
      const [name, spec] = call.getArguments();
      if (call.getExpression().getText() !== 'job' || !name) return [];
      const rows = spec
        ?.asKind(SyntaxKind.ObjectLiteralExpression)
        ?.getProperty('rows')
        ?.asKind(SyntaxKind.PropertyAssignment)
        ?.getInitializer();
      return rows ? [[name.getText().slice(1, -1), outdented(rows.getText())] as const] : [];
    }),
  );
  const parts = methods().map((method) => {
    const job = jobs.get(jobName(method.name));
    const text = texts.get(jobName(method.name));
    if (!job || text === undefined) throw new TypeError(`${method.name} has no example`);
    const rows = rowsBySpark.get(job.name) ?? interpretRelation(checked, job.rows, sample);
    const said = [`## ${method.name}`, method.doc, ...list(method.parameters)];
    return [...said, block(text), table(columnsOf(checked, job), rows)].join('\n\n');
  });
  const tables = checked.library.tables.map((one) =>
    [
      code(tableId(one)),
      table(
        one.columns.map(({ name }) => name),
        sample.tables.get(tableId(one)) ?? [],
      ),
    ].join('\n\n'),
  );
  const given = ['## The tables of the examples', block(declared.join('\n\n')), ...tables];
  return `${head}${[...parts, ...given].join('\n\n')}\n`;
}

/** The job that shows a method. */
export function jobName(method: string): string {
  return `${method.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_rows`;
}

function columnsOf(checked: CheckedLibrary, job: Job): readonly string[] {
  return columnNames(checked.frames.get(job.rows)?.schema ?? []);
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [lines.map((line) => `- ${line}`).join('\n')] : [];
}

function block(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}

function table(columns: readonly string[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const sorted = rows.toSorted((a, b) => (sortText(columns, a) < sortText(columns, b) ? -1 : 1));
  return [
    line(columns.map(markdown)),
    line(columns.map(() => '---')),
    ...sorted.map((row) => line(columns.map((name) => shown(row[name] ?? null)))),
  ].join('\n');
}

function sortText(columns: readonly string[], row: Row): string {
  return columns.map((name) => keyText(row[name] ?? null)).join('\u0000');
}

function shown(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'number' && !Number.isInteger(value))
    return String(Number(value.toPrecision(9)));
  if (typeof value === 'object') {
    return code(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one)));
  }
  return markdown(String(value));
}

/** An expression of an object literal without the indentation that it has there. */
function outdented(text: string): string {
  const [first = '', ...others] = text.split('\n');
  const depth = Math.min(...others.map((line) => /^ */.exec(line)?.[0].length ?? 0));
  const base = others.length > 0 && first !== '' && !/[({[]$/.test(first) ? depth - 2 : depth;
  return [first, ...others.map((line) => line.slice(Math.max(base, 0)))].join('\n');
}
