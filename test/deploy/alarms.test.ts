import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { generate, noWords, writeFiles } from '../../codegen/index.ts';
import { desiredState } from '../../deploy/desired-state.ts';
import { deploy, destroy } from '../../deploy/index.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import { cloudformation } from '../../export/cloudformation/index.ts';
import { readLibrary } from '../../export/library.ts';
import { terraform } from '../../export/terraform/index.ts';
import { shop } from '../codegen/resources/checked-fixture.ts';
import { findingsOf, moduleOf } from '../export/terraform/schema.ts';
import { BUCKET } from './fixture.ts';
import { openStage, type Stage } from './stage.ts';

const GROUP = '/tests/alarms';
const NAMES = ['lakewright-shop-failed', 'lakewright-shop-refused'] as const;

describe('alarms', () => {
  let stage: Stage;
  let directory: string;

  before(async () => {
    stage = await openStage('alarms');
    directory = await mkdtemp(join(tmpdir(), 'lakewright-alarms-'));
    await writeFiles(directory, generate(shop(), noWords));
  });
  after(async () => {
    await stage?.close();
    await rm(directory, { recursive: true, force: true });
  });
  beforeEach(() => stage.reset());

  const options = () => ({ directory, bucket: BUCKET, endpoint: stage.proxy.url, attempts: 1 });
  /** In the order of their names: they are made side by side, and listed as they came. */
  const rules = async (): Promise<readonly string[]> =>
    ((await stage.events.listRules({})).Rules ?? []).map(({ Name = '' }) => Name).sort();

  /** A call of CloudWatch Logs, of which there is no client. */
  async function logs(
    operation: string,
    input: object,
  ): Promise<{ events?: { message: string }[] }> {
    const answer = await fetch(stage.endpoint, {
      method: 'POST',
      headers: {
        'X-Amz-Target': `Logs_20140328.${operation}`,
        'Content-Type': 'application/x-amz-json-1.1',
        Authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/logs/aws4_request',
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    return text === '' ? {} : (JSON.parse(text) as object);
  }

  /** Lets Glue say how a run ended; what is told then. */
  async function toldOf(detail: object): Promise<readonly string[]> {
    await stage.events.putEvents({
      Entries: [
        {
          Source: 'aws.glue',
          DetailType: 'Glue Job State Change',
          Detail: JSON.stringify({ severity: 'ERROR', jobRunId: 'jr_1', ...detail }),
        },
      ],
    });
    const { events = [] } = await logs('FilterLogEvents', { logGroupName: GROUP });
    await logs('DeleteLogGroup', { logGroupName: GROUP });
    await logs('CreateLogGroup', { logGroupName: GROUP });
    return events.map(({ message }) => JSON.parse(message) as string).sort();
  }

  it('tell of runs that fail, and of those that are refused, and of no others', async () => {
    await deploy({ ...options(), createBucket: true });
    expect(await rules()).to.deep.equal(NAMES);
    await logs('CreateLogGroup', { logGroupName: GROUP });
    for (const Rule of NAMES) {
      // The endpoint tells topics nothing; a group of logs gets what the topic would.
      const { Targets: targets = [] } = await stage.events.listTargetsByRule({ Rule });
      const Arn = `arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`;
      expect(targets.map((one) => one.Arn)).to.deep.equal([
        'arn:aws:sns:us-east-1:123456789012:lake-alarms',
      ]);
      await stage.events.putTargets({ Rule, Targets: targets.map((one) => ({ ...one, Arn })) });
    }
    const job = 'shop_customer_trusted';
    const ended = 'Readers keep the last good version of its table.';
    const failed = `${job} ended as FAILED, run jr_1. ${ended}`;
    const message = (error: string): string =>
      `JobName:${job} and JobRunId:jr_1 failed to execute with exception ${error}`;
    const of = { jobName: job, state: 'FAILED' };
    expect(await toldOf({ ...of, message: message('JobFailed: secret') })).to.deep.equal([failed]);
    expect(await toldOf({ ...of, state: 'TIMEOUT', message: 'Job run timed out' })).to.deep.equal([
      failed.replace('FAILED', 'TIMEOUT'),
    ]);
    const refused = `The privacy gate refused the table of ${job}, run jr_1. Readers keep its last good version.`;
    for (const error of ['ProofFailed: not published: 3 rows', 'PermitExpired: it is over']) {
      expect(await toldOf({ ...of, message: message(error) })).to.deep.equal([refused, failed]);
    }
    expect(await toldOf({ ...of, state: 'SUCCEEDED', message: 'Job run succeeded' })).to.be.empty;
    expect(await toldOf({ ...of, state: 'STOPPED', message: 'stopped' })).to.be.empty;
    expect(await toldOf({ ...of, jobName: 'shop_customer_trusted_2', message: '' })).to.be.empty;
  });

  it('are repaired, go where the library names no topic any more, and with the library', async () => {
    await deploy({ ...options(), createBucket: true });
    await stage.events.disableRule({ Name: NAMES[1] });
    await stage.events.putRule({ Name: 'lakewright-mine', ScheduleExpression: 'rate(1 day)' });
    const { written } = await deploy(options());
    expect(written).to.deep.equal(['alarm/refused']);
    stage.proxy.clear();
    await deploy(options());
    expect(stage.proxy.writes()).to.deep.equal([]);
    const { alarms: _, ...library } = shop().library;
    const silent = await mkdtemp(join(tmpdir(), 'lakewright-silent-'));
    await writeFiles(silent, generate({ ...shop(), library }, noWords));
    const pruned = await deploy({ ...options(), directory: silent, prune: true });
    await rm(silent, { recursive: true });
    expect(pruned.written).to.deep.equal(NAMES.map((name) => `orphan/alarm/${name}`));
    expect(await rules()).to.deep.equal(['lakewright-mine']);
    await deploy(options());
    await destroy(options());
    expect(await rules()).to.deep.equal(['lakewright-mine']);
  });

  it('are exported', async () => {
    const exported = await readLibrary(directory, new Date(0));
    const module = moduleOf(terraform(exported));
    expect(findingsOf(module)).to.deep.equal([]);
    expect(module.resources.get('aws_cloudwatch_event_target.refused')).to.include({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform
      arn: 'arn:aws:sns:${local.region}:${local.account}:lake-alarms',
    });
    const template = JSON.parse(cloudformation(exported).get('template.json') ?? '');
    const found = Object.values<{ Type: string; Properties: object }>(template.Resources).filter(
      ({ Type }) => Type === 'AWS::Events::Rule',
    );
    const destination = { account: '123456789012', region: 'us-east-1', bucket: BUCKET };
    const wanted = desiredState(await readGenerated(directory), destination).filter(
      ({ kind }) => kind === 'alarm',
    );
    const names = (all: readonly object[]): readonly unknown[] =>
      all.map((one) => ('Name' in one ? one.Name : ''));
    expect(names(found.map(({ Properties }) => Properties))).to.deep.equal(
      names(wanted.map(({ definition }) => definition)),
    );
  });
});
