import { expect } from 'chai';
import type { JsonObject } from '../../deploy/json.ts';
import { plan } from '../../deploy/plan.ts';
import type { Kind } from '../../deploy/resource.ts';
import { openStage, type Stage } from './stage.ts';

const TAGS = { 'lakewright:library': 'stedi', 'lakewright:sha256': 'a'.repeat(64) };
const AT = '2026-01-01T00:00:00.000Z';
const NOBODY = { SkewedColumnNames: [], SkewedColumnValues: [], SkewedColumnValueLocationMaps: {} };

/**
 * What was deployed, and what AWS answers of it: fields of the API reference's structures that it fills in by itself, empty lists
 * and maps among them.
 */
const answers: readonly (readonly [Kind, JsonObject, JsonObject])[] = [
  [
    'job',
    { Name: 'a', Role: 'r', Command: { Name: 'glueetl', ScriptLocation: 's' }, GlueVersion: '5.1' },
    {
      JobMode: 'SCRIPT',
      JobRunQueuingEnabled: false,
      CreatedOn: AT,
      LastModifiedOn: AT,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
      Command: { Name: 'glueetl', ScriptLocation: 's', PythonVersion: '3' },
      DefaultArguments: {},
      NonOverridableArguments: {},
      Connections: { Connections: [] },
      MaxRetries: 0,
      AllocatedCapacity: 10,
      MaxCapacity: 10,
      Timeout: 480,
      ExecutionClass: 'STANDARD',
      NotificationProperty: {},
      CodeGenConfigurationNodes: {},
      SourceControlDetails: { Provider: 'GITHUB' },
      ProfileName: 'default',
      LogUri: 's3://logs',
    },
  ],
  [
    'table',
    {
      Name: 't',
      StorageDescriptor: {
        Columns: [{ Name: 'email', Type: 'string' }],
        Location: 's3://lake/trusted/t/',
        InputFormat: 'i',
        SerdeInfo: { SerializationLibrary: 's' },
      },
    },
    {
      DatabaseName: 'd',
      Owner: 'hadoop',
      CreateTime: AT,
      UpdateTime: AT,
      LastAccessTime: AT,
      Retention: 0,
      PartitionKeys: [],
      CreatedBy: 'arn:aws:iam::123456789012:user/ann',
      IsRegisteredWithLakeFormation: true,
      IsMultiDialectView: false,
      IsMaterializedView: false,
      CatalogId: '123456789012',
      VersionId: '7',
      Parameters: { transient_lastDdlTime: '1', ...TAGS },
      StorageDescriptor: {
        Columns: [{ Name: 'email', Type: 'string', Parameters: {} }],
        Location: 's3://lake/trusted/t/run-7/',
        AdditionalLocations: [],
        InputFormat: 'i',
        Compressed: false,
        NumberOfBuckets: -1,
        SerdeInfo: { SerializationLibrary: 's', Parameters: {} },
        BucketColumns: [],
        SortColumns: [],
        Parameters: {},
        SkewedInfo: NOBODY,
        StoredAsSubDirectories: false,
      },
    },
  ],
  [
    'database',
    { Name: 'd' },
    {
      CreateTime: AT,
      CatalogId: '123456789012',
      Parameters: TAGS,
      CreateTableDefaultPermissions: [
        {
          Principal: { DataLakePrincipalIdentifier: 'IAM_ALLOWED_PRINCIPALS' },
          Permissions: ['ALL'],
        },
      ],
    },
  ],
  [
    'trigger',
    {
      Name: 't',
      Type: 'CONDITIONAL',
      WorkflowName: 'w',
      Actions: [{ JobName: 'b' }],
      Predicate: { Conditions: [{ JobName: 'a', LogicalOperator: 'EQUALS', State: 'SUCCEEDED' }] },
    },
    {
      Id: '1',
      State: 'ACTIVATED',
      Actions: [{ JobName: 'b', Arguments: {} }],
      Predicate: {
        Logical: 'ANY',
        Conditions: [{ JobName: 'a', LogicalOperator: 'EQUALS', State: 'SUCCEEDED' }],
      },
    },
  ],
  [
    'workflow',
    { Name: 'w' },
    {
      DefaultRunProperties: {},
      CreatedOn: AT,
      LastModifiedOn: AT,
      LastRun: { Name: 'w', Status: 'COMPLETED' },
      Graph: { Nodes: [], Edges: [] },
      BlueprintDetails: { BlueprintName: 'b' },
    },
  ],
  [
    'ruleset',
    { Name: 'r', Ruleset: 'Rules = []', TargetTable: { DatabaseName: 'd', TableName: 't' } },
    {
      TargetTable: { DatabaseName: 'd', TableName: 't', CatalogId: '123456789012' },
      CreatedOn: AT,
      LastModifiedOn: AT,
      RecommendationRunId: 'x',
    },
  ],
  [
    'alarm',
    { Name: 'a', EventPattern: { source: ['aws.glue'] }, State: 'ENABLED', Targets: [] },
    { Arn: 'arn', CreatedBy: '123456789012', EventBusName: 'default', Description: '' },
  ],
  [
    'connection',
    {
      Name: 'c',
      ConnectionType: 'NETWORK',
      ConnectionProperties: {},
      PhysicalConnectionRequirements: { SubnetId: 's', SecurityGroupIdList: ['g'] },
    },
    {
      MatchCriteria: [],
      CreationTime: AT,
      LastUpdatedTime: AT,
      LastUpdatedBy: 'arn:aws:iam::123456789012:user/ann',
      Status: 'READY',
      StatusReason: '',
      ConnectionSchemaVersion: 1,
      CompatibleComputeEnvironments: ['SPARK'],
      SparkProperties: {},
    },
  ],
  [
    'security-configuration',
    {
      Name: 's',
      EncryptionConfiguration: {
        CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: 'k' },
      },
    },
    {
      CreatedTimeStamp: AT,
      EncryptionConfiguration: {
        CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: 'k' },
        DataQualityEncryption: { DataQualityEncryptionMode: 'DISABLED' },
      },
    },
  ],
  [
    'role',
    { AssumeRolePolicyDocument: { Version: '2012-10-17' }, Policies: {} },
    { Path: '/', MaxSessionDuration: 3600, RoleLastUsed: {}, CreateDate: AT },
  ],
];

