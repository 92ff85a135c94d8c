import type { DeployOptions, Environment, Release } from '../deploy/index.ts';
import { deployShown } from './deploy.ts';
import { libraryName } from './library-folder.ts';
import { lockHelp, locking, lockOptions } from './lock-options.ts';
import { refuseAsking } from './terminal.ts';

/** Options of the commands that deploy what was deployed before. */
export const releaseOptions = {
  ...lockOptions,
  environments: { type: 'string' },
  branch: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
  endpoint: { type: 'string' },
  'no-lake-formation': { type: 'boolean', default: false },
  'create-bucket': { type: 'boolean', default: false },
  'while-running': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

/** Their part of a command's help. */
export const releaseHelp = `  --environments FILE  another file of environments
  --branch NAME        branch, for an environment that there is one of per branch (default: the one checked out)
  --library NAME       library (default: the only one in the folder of generated files)
  --generated DIR      folder of generated files, of which no more than the name is taken (default: generated)
  --endpoint URL       another endpoint than AWS's, such as a local one
  --no-lake-formation  leave out Lake Formation's tags and grants
  --create-bucket      create the bucket if it does not exist
${lockHelp}  --while-running      change jobs also while they or the workflow run
  --yes                do not ask
  --json               print what was planned and done as JSON; takes --yes or --dry-run
  --dry-run            show what would be done, and do nothing
`;

/** What was typed for {@link releaseOptions}. */
export interface ReleaseValues {
  readonly library?: string | undefined;
  readonly generated?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly 'no-lake-formation': boolean;
  readonly 'lock-timeout': string;
  readonly 'create-bucket': boolean;
  readonly 'while-running': boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly 'dry-run': boolean;
}

/**
 * Deploys the bytes of a release, from the bucket of one environment into the same or another.
 *
 * @param choose which of those that were deployed, the newest first
 * @param command for whoever waits for the lock
 * @returns the exit code
 */
export async function deployRelease(
  command: string,
  from: Environment,
  to: Environment,
  choose: (all: readonly Release[]) => string,
  values: ReleaseValues,
): Promise<number> {
  refuseAsking(values);
  const { withRelease } = await import('../deploy/index.ts');
  const library = libraryName(values);
  const at = values.endpoint === undefined ? {} : { endpoint: values.endpoint };
  return await withRelease(
    { library, environment: from, ...at },
    choose,
    async (directory, digest) => {
      if (!values.json) process.stdout.write(`release ${digest.slice(0, 12)} of ${from.name}\n`);
      const where: DeployOptions = {
        ...at,
        directory,
        bucket: to.bucket,
        region: to.region,
        environment: to,
        lakeFormation: !values['no-lake-formation'],
        createBucket: values['create-bucket'],
        ...locking(values['lock-timeout'], command),
      };
      return await deployShown(where, values);
    },
  );
}
