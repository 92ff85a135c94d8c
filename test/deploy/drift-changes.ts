import type { ConnectionInput, JobUpdate, TableInput, TriggerUpdate } from '@aws-sdk/client-glue';
import { ALARM } from './alarm-fixture.ts';
import { CONNECTION } from './connection-fixture.ts';
import { BUCKET } from './fixture.ts';
import type { Stage } from './stage.ts';

const JOB = 'stedi_customer_trusted';
const ROLE = 'lakewright-stedi-customer_trusted';
const RULESET = 'stedi_trusted_customer';
const ARN = 'arn:aws:glue:us-east-1:123456789012';

/** What somebody does to one resource behind the deployer's back. */
export interface Drift {
  /** Id of the resource. */
  readonly of: string;
  change(stage: Stage): Promise<unknown>;
  /** Paths that a plan is to show of it, these and no others. */
  readonly paths: readonly string[];
}

type Change = readonly [change: object, paths: readonly string[]];

const ofJob: readonly Change[] = [
  [{ Description: 'Mine' }, ['Description']],
  [{ Role: 'arn:aws:iam::123456789012:role/other' }, ['Role']],
  [{ Command: { ScriptLocation: 's3://other/x.py' } }, ['Command.ScriptLocation']],
  [{ Command: { Name: 'gluestreaming' } }, ['Command.Name']],
  [{ Command: { PythonVersion: '2' } }, ['Command.PythonVersion']],
  [{ DefaultArguments: { '--note': 'x' } }, ['DefaultArguments.--note']],
  [{ DefaultArguments: { '--new': '' } }, ['DefaultArguments.--new']],
  [{ NonOverridableArguments: { '--conf': 'a=b' } }, ['NonOverridableArguments']],
  [{ GlueVersion: '4.0' }, ['GlueVersion']],
  [{ WorkerType: 'G.2X' }, ['WorkerType']],
  [{ NumberOfWorkers: 20 }, ['NumberOfWorkers']],
  [{ Timeout: 480 }, ['Timeout']],
  [{ MaxRetries: 3 }, ['MaxRetries']],
  [{ ExecutionClass: 'FLEX' }, ['ExecutionClass']],
  [{ ExecutionProperty: { MaxConcurrentRuns: 4 } }, ['ExecutionProperty']],
  [{ JobMode: 'NOTEBOOK' }, ['JobMode']],
  [{ JobRunQueuingEnabled: true }, ['JobRunQueuingEnabled']],
  [{ MaintenanceWindow: 'Sun:03' }, ['MaintenanceWindow']],
  [{ NotificationProperty: { NotifyDelayAfter: 5 } }, ['NotificationProperty']],
  [{ SecurityConfiguration: 'none' }, ['SecurityConfiguration']],
  [{ Connections: { Connections: ['vpc'] } }, ['Connections']],
];

const ofTable: readonly Change[] = [
  [{ Description: 'Mine' }, ['Description']],
  [{ TableType: 'VIRTUAL_VIEW' }, ['TableType']],
  [{ Parameters: { classification: 'csv' } }, ['Parameters.classification']],
  [{ Parameters: { 'lakewright:sha256': 'x' } }, ['tags.lakewright:sha256']],
  [{ PartitionKeys: [{ Name: 'day', Type: 'date' }] }, ['PartitionKeys']],
  [{ StorageDescriptor: { InputFormat: 'text' } }, ['StorageDescriptor.InputFormat']],
  [{ StorageDescriptor: { OutputFormat: 'text' } }, ['StorageDescriptor.OutputFormat']],
  [{ StorageDescriptor: { Compressed: true } }, ['StorageDescriptor.Compressed']],
  [{ StorageDescriptor: { NumberOfBuckets: 8 } }, ['StorageDescriptor.NumberOfBuckets']],
  [{ StorageDescriptor: { BucketColumns: ['email'] } }, ['StorageDescriptor.BucketColumns']],
  [
    { StorageDescriptor: { SerdeInfo: { SerializationLibrary: 'x' } } },
    ['StorageDescriptor.SerdeInfo.SerializationLibrary'],
  ],
  [
    { StorageDescriptor: { Columns: [{ Name: 'email', Type: 'int', Comment: 'Who' }] } },
    ['StorageDescriptor.Columns[email].Type', 'StorageDescriptor.Columns[since]'],
  ],
];

