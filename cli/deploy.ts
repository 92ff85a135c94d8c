import { type Command, parse, UsageError, userPath } from './command.ts';
import { libraryFolder } from './library-folder.ts';
import { progressLine } from './progress.ts';

const help = `Usage: npm run deploy-jobs -- --bucket BUCKET [options]

Makes AWS equal to the generated files of a library: uploads scripts, and creates or updates roles, keys, the bucket's policy,
catalog, Lake Formation's tags and grants, jobs, workflow and triggers that differ. What it does not own it leaves alone.
Credentials and region are found as the AWS CLI finds them. Once the bucket's policy is there, scripts are taken from principals
with the tag lakewright:<library>=deployer only.

  --bucket BUCKET    bucket of the lake, which must exist
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
  --endpoint URL     another endpoint than AWS's, such as a local one
  --region REGION    region (default: as configured)
  --no-lake-formation
                     leave out Lake Formation's tags and grants, which only a data lake administrator can make
  --create-bucket    create the bucket if it does not exist
  --dry-run          show what would be done, and do nothing
`;

const options = {
  bucket: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
  endpoint: { type: 'string' },
  region: { type: 'string' },
  'no-lake-formation': { type: 'boolean', default: false },
  'create-bucket': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

/** `deploy`: a plan, then exactly that. */
export const deploy: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const bucket = values.bucket;
    if (bucket === undefined) throw new UsageError('--bucket is missing');
    const directory = libraryFolder(userPath(values.generated, 'generated'), values.library);
    const engine = await import('../deploy/index.ts');
    const progress = progressLine();
    const { plan, exceptions, destination } = await engine
      .deploy({
        directory,
        bucket,
        dryRun: values['dry-run'],
        createBucket: values['create-bucket'],
        lakeFormation: !values['no-lake-formation'],
        ...(values.endpoint === undefined ? {} : { endpoint: values.endpoint }),
        ...(values.region === undefined ? {} : { region: values.region }),
        onProgress: ({ step, done, total }) =>
          progress.show(`${step === 'read' ? 'reading' : 'writing'} ${done}/${total}`),
      })
      .finally(() => progress.clear());
    process.stdout.write(`${engine.renderPlan(plan, exceptions)}\n`);
    const where = `account ${destination.account}, ${destination.region}, bucket ${bucket}`;
    const done = values['dry-run'] ? 'nothing was written' : 'done';
    process.stdout.write(`${done}: ${where}\n`);
    return 0;
  },
};
