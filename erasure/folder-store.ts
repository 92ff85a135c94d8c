import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { landingFolder } from '../runtime/landing.ts';
import type { Bytes, Store, Stored } from './store.ts';

/**
 * The plain folders of a local run as a store.
 * @param data holds `<table>/landing/`
 * @param out holds `<zone>/<table>/`, `quarantine/`, `reports/`
 */
export function folderStore(data: string, out: string): Store {
  const pathOf = (key: string) => {
    const [top = '', second = '', ...rest] = key.split('/');
    if (top === 'landing') return join(landingFolder(data, second), ...rest);
    if (top === 'suppression') return join(out, 'suppression.json');
    return join(out, top, second, ...rest);
  };
  return {
    name: out,
    list: (prefix) => filesBelow(pathOf(prefix), prefix),
    read: ({ key }) => createReadStream(pathOf(key)),
    async text(key) {
      return existsSync(pathOf(key)) ? await readFile(pathOf(key), 'utf8') : undefined;
    },
    replace: ({ key }, change) => writeWhole(pathOf(key), change(createReadStream(pathOf(key)))),
    write: (key, text) => writeWhole(pathOf(key), Readable.from([Buffer.from(text)])),
    async remove(stored) {
      for (const { key } of stored) await rm(pathOf(key), { force: true });
    },
    location: async ({ zone, name }) => `${zone}/${name}/`,
  };
}

async function filesBelow(path: string, prefix: string): Promise<readonly Stored[]> {
  if (!existsSync(path)) return [];
  const folder = prefix.replace(/\/?$/, '/');
  const found = await stat(path);
  if (found.isFile()) return [storedFile(prefix, found.mtimeMs)];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const stored = files.map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    const key = folder + relative(path, file).split(sep).join('/');
    return storedFile(key, (await stat(file)).mtimeMs);
  });
  return (await Promise.all(stored)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function storedFile(key: string, modified: number): Stored {
  return { key, current: true, marker: false, modified };
}

/** A reader sees the old file or the new one. Hadoop's checksum of the old one would refuse the new one. */
async function writeWhole(path: string, content: Bytes): Promise<void> {
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(content, createWriteStream(fresh));
  await rm(join(dirname(path), `.${basename(path)}.crc`), { force: true });
  await rename(fresh, path);
}
