import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines per file, as in the real feeds. */
export const LINES_PER_FILE = 10_000;

/**
 * Writes one landing table (`<dir>/<table>/landing/<table>-00001.json`, ...), a new file every
 * 10,000 lines. Holds only what was handed to the last `write`, however long the feed.
 */
export class LandingWriter {
  readonly #table: string;
  readonly #folder: string;
  #file: FileHandle | undefined;
  #files = 0;
  #lines = 0;

  /** @param dir the data folder; @param table the landing table's name */
  constructor(dir: string, table: string) {
    this.#table = table;
    this.#folder = join(dir, table, 'landing');
  }

  /** Lines written so far, blank and broken ones included. */
  get lines(): number {
    return this.#lines;
  }

  /** Appends lines (without their line ends). Rejects with the file system's error. */
  async write(lines: readonly string[]): Promise<void> {
    let rest = lines;
    while (rest.length > 0) {
      const room = LINES_PER_FILE - (this.#lines % LINES_PER_FILE);
      const file = room === LINES_PER_FILE ? await this.#nextFile() : this.#file;
      const now = rest.slice(0, room);
      await file?.write(`${now.join('\n')}\n`);
      this.#lines += now.length;
      rest = rest.slice(room);
    }
  }

  /** Closes the last file; the writer is not usable afterwards. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #nextFile(): Promise<FileHandle> {
    await this.close();
    await mkdir(this.#folder, { recursive: true });
    this.#files += 1;
    const name = `${this.#table}-${String(this.#files).padStart(5, '0')}.json`;
    this.#file = await open(join(this.#folder, name), 'wx');
    return this.#file;
  }
}
