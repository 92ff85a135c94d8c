import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { supportModules } from '../../codegen/support-modules.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/people', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../../codegen/support', import.meta.url));
const JOBS: Readonly<Record<string, readonly string[]>> = {
  person_trusted: ['landing_person', 'trusted_person', 'quarantine', 'consent_as_of', 'report'],
  visitor_curated: ['trusted_person', 'curated_visitor', 'pseudonym_key', 'report'],
};
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  'landing.person': ['email string', 'town string', 'consentedAt bigint'],
  'trusted.person': ['email string', 'town string', 'consentedAt bigint'],
  'curated.visitor': ['visitor string', 'town string'],
};

/** Makes a new folder with the library `people`, two hand-written jobs in the shape that codegen writes. */
export function writePeople(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'lakewright-people-')), 'people');
  cpSync(FIXTURE, folder, { recursive: true });
  mkdirSync(join(folder, 'support'));
  const resources = supportModules.map((module) => {
    cpSync(join(SUPPORT, `${module}.py`), join(folder, 'support', `${module}.py`));
    return resource(`support/${module}`, `support/${module}.py`);
  });
  const add = (id: string, file: string, content: object, dependsOn: string[] = []) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(content, null, 2));
    resources.push(resource(id, file, dependsOn));
  };
  for (const [id, columns] of Object.entries(COLUMNS)) addTable(add, id, columns);
  for (const [job, args] of Object.entries(JOBS)) {
    resources.push(resource(`script/${job}`, `jobs/${job}.py`));
    add(`role/${job}`, `roles/${job}.json`, role(job));
    add(`job/${job}`, `jobs/${job}.json`, glueJob(job, args), [`script/${job}`, `role/${job}`]);
  }
  add('workflow/people', 'workflow.json', workflow());
  for (const name of ['people_start', 'people_visitor_curated']) {
    resources.push(resource(`trigger/${name}`, 'workflow.json', ['workflow/people']));
  }
  const hashed = resources.map((one) => ({ ...one, sha256: hash(join(folder, one.file)) }));
  const manifest = {
    lakewright: '0.1.0',
    library: 'people',
    jobs: Object.keys(JOBS),
    declassifications: [],
    crossSubjects: [],
  };
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...manifest, resources: hashed }, null, 2),
  );
  return folder;
}

/** Writes landing lines for `people` into a new data folder. */
export function writeLanding(lines: readonly (object | string)[]): string {
  const data = mkdtempSync(join(tmpdir(), 'lakewright-landing-'));
  mkdirSync(join(data, 'person', 'landing'), { recursive: true });
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(join(data, 'person', 'landing', 'part-1.json'), `${text.join('\n')}\n`);
  return data;
}

interface Resource {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly dependsOn: readonly string[];
}

function resource(id: string, file: string, dependsOn: readonly string[] = []): Resource {
  return { id, kind: id.slice(0, id.indexOf('/')), file, dependsOn };
}

function hash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

type Add = (id: string, file: string, content: object, dependsOn?: string[]) => void;

function addTable(add: Add, id: string, columns: readonly string[]): void {
  const [zone = '', name = ''] = id.split('.');
  const database = `people_${zone}`;
  add(`database/${zone}`, `databases/${zone}.json`, { DatabaseInput: { Name: database } });
  const described = columns.map((column) => {
    const [Name, Type] = column.split(' ');
    return { Name, Type };
  });
  const descriptor = {
    Location: `s3://${parameter('bucket')}/${zone}/${name}/`,
    Columns: described,
  };
  const input = { Name: name, TableType: 'EXTERNAL_TABLE', StorageDescriptor: descriptor };
  add(
    `table/${id}`,
    `tables/${id}.json`,
    { DatabaseName: database, TableInput: { ...input, Parameters: {} } },
    [`database/${zone}`],
  );
}

/** Id of the key that visitors' pseudonyms are made with. */
export const SECRET = 'lakewright/people/pseudonym-key/visits';

function role(job: string): object {
  return {
    RoleName: `lakewright-people-${job}`,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'glue.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    PolicyName: 'job',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'glue:GetTable', Resource: '*' }],
    },
    Tags: [],
  };
}

function glueJob(job: string, args: readonly string[]): object {
  const values: Readonly<Record<string, string>> = {
    quarantine: `s3://${parameter('bucket')}/quarantine`,
    report: `s3://${parameter('bucket')}/lakewright/people/reports`,
    consent_as_of: 'now',
    pseudonym_key: `secretsmanager:${SECRET}`,
  };
  const place = (name: string) => `catalog:people_${name.replace('_', '.')}`;
  const given = args.map((name) => [`--${name}`, values[name] ?? place(name)]);
  return {
    Name: `people_${job}`,
    Role: `arn:aws:iam::${parameter('account')}:role/lakewright-people-${job}`,
    Command: { Name: 'glueetl', ScriptLocation: parameter('script'), PythonVersion: '3' },
    GlueVersion: '5.1',
    WorkerType: 'G.1X',
    NumberOfWorkers: 2,
    DefaultArguments: {},
    NonOverridableArguments: {
      '--job-language': 'python',
      '--extra-py-files': parameter('support'),
      '--job-bookmark-option': 'job-bookmark-disable',
      ...Object.fromEntries(given),
    },
  };
}

function workflow(): object {
  const WorkflowName = 'people';
  const condition = { LogicalOperator: 'EQUALS', JobName: 'people_person_trusted' };
  return {
    Workflow: { Name: WorkflowName },
    Triggers: [
      {
        Name: 'people_start',
        WorkflowName,
        Type: 'ON_DEMAND',
        Actions: [{ JobName: 'people_person_trusted' }],
      },
      {
        Name: 'people_visitor_curated',
        WorkflowName,
        Type: 'CONDITIONAL',
        StartOnCreation: true,
        Predicate: { Logical: 'AND', Conditions: [{ ...condition, State: 'SUCCEEDED' }] },
        Actions: [{ JobName: 'people_visitor_curated' }],
      },
    ],
  };
}

/** A name that the deployer fills in. */
function parameter(name: string): string {
  return `$\{${name}}`;
}
