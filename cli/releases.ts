import type { Release } from '../deploy/index.ts';
import { type Command, parse, UsageError } from './command.ts';
import { chosenEnvironment } from './destination.ts';
import { libraryName } from './library-folder.ts';

const help = `Usage: npm run releases -- --env NAME [options]

Lists what was deployed into an environment, the newest first: the digest of each release, when and by whom. The first is live.

  --env NAME           environment of lakewright.environments.json
  --environments FILE  another file of environments
  --branch NAME        branch, for an environment that there is one of per branch (default: the one checked out)
  --library NAME       library (default: the only one in the folder of generated files)
  --generated DIR      folder of generated files (default: generated)
  --endpoint URL       another endpoint than AWS's, such as a local one
  --json               as JSON
`;

const options = {
  env: { type: 'string' },
  environments: { type: 'string' },
  branch: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
  endpoint: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `releases`: what was deployed into an environment. */
export const releases: Command = {
  help,
  async run(args) {
    const { values } = parse(args, options);
    const { env, endpoint } = values;
    if (env === undefined) throw new UsageError('--env is missing');
    const engine = await import('../deploy/index.ts');
    const environment = await chosenEnvironment(env, values);
    const library = libraryName(values);
    const all = await engine.releases({
      library,
      environment,
      ...(endpoint === undefined ? {} : { endpoint }),
    });
    const text = values.json ? `${JSON.stringify(all, null, 2)}\n` : all.map(line).join('');
    process.stdout.write(text || `nothing was deployed into ${environment.name}\n`);
    return 0;
  },
};

function line({ digest, at, by }: Release, place: number): string {
  return `${place === 0 ? '*' : ' '} ${digest.slice(0, 12)}  ${at}  ${by}\n`;
}
