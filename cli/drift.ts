import { type Command, parse } from './command.ts';
import { showingReads } from './deploy-progress.ts';
import { progressLine } from './progress.ts';
import { target, targetHelp, targetOptions } from './target-options.ts';
import { showsColour } from './terminal.ts';

const help = `Usage: npm run drift -- (--env NAME | --bucket BUCKET) [options]

Shows what somebody changed in AWS since it was deployed, field by field, and apart from it what was generated since and is not
deployed yet. Writes nothing; \`npm run deploy-jobs\` repairs what was changed.

${targetHelp}  --json             print it as JSON
  --detailed-exitcode
                     exit with 0 where nothing was changed outside, 2 where something was or may have been, 1 for errors
`;

const options = {
  ...targetOptions,
  json: { type: 'boolean', default: false },
  'detailed-exitcode': { type: 'boolean', default: false },
} as const;

/** `drift`: what somebody changed since the last deployment. */
export const drift: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const where = await target(values);
    const engine = await import('../deploy/index.ts');
    const progress = progressLine();
    const onRead = showingReads(progress);
    const found = await engine.drift({ ...where, onRead }).finally(progress.clear);
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ formatVersion: 1, ...found }, null, 2)}\n`);
    } else {
      const colour = showsColour(process.stdout);
      process.stdout.write(`${engine.renderDrift(found, { colour })}\n`);
    }
    const outside = found.drifted.some(({ origin }) => origin !== 'pending');
    return outside && values['detailed-exitcode'] ? 2 : 0;
  },
};
