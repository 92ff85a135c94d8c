import { type Command, parse } from './command.ts';
import { showingReads } from './deploy-progress.ts';
import { progressLine } from './progress.ts';
import { target, targetHelp, targetOptions } from './target-options.ts';
import { showsColour } from './terminal.ts';

const help = `Usage: npm run diff -- (--env NAME | --bucket BUCKET) [options]

Shows AWS beside the generated files: a unified diff of scripts with those that the jobs run now, other resources by field. Writes
nothing.

${targetHelp}  --select SELECTOR  only some jobs and what they need, as \`npm run plan\` takes it
  --json             print it as JSON
  --detailed-exitcode
                     exit with 0 where nothing differs, 2 where something does, 1 for errors
`;

const options = {
  ...targetOptions,
  select: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  'detailed-exitcode': { type: 'boolean', default: false },
} as const;

/** `diff`: what is generated, beside what is deployed. */
export const diff: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const where = await target(values);
    const engine = await import('../deploy/index.ts');
    const progress = progressLine();
    const found = await engine
      .diff({
        ...where,
        select: values.select ?? [],
        onRead: showingReads(progress),
      })
      .finally(progress.clear);
    const differs = engine.hasChanges(found.plan);
    if (values.json) {
      const changes = engine.changesOf(found.plan).map((change) => {
        const patch = found.patches.get(change.id);
        return patch === undefined ? change : { ...change, patch };
      });
      const { library, destination } = found;
      const document = { formatVersion: 1, library, destination, changes };
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    } else {
      const colour = showsColour(process.stdout);
      process.stdout.write(differs ? engine.renderDiff(found, { colour }) : 'nothing differs\n');
    }
    return differs && values['detailed-exitcode'] ? 2 : 0;
  },
};
