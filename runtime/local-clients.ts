import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Glue } from '@aws-sdk/client-glue';
import type { S3 } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './spark/settings.ts';

/** Clients of the embedded endpoint; the SDK is loaded when they are made. */
export interface LocalClients {
  readonly glue: Glue;
  readonly logs: CloudWatchLogs;
  readonly s3: S3;
}

/** Clients of the embedded endpoint, with its placeholder credentials. */
export async function localClients(endpoint: string): Promise<LocalClients> {
  const [glue, logs, s3] = await Promise.all([
    import('@aws-sdk/client-glue'),
    import('@aws-sdk/client-cloudwatch-logs'),
    import('@aws-sdk/client-s3'),
  ]);
  const settings = { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  return {
    glue: new glue.Glue(settings),
    logs: new logs.CloudWatchLogs(settings),
    s3: new s3.S3({ ...settings, forcePathStyle: true }),
  };
}