describe('what AWS fills in by itself', () => {
  for (const [kind, definition, more] of answers) {
    it(`is no difference of a ${kind}`, () => {
      const desired = { id: `${kind}/a`, kind, name: 'a', definition, tags: TAGS };
      const live = { definition: { ...definition, ...more }, tags: { ...TAGS, owner: 'ann' } };
      const { actions } = plan([desired], new Map([[desired.id, live]]));
      expect(actions.flatMap(({ differences }) => differences)).to.deep.equal([]);
    });
  }

  describe('at the endpoint', () => {
    let stage: Stage;

    before(async () => {
      stage = await openStage('server-defaults');
    });
    after(() => stage?.close());

    it('is there, and the plan after a deployment is empty', async () => {
      await stage.deployed();
      const { Job: job } = await stage.glue.getJob({ JobName: 'stedi_customer_trusted' });
      expect(job).to.include({ MaxRetries: 0, ExecutionClass: 'STANDARD', JobMode: 'SCRIPT' });
      expect(job).to.include({ JobRunQueuingEnabled: false, AllocatedCapacity: 2 });
      const address = { DatabaseName: 'stedi_trusted', Name: 'customer' };
      const { Table: table } = await stage.glue.getTable(address);
      expect(table).to.include({ Retention: 0, IsRegisteredWithLakeFormation: false });
      expect(table?.PartitionKeys).to.deep.equal([]);
      expect(table?.StorageDescriptor?.SkewedInfo).to.deep.equal(NOBODY);
      const { Database: database } = await stage.glue.getDatabase({ Name: 'stedi_trusted' });
      expect(database?.CreateTableDefaultPermissions).to.have.length(1);
      const { Trigger: trigger } = await stage.glue.getTrigger({ Name: 'stedi_start' });
      expect(trigger?.Actions?.[0]?.Arguments).to.deep.equal({});
      const { plan: second, written } = await stage.deployed();
      expect(written).to.deep.equal([]);
      expect(second.actions.filter(({ kind }) => kind !== 'unchanged')).to.deep.equal([]);
    });
  });
});
