/** Something that is stored: an object of a bucket in one of its versions, or a file. */
export interface Stored {
  /** Key in the bucket; files have the key that they would have there. */
  readonly key: string;
  /** Absent for files. */
  readonly version?: string;
  /** Whether it is what a reader of the key gets now. */
  readonly current: boolean;
  /** A mark that the key was deleted; it has no bytes. */
  readonly marker: boolean;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** Bytes as they come, in pieces of any size, so that nothing large is ever held whole. */
export type Bytes = AsyncIterable<Buffer>;

/** The objects of a lake with all their versions: a bucket, or plain folders laid out alike. */
export interface Store {
  /** For people: `s3://bucket` or a folder. */
  readonly name: string;
  /** All that lies below a key prefix, old versions and hidden files included. */
  list(prefix: string): Promise<readonly Stored[]>;
  /** Opened when the first piece is asked for. */
  read(stored: Stored): Bytes;
  /** The text of a key's current version; undefined where there is none. */
  text(key: string): Promise<string | undefined>;
  /**
   * Puts what `change` makes of the current version in its place, as a whole. Fails if somebody else changes it meanwhile.
   */
  replace(stored: Stored, change: (bytes: Bytes) => Bytes): Promise<void>;
  /** Writes a text, as a whole. */
  write(key: string, text: string): Promise<void>;
  /** Deletes exactly these versions for good. */
  remove(stored: readonly Stored[]): Promise<void>;
  /** The key prefix, ending in `/`, at which readers find a table now. */
  location(table: TableName): Promise<string>;
}

/** A table of the lake. */
export interface TableName {
  readonly zone: string;
  readonly name: string;
}