const ofStart: readonly Change[] = [
  [{ Schedule: 'cron(0 5 * * ? *)' }, ['Schedule']],
  [{ Description: 'Mine' }, ['Description']],
  [
    { Actions: [{ JobName: JOB }, { JobName: 'stedi_customer_curated' }] },
    ['Actions[stedi_customer_curated]'],
  ],
  [{ Actions: [{ JobName: JOB, Timeout: 5 }] }, [`Actions[${JOB}].Timeout`]],
];

const ofDatabase: readonly Change[] = [
  [{ Description: 'Mine' }, ['Description']],
  [{ LocationUri: 's3://other/' }, ['LocationUri']],
  [{ Parameters: { 'lakewright:library': 'stedi' } }, ['tags.lakewright:sha256']],
];

const ofWorkflow: readonly Change[] = [
  [{ Description: 'Mine' }, ['Description']],
  [{ MaxConcurrentRuns: 5 }, ['MaxConcurrentRuns']],
  [{ DefaultRunProperties: { a: 'b' } }, ['DefaultRunProperties']],
];

const ofRole: readonly Drift[] = [
  {
    of: 'role/customer_trusted',
    paths: ['AssumeRolePolicyDocument.Statement[0].Condition'],
    change: ({ iam }) =>
      iam.updateAssumeRolePolicy({
        RoleName: ROLE,
        PolicyDocument: policy({
          Action: 'sts:AssumeRole',
          Principal: { Service: 'glue.amazonaws.com' },
        }),
      }),
  },
  {
    of: 'role/customer_trusted',
    paths: ['Policies.job.Statement[0].Action', 'Policies.job.Statement[0].Resource'],
    change: ({ iam }) =>
      iam.putRolePolicy({
        RoleName: ROLE,
        PolicyName: 'job',
        PolicyDocument: policy({ Resource: '*' }),
      }),
  },
  {
    of: 'role/customer_trusted',
    paths: ['Policies.more'],
    change: ({ iam }) =>
      iam.putRolePolicy({
        RoleName: ROLE,
        PolicyName: 'more',
        PolicyDocument: policy({ Resource: '*' }),
      }),
  },
  {
    of: 'role/customer_trusted',
    paths: ['is missing'],
    async change({ iam }) {
      await iam.deleteRolePolicy({ RoleName: ROLE, PolicyName: 'job' });
      await iam.deleteRole({ RoleName: ROLE });
    },
  },
];

const ofRuleset: readonly Drift[] = [
  {
    of: 'ruleset/trusted.customer',
    paths: ['Ruleset'],
    change: ({ glue }) =>
      glue.updateDataQualityRuleset({ Name: RULESET, Ruleset: 'Rules = [ RowCount > 0 ]' }),
  },
  {
    of: 'ruleset/trusted.customer',
    paths: ['Description'],
    change: ({ glue }) => glue.updateDataQualityRuleset({ Name: RULESET, Description: 'x' }),
  },
  {
    of: 'ruleset/trusted.customer',
    paths: ['TargetTable.DatabaseName'],
    async change({ glue }) {
      const { Ruleset, Description } = await glue.getDataQualityRuleset({ Name: RULESET });
      const ResourceArn = `${ARN}:dataQualityRuleset/${RULESET}`;
      const { Tags } = await glue.getTags({ ResourceArn });
      await glue.deleteDataQualityRuleset({ Name: RULESET });
      const TargetTable = { DatabaseName: 'stedi_curated', TableName: 'customer' };
      await glue.createDataQualityRuleset({
        Name: RULESET,
        Ruleset,
        Description,
        TargetTable,
        Tags,
      });
    },
  },
];

