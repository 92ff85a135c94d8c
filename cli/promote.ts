import { type Command, parse, UsageError } from './command.ts';
import { chosenEnvironment } from './destination.ts';
import { deployRelease, releaseHelp, releaseOptions } from './release-deployment.ts';

const help = `Usage: npm run promote -- --from NAME --to NAME [options]

Deploys into one environment exactly the bytes that are live in another, which it reads from that one's bucket: nothing of the
folder of generated files. Shows the plan first and asks.

  --from NAME          environment whose live release it is
  --to NAME            environment to deploy to
${releaseHelp}`;

const options = { ...releaseOptions, from: { type: 'string' }, to: { type: 'string' } } as const;

/** `promote`: what is live in one environment, in another too. */
export const promote: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const { from, to } = values;
    if (from === undefined || to === undefined) throw new UsageError('--from or --to is missing');
    if (from === to) throw new UsageError('--from and --to are the same');
    const { liveRelease } = await import('../deploy/index.ts');
    const source = await chosenEnvironment(from, values);
    return await deployRelease(
      'npm run promote',
      source,
      await chosenEnvironment(to, values),
      liveRelease,
      values,
    );
  },
};
