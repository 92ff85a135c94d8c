import { type Library, ofKind, type Resource } from './library.ts';

/** Where a script or support module lies in the bucket, and in an export. */
export interface ObjectPath {
  /** In the bucket, with its hash in it. */
  readonly key: string;
  /** Below the folder of the export; the same, so that the folder can be copied to the bucket as it is. */
  readonly file: string;
}

/** Folder of an export that holds what goes into the bucket, by key. */
export const OBJECTS = 'objects';

/** Path of one script or support module. */
export function objectPath({ open }: Library, { name }: Resource): ObjectPath {
  const prefix = `s3://${open.placeholder('bucket')}/`;
  const key = decodeURIComponent(name.slice(prefix.length));
  return { key, file: `${OBJECTS}/${name.slice(prefix.length)}` };
}

/** The library's scripts and support modules, text by path below the folder of the export. */
export function objectFiles(library: Library): ReadonlyMap<string, string> {
  const objects = [...ofKind(library, 'script'), ...ofKind(library, 'support')];
  return new Map(
    objects.map((one) => [objectPath(library, one).file, one.body?.toString('utf8') ?? '']),
  );
}