const ofAlarm: readonly Drift[] = [
  ...[
    [{ Description: 'Mine' }, 'Description'] as const,
    [{ State: 'DISABLED' as const }, 'State'] as const,
    [
      { EventPattern: '{"source":["aws.glue"],"detail":{"state":["FAILED"]}}' },
      'EventPattern.detail.jobName',
    ] as const,
  ].map(
    ([change, path]): Drift => ({
      of: 'alarm/failed',
      paths: [path],
      async change({ events }) {
        const { Description, EventPattern, State } = await events.describeRule({ Name: ALARM });
        await events.putRule({ Name: ALARM, Description, EventPattern, State, ...change });
      },
    }),
  ),
  {
    of: 'alarm/failed',
    paths: ['Targets[0].Arn', 'Targets[0].InputTransformer'],
    change: ({ events }) =>
      events.putTargets({
        Rule: ALARM,
        Targets: [{ Id: 'topic', Arn: 'arn:aws:sns:us-east-1:123456789012:else' }],
      }),
  },
  {
    of: 'alarm/failed',
    paths: ['Targets'],
    change: ({ events }) =>
      events.putTargets({
        Rule: ALARM,
        Targets: [{ Id: 'more', Arn: 'arn:aws:sns:us-east-1:123456789012:else' }],
      }),
  },
  {
    of: 'alarm/failed',
    paths: ['tags.team'],
    change: ({ events }) =>
      events.tagResource({
        ResourceARN: `arn:aws:events:us-east-1:123456789012:rule/${ALARM}`,
        Tags: [{ Key: 'team', Value: 'sea' }],
      }),
  },
  {
    of: 'alarm/failed',
    paths: ['is missing'],
    async change({ events }) {
      await events.removeTargets({ Rule: ALARM, Ids: ['topic'] });
      await events.deleteRule({ Name: ALARM });
    },
  },
];

const ofConnection: readonly Drift[] = [
  ...(
    [
      [{ Description: 'Mine' }, ['Description']],
      [{ ConnectionType: 'JDBC' }, ['ConnectionType']],
      [{ ConnectionProperties: { PASSWORD: 'x', USERNAME: 'ann' } }, ['ConnectionProperties']],
      [{ MatchCriteria: ['mine'] }, ['MatchCriteria']],
      [{ SparkProperties: { a: 'b' } }, ['SparkProperties']],
      [{ AthenaProperties: { a: 'b' } }, ['AthenaProperties']],
      [{ PythonProperties: { a: 'b' } }, ['PythonProperties']],
      [
        { PhysicalConnectionRequirements: { SubnetId: 'subnet-1' } },
        ['PhysicalConnectionRequirements.SubnetId'],
      ],
      [
        { PhysicalConnectionRequirements: { SecurityGroupIdList: ['sg-0a1b2c3d'] } },
        ['PhysicalConnectionRequirements.SecurityGroupIdList'],
      ],
      [
        { PhysicalConnectionRequirements: { AvailabilityZone: 'us-east-1b' } },
        ['PhysicalConnectionRequirements.AvailabilityZone'],
      ],
    ] satisfies readonly Change[]
  ).map(
    ([change, paths]): Drift => ({
      of: 'connection/crm',
      paths,
      change: (stage) => changeConnection(stage, change),
    }),
  ),
  {
    of: 'connection/crm',
    paths: ['tags.team'],
    change: ({ glue }) =>
      glue.tagResource({
        ResourceArn: `${ARN}:connection/${CONNECTION}`,
        TagsToAdd: { team: 'sea' },
      }),
  },
  {
    of: 'connection/crm',
    paths: ['is missing'],
    change: ({ glue }) => glue.deleteConnection({ ConnectionName: CONNECTION }),
  },
];

