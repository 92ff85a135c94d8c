import { keyAlias } from '../codegen/resources/names.ts';
import { connect } from '../deploy/clients.ts';
import type { Environment } from '../deploy/environments.ts';
import { refuseOtherAccount } from '../deploy/survey.ts';
import { localClients } from '../runtime/local-clients.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../runtime/spark/settings.ts';
import type { LibraryMap } from './library-map.ts';
import { s3Store } from './s3-store.ts';
import { managedSecrets, type Secrets } from './secrets.ts';
import type { Store } from './store.ts';

/** Which bucket, and where. */
export interface BucketOptions {
  readonly bucket: string;
  /** `http://127.0.0.1:port` of the embedded endpoint; AWS by default. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Credentials of another account than its own are refused. */
  readonly environment?: Environment;
}

/** A bucket and the keys that belong to it. */
export interface BucketConnection {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly region: string;
  close(): void;
}

/**
 * Connects to a bucket on AWS, or to the embedded endpoint.
 *
 * @throws DeployError `deploy/other-account`, and where AWS cannot be asked
 */
export async function connectBucket(
  { library }: Pick<LibraryMap, 'library'>,
  { bucket, endpoint, region: wanted, environment }: BucketOptions,
): Promise<BucketConnection> {
  const { SecretsManager } = await import('@aws-sdk/client-secrets-manager');
  const aws = await connect({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(wanted === undefined ? {} : { region: wanted }),
  });
  if (environment !== undefined) refuseOtherAccount(aws, environment);
  const region = endpoint === undefined ? aws.region : LOCAL_REGION;
  const { s3, glue } =
    endpoint === undefined ? await awsClients(region) : await localClients(endpoint);
  const local = endpoint === undefined ? {} : { endpoint, credentials: LOCAL_CREDENTIALS };
  const manager = new SecretsManager({ region, ...local });
  const keys = `arn:${aws.partition}:kms:${region}:${aws.account}`;
  const encryptionKey = (key: string) =>
    `${keys}:${keyAlias(library, key.slice(0, key.indexOf('/')))}`;
  return {
    store: s3Store({ s3, glue, bucket, library, encryptionKey }),
    secrets: managedSecrets(manager),
    region,
    close() {
      s3.destroy();
      glue.destroy();
      manager.destroy();
    },
  };
}

async function awsClients(region: string) {
  const [{ Glue }, { S3 }] = await Promise.all([
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-s3'),
  ]);
  return { glue: new Glue({ region }), s3: new S3({ region }) };
}
