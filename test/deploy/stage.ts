import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Glue } from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { DeployError, type Deployment, type DeployOptions, deploy } from '../../deploy/index.ts';
import { BUCKET, type Fixture, fixture, writeFixture } from './fixture.ts';
import { resetEndpoint, startTestEndpoint } from './local-python.ts';
import { type RecordingProxy, startProxy } from './recording-proxy.ts';

/** Options that destroying, planning and looking for drift take too. */
export type SilentOptions = Omit<DeployOptions, 'confirm' | 'onStep'>;

/** An endpoint to deploy to, a proxy that sees every call, and clients that go around it to look things up. */
export interface Stage {
  readonly proxy: RecordingProxy;
  /** Address of the endpoint itself. */
  readonly endpoint: string;
  readonly events: EventBridge;
  readonly glue: Glue;
  readonly iam: IAM;
  readonly s3: S3;
  /** Writes a fixture, hands the options to deploy it to the work, and takes the files away again. */
  withLibrary<T>(of: Fixture, work: (options: DeployOptions) => Promise<T>): Promise<T>;
  /** Deploys a fixture, without retries unless asked for. */
  deployed(of?: Fixture, more?: Partial<DeployOptions>): Promise<Deployment>;
  /** Options to deploy a folder that is there, without retries. */
  options(directory: string, more?: Partial<SilentOptions>): SilentOptions;
  /** The error of a deployment that is to fail. */
  failure(of?: Fixture, more?: Partial<DeployOptions>): Promise<DeployError>;
  /** Takes the lock that a deployment left when it died, as `unlock` does. */
  breakLock(library?: string): Promise<void>;
  /** An empty endpoint again, and a proxy that passes everything. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything that a test of a deployment needs. */
export async function openStage(name: string): Promise<Stage> {
  const endpoint = await startTestEndpoint(name);
  const proxy = await startProxy(endpoint.url);
  const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
  const direct = { endpoint: endpoint.url, region: 'us-east-1', credentials };

  const s3 = new S3({ ...direct, forcePathStyle: true });

  function options(directory: string, more: Partial<SilentOptions> = {}): SilentOptions {
    const where = { directory, bucket: BUCKET, endpoint: proxy.url };
    return { ...where, createBucket: true, attempts: 1, ...more };
  }
  async function withLibrary<T>(
    of: Fixture,
    work: (options: DeployOptions) => Promise<T>,
  ): Promise<T> {
    const { directory, remove } = await writeFixture(of);
    return await work(options(directory)).finally(remove);
  }
  async function deployed(of = fixture(), more: Partial<DeployOptions> = {}): Promise<Deployment> {
    return await withLibrary(of, (where) => deploy({ ...where, ...more }));
  }
  return {
    proxy,
    endpoint: endpoint.url,
    events: new EventBridge(direct),
    glue: new Glue(direct),
    iam: new IAM(direct),
    s3,
    withLibrary,
    options,
    deployed,
    failure: (of, more) => deployErrorOf(deployed(of, more)),
    async breakLock(library = 'stedi') {
      const Key = `lakewright/${library}/lock.json`;
      const found = await s3.getObject({ Bucket: BUCKET, Key }).catch(() => undefined);
      const text = (await found?.Body?.transformToString()) ?? '';
      const Body = text.replace('"held"', '"free"');
      if (found !== undefined) await s3.putObject({ Bucket: BUCKET, Key, Body });
    },
    async reset() {
      await resetEndpoint(endpoint.url);
      proxy.clear();
    },
    async close() {
      await proxy.stop();
      await endpoint.stop();
    },
  };
}

/** The error that work is to fail with. */
export async function deployErrorOf(work: Promise<unknown>): Promise<DeployError> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof DeployError) return error;
  throw new Error(`no DeployError but ${String(error)}`);
}
