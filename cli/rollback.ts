import { type Command, parse, UsageError } from './command.ts';
import { chosenEnvironment } from './destination.ts';
import { deployRelease, releaseHelp, releaseOptions } from './release-deployment.ts';

const help = `Usage: npm run rollback -- --env NAME [--to DIGEST] [options]

Deploys a release that was live in an environment before, byte for byte. Shows the plan first and asks. Data stays as it is.

  --env NAME           environment
  --to DIGEST          release, by the first digits that \`npm run releases\` lists (default: the one before the live one)
${releaseHelp}`;

const options = { ...releaseOptions, env: { type: 'string' }, to: { type: 'string' } } as const;

/** `rollback`: an earlier release is live again. */
export const rollback: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const { env, to } = values;
    if (env === undefined) throw new UsageError('--env is missing');
    const { earlierRelease } = await import('../deploy/index.ts');
    const environment = await chosenEnvironment(env, values);
    return await deployRelease(
      'npm run rollback',
      environment,
      environment,
      (all) => earlierRelease(all, to),
      values,
    );
  },
};
