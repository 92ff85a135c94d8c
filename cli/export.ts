import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, parse, UsageError, userPath } from './command.ts';
import { optionalDestination } from './destination.ts';
import { summary } from './generate.ts';
import { libraryFolder } from './library-folder.ts';

const help = `Usage: npm run export -- TARGET --out DIR [options]

Writes a generated library in the language of another tool, for those who deploy or run elsewhere. Account, region and bucket stay
open. AWS is not asked. docs/export.md tells what each target holds, and what it cannot.

  TARGET             terraform        a module in JSON syntax, with the scripts that it uploads
                     cloudformation   templates, with the scripts to upload before
                     step-functions   a state machine that runs the workflow
                     airflow          a DAG that runs the workflow

  --out DIR          folder of the export, which holds nothing else of lakewright
  --env NAME         environment of lakewright.environments.json, whose names, sizes and tags it has, and its bucket by default
  --environments FILE, --branch NAME
                     as of \`npm run deploy-jobs\`
  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
`;

const options = {
  out: { type: 'string' },
  env: { type: 'string' },
  environments: { type: 'string' },
  branch: { type: 'string' },
  library: { type: 'string' },
  generated: { type: 'string' },
} as const;

/** `export`: the generated files, in another tool's words. */
export const exportCommand: Command = {
  help,
  async run(args) {
    const started = performance.now();
    const { values, positionals } = parse(args, options, 1);
    const engine = await import('../export/index.ts');
    const target = engine.TARGETS.find((one) => one === positionals[0]);
    if (target === undefined) {
      const given = positionals[0] === undefined ? 'the target is missing' : `no ${positionals[0]}`;
      throw new UsageError(`${given}; there are ${engine.TARGETS.join(', ')}`);
    }
    if (values.out === undefined) throw new UsageError('--out is missing');
    const folder = userPath(values.out);
    const directory = libraryFolder(userPath(values.generated, 'generated'), values.library);
    const { environment } = await optionalDestination(values);
    const { library, files } = await engine.exportLibrary(directory, target, {
      ...(environment === undefined ? {} : { environment }),
    });
    await refuseTaken(folder, (manifest) => engine.isSameExport(manifest, library, target));
    const { writeFiles } = await import('../codegen/index.ts');
    const changes = await writeFiles(folder, files);
    process.stdout.write(summary({ library, folder, changes }, performance.now() - started));
    return 0;
  },
};

async function refuseTaken(folder: string, isOurs: (manifest: string) => boolean): Promise<void> {
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined);
  if (manifest === undefined || isOurs(manifest)) return;
  const { ExportError } = await import('../export/index.ts');
  throw new ExportError(
    'export/folder-taken',
    `${folder} holds other generated files: its manifest.json is not that of this export.`,
    'Name a folder of its own for each library and target.',
  );
}
