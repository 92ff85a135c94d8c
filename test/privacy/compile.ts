import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url);

/** What TypeScript says of the programs in a folder, by the project's own rules; a line for each error and its details. */
export async function compileFolder(folder: string): Promise<readonly string[]> {
  const up = folder.replaceAll(/[^/]+\//g, '../');
  const config = { extends: `${up}tsconfig.json`, include: ['*.ts'], exclude: [] };
  await writeFile(new URL(`${folder}tsconfig.json`, root), JSON.stringify(config));
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', root));
  const options = [tsc, '-p', fileURLToPath(new URL(folder, root)), '--pretty', 'false'];
  const running = promisify(execFile)(process.execPath, options, {
    cwd: fileURLToPath(root),
    maxBuffer: 16 * 1024 * 1024,
  });
  const output = await running.then(
    ({ stdout }) => stdout,
    (error: { readonly stdout: string }) => error.stdout,
  );
  return output.split('\n').filter((line) => line !== '');
}
