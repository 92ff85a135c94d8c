import { type Command, parse, UsageError } from './command.ts';
import { target, targetHelp, targetOptions } from './target-options.ts';

const help = `Usage: npm run unlock -- --bucket BUCKET LOCK_ID [options]

Takes the lock of a library from a deployment that is dead; the message of whoever was refused names its ID. A lock that is not
renewed runs out by itself within minutes. Taking it from a deployment that lives ends that one at its next call.

${targetHelp}`;

/** `unlock`: as Terraform's force-unlock. */
export const unlock: Command = {
  help,
  async run(args) {
    const { values, positionals } = parse(args, targetOptions, 1);
    const [id] = positionals;
    if (id === undefined) throw new UsageError('the ID of the lock is missing');
    const { forceUnlock } = await import('../deploy/index.ts');
    const { who, pid, since } = await forceUnlock(await target(values), id);
    process.stdout.write(`unlocked: it was held by ${who} (process ${pid}, since ${since})\n`);
    return 0;
  },
};
