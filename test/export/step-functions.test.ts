import { setTimeout as sleep } from 'node:timers/promises';
import { Glue } from '@aws-sdk/client-glue';
import { expect } from 'chai';
import { readLibrary } from '../../export/library.ts';
import { stepFunctions } from '../../export/step-functions.ts';
import {
  type Endpoint,
  reportJobRun,
  type TakenRun,
  takeJobRun,
} from '../../runtime/endpoint/index.ts';
import { startTestEndpoint } from '../deploy/local-python.ts';
import { type Graph, graphLibrary } from './graph-library.ts';

const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };

/** Calls Step Functions; what is made there is read by moto's interpreter of the Amazon States Language. */
async function callStates(
  url: string,
  action: string,
  input: object,
): Promise<Record<string, string>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${action}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=tests/20240101/us-east-1/states/aws4_request',
    },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as Record<string, string>; // as the API reference has it
  if (!answer.ok) throw new Error(`${action}: ${JSON.stringify(body)}`);
  return body;
}

describe('a library exported to Step Functions', function () {
  this.timeout(60_000);
  let endpoint: Endpoint;
  let glue: Glue;
  before(async () => {
    endpoint = await startTestEndpoint('export-step-functions');
    glue = new Glue({ endpoint: endpoint.url, region: 'us-east-1', credentials });
  });
  after(() => endpoint.stop());

  async function machine(definition: string, name: string): Promise<string> {
    const roleArn = 'arn:aws:iam::123456789012:role/states';
    const made = await callStates(endpoint.url, 'CreateStateMachine', {
      name,
      definition,
      roleArn,
    });
    return made['stateMachineArn'] ?? '';
  }

  it('is a state machine that can be made', async () => {
    for (const library of ['stedi', 'tpch']) {
      const files = stepFunctions(await readLibrary(`generated/${library}`, new Date(0)));
      const arn = await machine(files.get(`${library}.asl.json`) ?? '', library);
      expect(arn).to.contain(library);
    }
  });

  async function started(graph: Graph, name: string): Promise<string> {
    const text = stepFunctions(graphLibrary(graph, {}, name)).get(`${name}.asl.json`) ?? '';
    for (const job of Object.keys(graph)) {
      const Command = { Name: 'glueetl', ScriptLocation: 's3://lake/x.py' };
      await glue.createJob({ Name: `${name}_${job}`, Role: 'arn:aws:iam::1:role/x', Command });
    }
    const stateMachineArn = await machine(text, name);
    const made = await callStates(endpoint.url, 'StartExecution', { stateMachineArn, input: '{}' });
    return made['executionArn'] ?? '';
  }

  async function taken(): Promise<TakenRun> {
    const run = await takeJobRun(endpoint.url, 10);
    if (run === undefined) throw new Error('no run was started');
    return run;
  }

  async function finish(run: TakenRun, state: 'SUCCEEDED' | 'FAILED'): Promise<void> {
    await reportJobRun(endpoint.url, { ...run, state: 'RUNNING' });
    await reportJobRun(endpoint.url, { ...run, state });
  }

  async function ended(executionArn: string): Promise<Record<string, string>> {
    for (;;) {
      const told = await callStates(endpoint.url, 'DescribeExecution', { executionArn });
      if (told['status'] !== 'RUNNING') return told;
      await sleep(100);
    }
  }

  it('starts each job once those that it waits for have succeeded, others beside it', async () => {
    const graph = { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] };
    const execution = await started(graph, 'diamond');
    const stages: string[][] = [];
    for (const count of [1, 2, 1]) {
      const runs: TakenRun[] = [];
      while (runs.length < count) runs.push(await taken());
      stages.push(runs.map(({ job }) => job).sort());
      expect(await takeJobRun(endpoint.url, 0), 'one more').to.equal(undefined);
      for (const run of runs) await finish(run, 'SUCCEEDED');
    }
    expect(stages).to.deep.equal([['diamond_a'], ['diamond_b', 'diamond_c'], ['diamond_d']]);
    expect(await ended(execution)).to.include({ status: 'SUCCEEDED' });
  });

  it('fails with the first run that fails, and starts none behind it', async () => {
    const execution = await started({ a: [], b: ['a'] }, 'failing');
    await finish(await taken(), 'FAILED');
    const told = await ended(execution);
    expect(told).to.include({ status: 'FAILED', error: 'JobFailed' });
    expect(told['cause']).to.match(/"JobRunState": ?"FAILED"/);
    expect((await glue.getJobRuns({ JobName: 'failing_b' })).JobRuns).to.deep.equal([]);
  });
});
