import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { S3 } from '@aws-sdk/client-s3';
import type { Endpoint } from '../../runtime/endpoint/index.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../runtime/spark/settings.ts';
import { localPython, startTestEndpoint } from '../deploy/local-python.ts';

const SUPPORT = join(import.meta.dirname, '../../codegen/support');
const PROMISES: Readonly<Record<string, string>> = {
  'are deleted for good once two newer ones are there': 'a_superseded_version_is_gone_for_good',
  'are deleted where their run died long ago': 'what_a_dead_run_left_goes_in_time',
  'stay, however old, when a newer run fails':
    'a_failed_run_leaves_the_last_good_version_however_old',
  'change together with where their folders are': 'folders_change_with_the_version',
  'change together with their metadata where they are of Iceberg':
    'iceberg_moves_with_its_metadata',
  'are rid of what was written before files came near their size':
    'what_was_written_on_the_way_is_gone_for_good',
};

describe('the versions of a table in S3', () => {
  let endpoint: Endpoint;
  let s3: S3;

  before(async () => {
    endpoint = await startTestEndpoint('versions');
    ({ s3 } = await localClients(endpoint.url));
  });
  after(async () => {
    s3?.destroy();
    await endpoint?.stop();
  });

  for (const status of ['Enabled', 'Suspended'] as const) {
    for (const [promise, check] of Object.entries(PROMISES)) {
      it(`${promise} (versioning ${status.toLowerCase()})`, async function () {
        this.timeout(60_000);
        const bucket = `${check.replaceAll('_', '-').slice(0, 40)}-${status.toLowerCase()}`;
        await s3.createBucket({ Bucket: bucket });
        await s3.putBucketVersioning({
          Bucket: bucket,
          VersioningConfiguration: { Status: status },
        });
        const { accessKeyId, secretAccessKey } = LOCAL_CREDENTIALS;
        await promisify(execFile)(
          localPython(),
          ['-B', join(import.meta.dirname, 'version_checks.py'), check, bucket],
          {
            env: {
              ...process.env,
              PYTHONPATH: SUPPORT,
              AWS_ENDPOINT_URL: endpoint.url,
              AWS_ACCESS_KEY_ID: accessKeyId,
              AWS_SECRET_ACCESS_KEY: secretAccessKey,
              AWS_DEFAULT_REGION: LOCAL_REGION,
            },
          },
        );
      });
    }
  }
});