/** Each field that the deployer manages, of every kind in the fixture. */
export const drifts: readonly Drift[] = [
  // Two jobs and two tables, so that two changes can be looked at in one plan.
  ...ofJob.map(([change, paths], at): Drift => {
    const name = at % 2 === 0 ? 'customer_trusted' : 'customer_curated';
    return {
      of: `job/${name}`,
      paths,
      change: (stage) => changeJob(stage, `stedi_${name}`, change),
    };
  }),
  ...ofTable.map(([change, paths], at): Drift => {
    const zone = at % 2 === 0 ? 'trusted' : 'curated';
    return {
      of: `table/${zone}.customer`,
      paths,
      change: (stage) => changeTable(stage, zone, change),
    };
  }),
  ...ofStart.map(
    ([change, paths]): Drift => ({
      of: 'trigger/stedi_start',
      paths,
      change: (stage) => changeTrigger(stage, 'stedi_start', change),
    }),
  ),
  {
    of: 'trigger/stedi_customer_curated',
    paths: [`Predicate.Conditions[${JOB}].State`],
    change: (stage) =>
      changeTrigger(stage, 'stedi_customer_curated', {
        Predicate: { Conditions: [{ LogicalOperator: 'EQUALS', JobName: JOB, State: 'FAILED' }] },
      }),
  },
  ...ofDatabase.map(
    ([change, paths]): Drift => ({
      of: 'database/trusted',
      paths,
      change: (stage) => changeDatabase(stage, change),
    }),
  ),
  ...ofWorkflow.map(
    ([change, paths]): Drift => ({
      of: 'workflow/stedi',
      paths,
      change: ({ glue }) =>
        glue.updateWorkflow({
          Name: 'stedi',
          Description: 'The lake',
          MaxConcurrentRuns: 1,
          ...change,
        }),
    }),
  ),
  ...ofRole,
  ...ofRuleset,
  ...ofAlarm,
  ...ofConnection,
  {
    of: 'job/customer_curated',
    paths: ['tags.team'],
    change: ({ glue }) =>
      glue.tagResource({
        ResourceArn: `${ARN}:job/stedi_customer_curated`,
        TagsToAdd: { team: 'sea' },
      }),
  },
  {
    of: 'trigger/stedi_customer_curated',
    paths: ['tags.lakewright:sha256'],
    change: ({ glue }) =>
      glue.untagResource({
        ResourceArn: `${ARN}:trigger/stedi_customer_curated`,
        TagsToRemove: ['lakewright:sha256'],
      }),
  },
  {
    of: 'script/customer_trusted',
    paths: ['Sha256', 'Size'],
    async change({ glue, s3 }) {
      const { Job: live } = await glue.getJob({ JobName: JOB });
      const Key = new URL(live?.Command?.ScriptLocation ?? '').pathname.slice(1);
      await s3.putObject({ Bucket: BUCKET, Key, Body: 'import os\n' });
    },
  },
];

/** Changes a table of the fixture as somebody would who takes what GetTable answers and puts it back. */
export async function changeTable({ glue }: Stage, zone: string, change: object): Promise<void> {
  const DatabaseName = `stedi_${zone}`;
  const { Table: live } = await glue.getTable({ DatabaseName, Name: 'customer' });
  const { Name = '', Description, TableType, Parameters, StorageDescriptor } = live ?? {};
  const input: TableInput = { Name, Description, TableType, Parameters, StorageDescriptor };
  await glue.updateTable({ DatabaseName, TableInput: merged(input, change) });
}

async function changeJob({ glue }: Stage, name: string, change: object): Promise<void> {
  const { Job: live = {} } = await glue.getJob({ JobName: name });
  const { CreatedOn: _, LastModifiedOn: __, Name: ___, ...rest } = live;
  const { AllocatedCapacity: ____, MaxCapacity: _____, ...definition } = rest;
  const JobUpdate: JobUpdate = merged(definition, change);
  await glue.updateJob({ JobName: name, JobUpdate });
}

async function changeTrigger({ glue }: Stage, name: string, change: object): Promise<void> {
  const { Trigger: live = {} } = await glue.getTrigger({ Name: name });
  const { Actions, Predicate, Schedule } = live;
  const TriggerUpdate: TriggerUpdate = { Actions, Predicate, Schedule, ...change };
  await glue.updateTrigger({ Name: name, TriggerUpdate });
}

async function changeConnection({ glue }: Stage, change: object): Promise<void> {
  const { Connection: live = {} } = await glue.getConnection({ Name: CONNECTION });
  const { Description, ConnectionType, PhysicalConnectionRequirements } = live;
  const ConnectionInput: ConnectionInput = {
    Name: CONNECTION,
    Description,
    ConnectionType,
    ConnectionProperties: {},
    PhysicalConnectionRequirements,
  };
  await glue.updateConnection({
    Name: CONNECTION,
    ConnectionInput: merged(ConnectionInput, change),
  });
}

async function changeDatabase({ glue }: Stage, change: object): Promise<void> {
  const { Database: live } = await glue.getDatabase({ Name: 'stedi_trusted' });
  const { Description, Parameters } = live ?? {};
  const DatabaseInput = { Name: 'stedi_trusted', Description, Parameters, ...change };
  await glue.updateDatabase({ Name: 'stedi_trusted', DatabaseInput });
}

/** Objects member by member, anything else as a whole. */
function merged<T extends object>(into: T, change: object): T {
  const result: Record<string, unknown> = Object.fromEntries(Object.entries(into));
  for (const [name, value] of Object.entries(change)) {
    const before = result[name];
    result[name] = isMap(value) && isMap(before) ? merged(before, value) : value;
  }
  return result as T; // of the same members, some with another value
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function policy(of: object): string {
  const statement = { Effect: 'Allow', Action: 's3:*', ...of };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
