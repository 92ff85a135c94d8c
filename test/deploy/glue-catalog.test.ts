import type { CreateTriggerCommandInput, Glue } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import type { Endpoint } from '../../runtime/endpoint/index.ts';
import { glueAt, JOB, refused } from './glue-calls.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';

const TRIGGER: CreateTriggerCommandInput = {
  Name: 'nightly',
  Type: 'ON_DEMAND',
  Actions: [{ JobName: JOB.Name }],
};
const CONDITION = { LogicalOperator: 'EQUALS', JobName: JOB.Name, State: 'SUCCEEDED' } as const;

describe("the embedded endpoint's Glue, of what is around jobs", () => {
  let endpoint: Endpoint;
  let glue: Glue;

  before(async () => {
    endpoint = await startTestEndpoint('glue-catalog');
    glue = glueAt(endpoint.url);
  });
  after(() => endpoint?.stop());
  beforeEach(() => resetEndpoint(endpoint.url));

  describe('triggers and workflows', () => {
    beforeEach(() => glue.createJob(JOB));

    it('are not created twice', async () => {
      await glue.createWorkflow({ Name: 'lake' });
      await refused(glue.createWorkflow({ Name: 'lake' }), 'AlreadyExistsException');
      await glue.createTrigger(TRIGGER);
      await refused(glue.createTrigger(TRIGGER), 'AlreadyExistsException');
    });

    it('are overwritten by an update, but keep type, workflow and state', async () => {
      await glue.createWorkflow({ Name: 'lake', Description: 'old' });
      const Schedule = 'cron(0 3 * * ? *)';
      const first = { ...TRIGGER, Type: 'SCHEDULED', Schedule, Description: 'old' } as const;
      await glue.createTrigger({ ...first, WorkflowName: 'lake', StartOnCreation: true });
      const TriggerUpdate = { Schedule: 'cron(0 4 * * ? *)', Actions: TRIGGER.Actions };
      const { Trigger: answer } = await glue.updateTrigger({ Name: TRIGGER.Name, TriggerUpdate });
      const { Trigger: trigger } = await glue.getTrigger({ Name: TRIGGER.Name });
      expect(trigger).to.deep.equal(answer);
      expect(trigger).to.include({ Type: 'SCHEDULED', WorkflowName: 'lake', State: 'ACTIVATED' });
      expect(trigger).to.include({ Schedule: 'cron(0 4 * * ? *)' });
      expect(trigger?.Description).to.equal(undefined);
      await glue.updateWorkflow({ Name: 'lake', MaxConcurrentRuns: 2 });
      expect((await glue.getWorkflow({ Name: 'lake' })).Workflow?.Description).to.equal(undefined);
    });

    it('may leave out the logic of a single condition only', async () => {
      const one = {
        ...TRIGGER,
        Type: 'CONDITIONAL',
        Predicate: { Conditions: [CONDITION] },
      } as const;
      await glue.createTrigger({ ...one, Predicate: { Conditions: [CONDITION] } });
      const Predicate = { Conditions: [CONDITION, CONDITION] };
      await refused(
        glue.createTrigger({ ...one, Name: 'two', Predicate }),
        'InvalidInputException',
      );
    });

    it('are refused where they could not work', async () => {
      const call = (changes: object) => glue.createTrigger({ ...TRIGGER, ...changes });
      await refused(call({ WorkflowName: 'nobody' }), 'EntityNotFoundException');
      await refused(call({ Actions: [{ JobName: 'nobody' }] }), 'EntityNotFoundException');
      await refused(call({ Type: 'SCHEDULED' }), 'InvalidInputException');
      await refused(call({ Type: 'CONDITIONAL' }), 'InvalidInputException');
      await refused(call({ StartOnCreation: true }), 'InvalidInputException');
      await refused(call({ Type: 'NIGHTLY' }), 'ValidationException');
      const update = { Name: 'nobody', TriggerUpdate: { Actions: TRIGGER.Actions } };
      await refused(glue.updateTrigger(update), 'EntityNotFoundException');
    });
  });

  describe('tables', () => {
    const address = { DatabaseName: 'lake', Name: 'customer' };
    const publish = (Location: string, VersionId?: string) =>
      glue.updateTable({
        DatabaseName: 'lake',
        TableInput: { Name: 'customer', StorageDescriptor: { Location } },
        ...(VersionId === undefined ? {} : { VersionId }),
      });

    beforeEach(async () => {
      await glue.createDatabase({ DatabaseInput: { Name: 'lake' } });
      await glue.createTable({ DatabaseName: 'lake', TableInput: { Name: 'customer' } });
    });

    it('are not updated on top of a version the writer has not seen', async () => {
      const { Table: table } = await glue.getTable(address);
      await publish('s3://lake/1/', table?.VersionId);
      await refused(publish('s3://lake/2/', table?.VersionId), 'ConcurrentModificationException');
      expect((await glue.getTable(address)).Table?.StorageDescriptor?.Location).to.equal(
        's3://lake/1/',
      );
    });

    it('have one winner of eight writers at once', async () => {
      const { Table: table } = await glue.getTable(address);
      const writers = Array.from({ length: 8 }, (_, n) =>
        publish(`s3://lake/${n}/`, table?.VersionId),
      );
      const outcomes = await Promise.allSettled(writers);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    });

    it('keep old versions, unless asked not to', async () => {
      await publish('s3://lake/1/');
      await glue.updateTable({
        DatabaseName: 'lake',
        TableInput: { Name: 'customer' },
        SkipArchive: true,
      });
      const { TableVersions: versions } = await glue.getTableVersions({
        DatabaseName: 'lake',
        TableName: 'customer',
      });
      expect(versions?.map(({ VersionId }) => VersionId)).to.deep.equal(['1', '3']);
    });
  });

  describe('data quality rulesets', () => {
    const RULES = {
      Name: 'checks',
      Ruleset: 'Rules = [ IsComplete "a,b", RowCount between 1 and 9 ]',
    };

    it('are created once, read, updated, listed and deleted', async () => {
      await glue.createDataQualityRuleset({
        ...RULES,
        Description: 'old',
        Tags: { owner: 'lake' },
      });
      await refused(glue.createDataQualityRuleset(RULES), 'AlreadyExistsException');
      const Ruleset = 'Rules = [ ColumnExists "a" ]';
      await glue.updateDataQualityRuleset({ Name: RULES.Name, Ruleset });
      const read = await glue.getDataQualityRuleset({ Name: RULES.Name });
      expect(read).to.include({ Name: RULES.Name, Ruleset, Description: 'old' });
      await glue.createDataQualityRuleset({ ...RULES, Name: 'more' });
      const { Rulesets: all } = await glue.listDataQualityRulesets({});
      expect(all?.map(({ Name, RuleCount }) => [Name, RuleCount])).to.deep.equal([
        ['checks', 1],
        ['more', 2],
      ]);
      const { Rulesets: tagged } = await glue.listDataQualityRulesets({ Tags: { owner: 'lake' } });
      expect(tagged?.map(({ Name }) => Name)).to.deep.equal(['checks']);
      const page = await glue.listDataQualityRulesets({ MaxResults: 1 });
      const rest = await glue.listDataQualityRulesets({ MaxResults: 1, NextToken: page.NextToken });
      expect([page.Rulesets?.[0]?.Name, rest.Rulesets?.[0]?.Name]).to.deep.equal([
        'checks',
        'more',
      ]);
      await glue.deleteDataQualityRuleset({ Name: RULES.Name });
      await refused(glue.getDataQualityRuleset({ Name: RULES.Name }), 'EntityNotFoundException');
    });

    it('are refused without rules or for a table that is not there', async () => {
      const call = (changes: object) => glue.createDataQualityRuleset({ ...RULES, ...changes });
      await refused(call({ Ruleset: 'all is well' }), 'InvalidInputException');
      await refused(call({ Ruleset: 'Rules = [ IsComplete "a"' }), 'InvalidInputException');
      const TargetTable = { DatabaseName: 'nobody', TableName: 'x' };
      await refused(call({ TargetTable }), 'EntityNotFoundException');
    });
  });

  it('answers calls it does not know as a service does, not with a web page', async () => {
    await refused(glue.listBlueprints({}), 'UnknownOperationException');
  });
});
