// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the parameters of generated JSON look like this
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
type JsonMap = { [key: string]: JsonValue };

/** A small library of two jobs in the shape that codegen writes; tests change it, then write it. */
export interface Fixture {
  library: string;
  files: Record<string, JsonMap | string>;
  resources: { id: string; kind: string; file: string; dependsOn: string[] }[];
  /** What people allowed, as the manifest lists it. */
  exceptions: { declassifications: JsonMap[]; crossSubjects: JsonMap[] };
}

export const BUCKET = 'lake-of-tests';
const JOBS = ['customer_trusted', 'customer_curated'] as const;

/** Two jobs in a row with everything around them: 15 resources. */
export function fixture(library = 'stedi', jobs: readonly string[] = JOBS): Fixture {
  const files: Fixture['files'] = {
    'support/lakewright_runtime.py': '"""Support."""\n',
    'support/lakewright_tables.py': '"""More support."""\n',
    'workflow.json': workflowFile(library),
  };
  const resources: Fixture['resources'] = [
    resource('support/lakewright_runtime', 'support/lakewright_runtime.py'),
    resource('support/lakewright_tables', 'support/lakewright_tables.py'),
  ];
  for (const zone of ['trusted', 'curated']) {
    files[`databases/${zone}.json`] = {
      DatabaseInput: { Name: `${library}\${suffix}_${zone}`, Description: `The ${zone} zone` },
    };
    files[`tables/${zone}.customer.json`] = tableFile(library, zone);
    resources.push(
      resource(`database/${zone}`, `databases/${zone}.json`),
      resource(`table/${zone}.customer`, `tables/${zone}.customer.json`, [`database/${zone}`]),
    );
  }
  for (const job of jobs) {
    files[`jobs/${job}.py`] = `"""${job}: é"""\n\nprint('\${not_a_parameter}')\n`;
    files[`jobs/${job}.json`] = jobFile(library, job);
    files[`roles/${job}.json`] = roleFile(library, job);
    resources.push(
      resource(`script/${job}`, `jobs/${job}.py`),
      resource(`role/${job}`, `roles/${job}.json`),
      resource(`job/${job}`, `jobs/${job}.json`, [`script/${job}`, `role/${job}`]),
    );
  }
  resources.push(
    resource(`workflow/${library}`, 'workflow.json'),
    ...['start', 'customer_curated'].map((name) =>
      resource(`trigger/${library}_${name}`, 'workflow.json', [`workflow/${library}`]),
    ),
  );
  const exceptions = { declassifications: [], crossSubjects: [] };
  return { library, files, resources, exceptions };
}

/** As many jobs as wished, in the order in which codegen lists resources: kind by kind. */
export function manyJobs(count: number): Fixture {
  const more = Array.from({ length: Math.max(0, count - JOBS.length) }, (_, at) => `job_${at}`);
  const of = fixture('stedi', [...JOBS, ...more]);
  const kinds = ['support', 'script', 'role', 'database', 'table', 'job', 'workflow', 'trigger'];
  of.resources.sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
  return of;
}

/** The same library with other scripts and settings of all its jobs. */
export function otherVersion(of: Fixture, version: number): Fixture {
  for (const { id, kind, file } of of.resources) {
    if (kind === 'script') of.files[file] = `print('${id}', ${version})\n`;
    if (kind === 'job') fileOf(of, file)['Timeout'] = 100 + version;
  }
  return of;
}

/** The same library, one job of which has another name, as have its script, its role and its trigger. */
export function renamedJob(of: Fixture, from: string, to: string): Fixture {
  const renamed: Fixture = JSON.parse(JSON.stringify(of).replaceAll(from, to));
  return renamed;
}

/** The JSON of a file of the fixture, to be changed in place. */
export function fileOf(of: Fixture, name: string): JsonMap {
  const file = of.files[name];
  if (typeof file !== 'object') throw new Error(`${name} is no JSON file of the fixture`);
  return file;
}

/** Writes a fixture into a new temporary folder, with a manifest whose hashes are right. */
export async function writeFixture(
  of: Fixture,
): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'lakewright-generated-'));
  const texts = new Map(
    Object.entries(of.files).map(([name, file]) => [
      name,
      typeof file === 'string' ? file : `${JSON.stringify(file, null, 2)}\n`,
    ]),
  );
  for (const [name, text] of texts) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  const resources = of.resources.map((one) => ({
    ...one,
    sha256: hash(texts.get(one.file) ?? ''),
  }));
  const manifest = {
    lakewright: '0.1.0',
    library: of.library,
    jobs: JOBS,
    resources,
    ...of.exceptions,
  };
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function resource(
  id: string,
  file: string,
  dependsOn: string[] = [],
): Fixture['resources'][number] {
  return { id, kind: id.slice(0, id.indexOf('/')), file, dependsOn };
}

function jobFile(library: string, job: string): JsonMap {
  return {
    Name: `${library}\${suffix}_${job}`,
    Description: `Makes ${job}`,
    Role: `arn:aws:iam::\${account}:role/lakewright-${library}\${suffix}-${job}`,
    Command: { Name: 'glueetl', ScriptLocation: '${script}', PythonVersion: '3' },
    DefaultArguments: {
      '--extra-py-files': '${support}',
      '--enable-metrics': '',
      '--note': 'a literal $${brace}',
      '--quarantine': 's3://${bucket}/quarantine/customer/',
    },
    GlueVersion: '5.1',
    WorkerType: 'G.1X',
    NumberOfWorkers: 2,
    Timeout: 60,
    Tags: { team: 'lake' },
  };
}

function roleFile(library: string, job: string): JsonMap {
  const arn = `arn:aws:glue:\${region}:\${account}:job/${library}\${suffix}_${job}`;
  return {
    RoleName: `lakewright-${library}\${suffix}-${job}`,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'glue.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { ArnLike: { 'aws:SourceArn': arn } },
        },
      ],
    },
    PolicyName: 'job',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::${bucket}/landing/*' },
      ],
    },
    Tags: [{ Key: 'team', Value: 'lake' }],
  };
}

function tableFile(library: string, zone: string): JsonMap {
  return {
    DatabaseName: `${library}\${suffix}_${zone}`,
    TableInput: {
      Name: 'customer',
      Description: 'Customers that consent',
      TableType: 'EXTERNAL_TABLE',
      Parameters: { classification: 'parquet' },
      StorageDescriptor: {
        Location: `s3://\${bucket}/${zone}/customer/`,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        SerdeInfo: {
          SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
        },
        Columns: [
          { Name: 'email', Type: 'string', Comment: 'Who' },
          { Name: 'since', Type: 'bigint' },
        ],
      },
    },
  };
}

function workflowFile(library: string): JsonMap {
  const name = `${library}\${suffix}`;
  const [first, second] = JOBS.map((job) => `${name}_${job}`);
  return {
    Workflow: { Name: name, Description: 'The lake', MaxConcurrentRuns: 1 },
    Triggers: [
      {
        Name: `${name}_start`,
        WorkflowName: name,
        Type: 'SCHEDULED',
        Schedule: 'cron(0 3 * * ? *)',
        StartOnCreation: true,
        Actions: [{ JobName: first ?? '' }],
      },
      {
        Name: `${name}_customer_curated`,
        WorkflowName: name,
        Type: 'CONDITIONAL',
        StartOnCreation: true,
        Predicate: {
          Conditions: [{ LogicalOperator: 'EQUALS', JobName: first ?? '', State: 'SUCCEEDED' }],
        },
        Actions: [{ JobName: second ?? '' }],
      },
    ],
  };
}
