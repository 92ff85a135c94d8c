import type { Destroyed } from '../deploy/index.ts';
import { type Command, parse } from './command.ts';
import { showingCounts } from './deploy-progress.ts';
import { interruptible, lockHelp, locking, lockOptions } from './lock-options.ts';
import { progressLine } from './progress.ts';
import { type TargetValues, target, targetHelp, targetOptions } from './target-options.ts';
import { ask, refuseAsking, showsColour } from './terminal.ts';

const help = `Usage: npm run destroy -- (--env NAME | --bucket BUCKET) [options]

Takes away what a library owns in AWS: triggers, workflow, jobs, roles, the catalog's entries and the uploaded scripts, in the
reverse order of creation. Data, buckets and keys are never deleted, and the bucket's policy stays with the data that it guards.
Refused where something else uses what would go. Shows it first, and asks for the library's name.

${targetHelp}${lockHelp}  --yes              do not ask
  --json             print what goes, or went, as JSON; takes --yes or --dry-run
  --dry-run          show what would be done, and do nothing
`;

const options = {
  ...targetOptions,
  ...lockOptions,
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

interface Values extends TargetValues {
  readonly 'lock-timeout': string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly 'dry-run': boolean;
}

/** `destroy`: what a library made is gone, but no data. */
export const destroy: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    refuseAsking(values);
    return await destroyShown(values);
  },
};

async function destroyShown(values: Values): Promise<number> {
  const engine = await import('../deploy/index.ts');
  const progress = progressLine();
  const count = showingCounts(progress);
  const said = { shown: false, consent: true };
  const show = async (planned: Destroyed): Promise<void> => {
    progress.clear();
    if (!values.json) process.stdout.write(await rendered(planned));
    said.shown = true;
  };
  const where = {
    ...(await target(values)),
    ...locking(values['lock-timeout'], 'npm run destroy'),
  };
  const destroyed = await interruptible((signal) =>
    engine.destroy({
      ...where,
      signal,
      dryRun: values['dry-run'],
      onStep: ({ step, done, total }) =>
        count(step === 'read' ? 'reading' : 'deleting', done, total),
      async confirm(planned) {
        await show(planned);
        said.consent = values.yes || (await typedName(planned.name)) === planned.name;
        return said.consent;
      },
    }),
  ).finally(progress.clear);
  if (!said.shown) await show(destroyed);
  if (values.json) process.stdout.write(document(destroyed));
  else process.stdout.write(destroyed.written.length > 0 ? 'done\n' : 'nothing was deleted\n');
  return said.consent ? 0 : 1;
}

async function typedName(name: string): Promise<string> {
  return await ask(`Type ${name} to delete this: `, 'A destruction');
}

async function rendered({ plan, kept, data, destination }: Destroyed): Promise<string> {
  const engine = await import('../deploy/index.ts');
  const { account, region, bucket } = destination;
  const stays = [
    ...kept.map(({ kind, name }) => `  kept: ${kind} ${name}`),
    ...data.map((location) => `  data stays: ${location}`),
  ];
  const lines = [
    engine.renderPlan(plan, [], { colour: showsColour(process.stdout) }),
    ...stays.map(engine.printable),
    `of account ${account}, ${region}, bucket ${bucket}`,
  ];
  return `${lines.join('\n')}\n`;
}

function document({ library, destination, plan, kept, data, written }: Destroyed): string {
  const plain = {
    formatVersion: 1,
    library,
    destination,
    deletions: plan.actions.map(({ desired: { id, kind, name } }) => ({ id, kind, name })),
    kept: kept.map(({ id, kind, name }) => ({ id, kind, name })),
    data,
    written,
  };
  return `${JSON.stringify(plain, null, 2)}\n`;
}
