// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such texts are what is tried
import { hostileTexts } from '../codegen/hostile-texts.ts';
import { type Fixture, fileOf, fixture } from './fixture.ts';
import { addRuleset } from './ruleset-fixture.ts';

/** Names and values that have led deployers astray: of paths, ARNs, templates, prototypes, and of any length. */
export const hostileValues: readonly string[] = [
  ...hostileTexts,
  '../x',
  '../../../etc/passwd',
  '..',
  '.',
  '/',
  '//x',
  'a/b',
  'C:\\x',
  '%2e%2e%2f',
  '%00',
  '%',
  '${bucket}',
  '${nobody}',
  '${',
  '$${x}',
  '$',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'null',
  'undefined',
  'NaN',
  '0',
  '-1',
  '1e3',
  'true',
  '[]',
  '{}',
  '[0]',
  'tags.x',
  'arn:aws:iam::123456789012:role/admin',
  's3://other/key',
  'aws:mine',
  'AWS',
  'alias/aws/s3',
  '?',
  '#x',
  '&x=y',
  'a=b',
  'a+b',
  'a@b',
  'a,b',
  'a:b',
  'a|b',
  'a b',
  '<script>alert(1)</script>',
  '&lt;',
  '\ud800',
  'é'.repeat(300),
  'x'.repeat(300),
  '😀'.repeat(300),
  'x'.repeat(70_000),
];

/** A place of generated files where an author's text, or one made of it, may stand. */
export type Place = readonly [what: string, put: (of: Fixture, text: string) => void];

/** Every kind of place; texts are written as codegen writes them. */
export const places: readonly Place[] = [
  ['name of a job', (of, text) => rename(of, `${of.library}\${suffix}_customer_trusted`, text)],
  [
    'description of a job',
    (of, text) => set(of, 'jobs/customer_trusted.json', 'Description', text),
  ],
  ['argument of a job', (of, text) => into(of, 'DefaultArguments', '--note', text)],
  ['name of an argument', (of, text) => into(of, 'DefaultArguments', text, 'x')],
  ['tag', (of, text) => into(of, 'Tags', 'team', text)],
  ['name of a tag', (of, text) => into(of, 'Tags', text, 'x')],
  ['name of a role', (of, text) => set(of, 'roles/customer_curated.json', 'RoleName', text)],
  ['name of a policy', (of, text) => set(of, 'roles/customer_curated.json', 'PolicyName', text)],
  ['name of a database', (of, text) => rename(of, `${of.library}\${suffix}_curated`, text)],
  [
    'description of a database',
    (of, text) => setIn(of, 'databases/trusted.json', 'DatabaseInput', 'Description', text),
  ],
  [
    'name of a table',
    (of, text) => setIn(of, 'tables/curated.customer.json', 'TableInput', 'Name', text),
  ],
  [
    'description of a table',
    (of, text) => setIn(of, 'tables/trusted.customer.json', 'TableInput', 'Description', text),
  ],
  ['name of a column', (of, text) => setColumn(of, 'Name', text)],
  ['comment of a column', (of, text) => setColumn(of, 'Comment', text)],
  ['name of a workflow', renameWorkflow],
  [
    'description of a workflow',
    (of, text) => setIn(of, 'workflow.json', 'Workflow', 'Description', text),
  ],
  ['name of a ruleset', (of, text) => set(of, 'quality/trusted.customer.json', 'Name', text)],
  [
    'comment of a ruleset',
    (of, text) =>
      set(of, 'quality/trusted.customer.json', 'Ruleset', `# ${text}\nRules = [ RowCount > 0 ]\n`),
  ],
];

/** The fixture with a text at some places. */
export function fixtureWith(text: string, at: readonly Place[]): Fixture {
  const of = addRuleset(fixture());
  for (const [, put] of at)
    put(
      of,
      text.replaceAll('${', (found) => `$${found}`),
    );
  return of;
}

function set(of: Fixture, file: string, member: string, text: string): void {
  define(fileOf(of, file), member, text);
}

function setIn(of: Fixture, file: string, member: string, inner: string, text: string): void {
  define(fileOf(of, file)[member] as object, inner, text);
}

function into(of: Fixture, member: string, name: string, text: string): void {
  define(fileOf(of, 'jobs/customer_curated.json')[member] as object, name, text);
}

function setColumn(of: Fixture, member: string, text: string): void {
  const input = fileOf(of, 'tables/trusted.customer.json')['TableInput'] as Record<string, unknown>;
  const { Columns: columns } = input['StorageDescriptor'] as { Columns: object[] };
  define(columns[1] ?? {}, member, text);
}

function renameWorkflow(of: Fixture, text: string): void {
  const { Workflow: workflow, Triggers: triggers } = fileOf(of, 'workflow.json');
  define(workflow as object, 'Name', text);
  for (const trigger of triggers as object[]) define(trigger, 'WorkflowName', text);
}

/** All members of that value, wherever they are: names are spoken of in other files. */
function rename(of: Fixture, from: string, to: string): void {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (member === from && name !== 'WorkflowName') define(value, name, to);
      else visit(member);
    }
  };
  for (const file of Object.values(of.files)) visit(file);
}

/** As JSON.parse sets it, `__proto__` too. */
function define(on: object, name: string, value: string): void {
  Object.defineProperty(on, name, { value, enumerable: true, configurable: true, writable: true });
}
