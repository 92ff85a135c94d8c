import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../deploy/index.ts';
import { UsageError, userPath } from './command.ts';

/** Options of the commands that go to AWS, for {@link destination}. */
export const destinationOptions = {
  bucket: { type: 'string' },
  env: { type: 'string' },
  environments: { type: 'string' },
  branch: { type: 'string' },
  region: { type: 'string' },
} as const;

/** Lines of a command's help for {@link destinationOptions}. */
export const destinationHelp = `  --env NAME           environment of lakewright.environments.json, which says bucket, account, region, names and sizes
  --environments FILE  another file of environments
  --branch NAME        branch, for an environment that there is one of per branch (default: the one checked out)
  --bucket BUCKET      bucket of the lake, where no environment says it
  --region REGION      region, likewise (default: as configured)
`;

interface Values {
  readonly bucket?: string | undefined;
  readonly env?: string | undefined;
  readonly environments?: string | undefined;
  readonly branch?: string | undefined;
  readonly region?: string | undefined;
}

/** Where a command goes. */
export interface ChosenDestination {
  readonly bucket: string;
  readonly region?: string;
  readonly environment?: Environment;
}

/**
 * Where a command goes, of its options: a bucket, or an environment, which says all.
 *
 * @throws UsageError for options that do not go together; DeployError where the environment is not fit
 */
export async function destination(values: Values): Promise<ChosenDestination> {
  const { bucket, env, region } = values;
  if (env !== undefined) {
    const said = (['bucket', 'region'] as const).find((name) => values[name] !== undefined);
    if (said !== undefined) throw new UsageError(`--env says the ${said}, so leave out --${said}`);
    const environment = await chosenEnvironment(env, values);
    return { bucket: environment.bucket, region: environment.region, environment };
  }
  refuseSpare(values);
  if (bucket === undefined) throw new UsageError('--env or --bucket is missing');
  return { bucket, ...(region === undefined ? {} : { region }) };
}

/** Where a command goes that needs no bucket. @throws as {@link destination} */
export async function optionalDestination(
  values: Values,
): Promise<Omit<ChosenDestination, 'bucket'>> {
  const { env, region } = values;
  if (env !== undefined) return await destination(values);
  refuseSpare(values);
  return region === undefined ? {} : { region };
}

function refuseSpare(values: Values): void {
  const spare = (['environments', 'branch'] as const).find((name) => values[name] !== undefined);
  if (spare !== undefined) throw new UsageError(`--${spare} goes with --env`);
}

/**
 * One environment by its name.
 *
 * @throws DeployError where there is none, or its file is not fit
 */
export async function chosenEnvironment(
  name: string,
  { environments: file, branch }: Pick<Values, 'environments' | 'branch'>,
): Promise<Environment> {
  const engine = await import('../deploy/index.ts');
  const all = await engine.readEnvironments(userPath(file, 'lakewright.environments.json'));
  if (!engine.isPerBranch(all, name)) return engine.environmentOf(all, name);
  return engine.environmentOf(all, name, branch ?? (await currentBranch()));
}

/** Undefined where no branch is checked out, as in many a CI, or there is no git. */
async function currentBranch(): Promise<string | undefined> {
  const cwd = userPath(undefined);
  try {
    const { stdout } = await promisify(execFile)('git', ['symbolic-ref', '--short', 'HEAD'], {
      cwd,
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
