import type { Adoption } from '../deploy/index.ts';
import { type Command, parse, UsageError } from './command.ts';
import { interruptible, lockHelp, locking, lockOptions } from './lock-options.ts';
import { type TargetValues, target, targetHelp, targetOptions } from './target-options.ts';
import { ask, showsColour } from './terminal.ts';

const help = `Usage: npm run import-job -- ID... --bucket BUCKET [options]

Takes over resources that exist, by their ids in manifest.json, such as job/customer_trusted: shows what the next deployment will
change of each, and puts the library's tag on it. Changes nothing else. What another library owns is refused.

${targetHelp}${lockHelp}  --yes              do not ask
  --dry-run          show what the next deployment would change, and do nothing
`;

const options = {
  ...targetOptions,
  ...lockOptions,
  yes: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

interface Values extends TargetValues {
  readonly 'lock-timeout': string;
  readonly yes: boolean;
  readonly 'dry-run': boolean;
}

/** `import`: what exists becomes the library's. */
export const importJob: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, options, Number.POSITIVE_INFINITY);
    if (positionals.length === 0) throw new UsageError('the id of what to take over is missing');
    return await adoptShown([...new Set(positionals)], values);
  },
};

async function adoptShown(ids: readonly string[], values: Values): Promise<number> {
  const { adopt, renderPlan } = await import('../deploy/index.ts');
  const said = { refused: false, shown: false };
  const show = ({ plan }: Adoption) => {
    said.shown = true;
    const colour = showsColour(process.stdout);
    process.stdout.write(`${renderPlan(plan, [], { colour })}\n`);
  };
  const where = {
    ...(await target(values)),
    ...locking(values['lock-timeout'], 'npm run import-job'),
  };
  const adoption = await interruptible((signal) =>
    adopt({
      ...where,
      ids,
      signal,
      dryRun: values['dry-run'],
      async confirm(planned) {
        show(planned);
        const yes = values.yes || /^y(es)?$/i.test(await ask('Take over? [y/N] ', 'An import'));
        said.refused = !yes;
        return yes;
      },
    }),
  );
  if (!said.shown) show(adoption);
  for (const id of adoption.owned) process.stdout.write(`${id} is the library's already\n`);
  for (const id of adoption.adopted) process.stdout.write(`${id} is the library's now\n`);
  if (adoption.adopted.length === 0) process.stdout.write('nothing was written\n');
  return said.refused ? 1 : 0;
}
