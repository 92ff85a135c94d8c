import { rename, writeFile } from 'node:fs/promises';
import type { Deployment } from '../deploy/index.ts';
import { type Command, parse, shownPath, userPath } from './command.ts';
import { showingSteps } from './deploy-progress.ts';
import { progressLine } from './progress.ts';
import { pruneHelp, pruneOptions, pruning } from './prune-options.ts';
import { dollarsOf, target, targetHelp, targetOptions } from './target-options.ts';
import { showsColour } from './terminal.ts';

const help = `Usage: npm run plan -- (--env NAME | --bucket BUCKET) [options]

Shows what \`npm run deploy-jobs\` would change in AWS, field by field. Writes nothing there.

${targetHelp}  --create-bucket    plan for a bucket that does not exist
  --select SELECTOR  only some jobs and what they need: a job or its zone.table, zone:, tag:, state:modified; + before or behind
                     takes what is up or down the data, commas intersect, and --select may be given several times
  --max-run-cost USD
                     refuse jobs of which one run may cost more, by list price and timeout
${pruneHelp}  --out FILE         save the plan; \`npm run deploy-jobs -- FILE\` does exactly that or nothing
  --json             print the plan as JSON
  --detailed-exitcode
                     exit with 0 where nothing would change, 2 where something would, 3 where a policy refuses, 1 for errors
`;

const options = {
  ...targetOptions,
  ...pruneOptions,
  'create-bucket': { type: 'boolean', default: false },
  'max-run-cost': { type: 'string' },
  select: { type: 'string', multiple: true },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  'detailed-exitcode': { type: 'boolean', default: false },
} as const;

/** `plan`: what a deployment would change. */
export const plan: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const where = await target(values);
    const engine = await import('../deploy/index.ts');
    const progress = progressLine();
    const createBucket = values['create-bucket'];
    const onProgress = showingSteps(progress);
    const deployment = await engine
      .planDeployment({
        ...where,
        ...dollarsOf(values['max-run-cost']),
        ...pruning(values, values.select),
        select: values.select ?? [],
        createBucket,
        onProgress,
      })
      .finally(progress.clear);
    await showPlan(deployment, values);
    if (!values['detailed-exitcode']) return 0;
    return engine.hasChanges(deployment.plan) ? 2 : 0;
  },
};

/**
 * Prints a plan, for people or for programs.
 * @param out file that gets it too
 */
export async function showPlan(
  deployment: Deployment,
  { json, out }: { readonly json: boolean; readonly out?: string | undefined },
): Promise<void> {
  const engine = await import('../deploy/index.ts');
  const document = `${JSON.stringify(engine.planDocument(deployment), null, 2)}\n`;
  if (out !== undefined) await writeWhole(userPath(out), document);
  if (json) {
    process.stdout.write(document);
    return;
  }
  const { plan: planned, orphans, exceptions, destination } = deployment;
  const { account, region, bucket, environment } = destination;
  const shown = { colour: showsColour(process.stdout), region, orphans };
  process.stdout.write(`${engine.renderPlan(planned, exceptions, shown)}\n`);
  const named = environment === undefined ? '' : `${environment.name}, `;
  process.stdout.write(`of ${named}account ${account}, ${region}, bucket ${bucket}\n`);
  if (out !== undefined) process.stdout.write(`saved in ${shownPath(userPath(out))}\n`);
}

/** A file that is there is whole. */
async function writeWhole(file: string, text: string): Promise<void> {
  const half = `${file}.${process.pid}.tmp`;
  await writeFile(half, text);
  await rename(half, file);
}
