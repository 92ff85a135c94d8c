import type { Deployment, DeployOptions } from '../deploy/index.ts';
import { type Command, parse, UsageError, userPath } from './command.ts';
import { showingSteps } from './deploy-progress.ts';
import { interruptible, lockHelp, locking, lockOptions } from './lock-options.ts';
import { showPlan } from './plan.ts';
import { progressLine } from './progress.ts';
import { type PruneValues, pruneHelp, pruneOptions, pruning } from './prune-options.ts';
import {
  dollarsOf,
  type TargetValues,
  target,
  targetHelp,
  targetOptions,
} from './target-options.ts';
import { ask, refuseAsking } from './terminal.ts';

const help = `Usage: npm run deploy-jobs -- (--env NAME | --bucket BUCKET) [options]
       npm run deploy-jobs -- PLAN [options]

Makes AWS equal to the generated files of a library: uploads scripts, and creates or updates roles, keys, the bucket's policy,
catalog, Lake Formation's tags and grants, jobs, workflow and triggers that differ. What it does not own it leaves alone. Shows the
plan first and asks. Of a plan that \`npm run plan -- --out PLAN\` saved, it does exactly that, or nothing if something moved since.
Credentials and region are found as the AWS CLI finds them. Once the bucket's policy is there, scripts are taken from principals
with the tag lakewright:<library>=deployer only, or deployer_<suffix> in an environment.

${targetHelp}${lockHelp}  --create-bucket    create the bucket if it does not exist
  --select SELECTOR  only some jobs and what they need: a job or its zone.table, zone:, tag:, state:modified; + before or behind
                     takes what is up or down the data, commas intersect, and --select may be given several times
  --max-run-cost USD
                     refuse jobs of which one run may cost more, by list price and timeout
${pruneHelp}  --keep-releases N  delete what is kept of older releases than the last N, at least 2; rollback is to those that are kept
  --while-running    change jobs also while they or the workflow run
  --yes              do not ask
  --json             print what was planned and done as JSON; takes --yes or --dry-run
  --dry-run          show what would be done, and do nothing; as \`npm run plan\`
`;

const options = {
  ...targetOptions,
  ...lockOptions,
  ...pruneOptions,
  'create-bucket': { type: 'boolean', default: false },
  'keep-releases': { type: 'string' },
  'max-run-cost': { type: 'string' },
  select: { type: 'string', multiple: true },
  'while-running': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

interface Values extends TargetValues, PruneValues {
  readonly 'lock-timeout': string;
  readonly 'create-bucket': boolean;
  readonly select?: string[] | undefined;
  readonly 'while-running': boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly 'dry-run': boolean;
}

/** `deploy`: a plan, then exactly that. */
export const deploy: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, 1);
    refuseAsking(values);
    const [file] = positionals;
    const where =
      file === undefined ? await deployOptions(values) : await savedOptions(userPath(file), values);
    const lock = locking(values['lock-timeout'], 'npm run deploy-jobs');
    const limits = {
      ...dollarsOf(values['max-run-cost']),
      ...releasesOf(values['keep-releases']),
    };
    return await deployShown({ ...where, ...lock, ...limits }, values);
  },
};

function releasesOf(typed: string | undefined): { readonly keepReleases?: number } {
  if (typed === undefined) return {};
  const keepReleases = Number(typed);
  if (/^\d+$/.test(typed) && keepReleases >= 2) return { keepReleases };
  throw new UsageError(`--keep-releases is ${JSON.stringify(typed)}, not a number from 2 on`);
}

/** Plans, shows, asks and deploys. @returns the exit code */
export async function deployShown(
  where: DeployOptions,
  values: Pick<Values, 'dry-run' | 'json' | 'while-running' | 'yes'>,
): Promise<number> {
  const engine = await import('../deploy/index.ts');
  const progress = progressLine();
  const consent = { asked: false, given: true };
  const deployment = await interruptible((signal) =>
    engine.deploy({
      ...where,
      signal,
      dryRun: values['dry-run'],
      whileRunning: values['while-running'],
      onProgress: showingSteps(progress),
      async confirm(planned) {
        progress.clear();
        if (!values.json) await showPlan(planned, values);
        consent.asked = true;
        consent.given = await consents(where, values);
        return consent.given;
      },
    }),
  ).finally(progress.clear);
  if (values.json) process.stdout.write(await document(deployment));
  else if (!consent.asked) await showPlan(deployment, values);
  if (values.json) return 0;
  process.stdout.write(deployment.written.length > 0 ? 'done\n' : 'nothing was written\n');
  return consent.given ? 0 : 1;
}

async function deployOptions(values: Values): Promise<DeployOptions> {
  return {
    ...(await target(values)),
    createBucket: values['create-bucket'],
    select: values.select ?? [],
    ...pruning(values, values.select),
  };
}

/** A saved plan says what and where; the rest is how to get there. */
async function savedOptions(file: string, values: Values): Promise<DeployOptions> {
  const { readSavedPlan } = await import('../deploy/index.ts');
  const said = [
    'bucket',
    'env',
    'branch',
    'library',
    'create-bucket',
    'no-lake-formation',
    'prune',
    'prune-tables',
  ] as const;
  for (const option of said) {
    if (values[option]) throw new UsageError(`a saved plan says --${option} itself`);
  }
  if (values.select) throw new UsageError('a saved plan says --select itself');
  const saved = await readSavedPlan(file);
  const { library, bucket, environment, choices } = saved;
  const where =
    environment === undefined ? { bucket } : { env: environment.name, branch: environment.branch };
  const place = await target({ ...values, library, ...where });
  return { ...place, ...choices, saved };
}

/** A saved plan was looked at before. */
async function consents({ saved }: DeployOptions, { yes }: Pick<Values, 'yes'>): Promise<boolean> {
  if (yes || saved !== undefined) return true;
  return /^y(es)?$/i.test(await ask('Do this? [y/N] ', 'A deployment'));
}

async function document(deployment: Deployment): Promise<string> {
  const { planDocument } = await import('../deploy/index.ts');
  const done = { ...planDocument(deployment), written: deployment.written };
  return `${JSON.stringify(done, null, 2)}\n`;
}
