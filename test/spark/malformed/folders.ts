import { GOOD, type Malformed } from './case.ts';

const good = '{"k":"good","n":1}\n';

function folders(it: string, folder: string, gives: Malformed['gives']): Malformed {
  return {
    it,
    table: 'json',
    inFolders: true,
    files: { 'day=2024-01-31/a.json': good, [`${folder}/b.json`]: '{"k":"b"}\n' },
    gives,
  };
}

const known = { ...GOOD, day: '2024-01-31' };

/** Columns that the names of folders tell: here `day`, a date. */
export const folderFiles: readonly Malformed[] = [
  folders('a folder for each day', 'day=2024-02-29', {
    rows: [known, { k: 'b', day: '2024-02-29' }],
  }),
  folders('folders in folders for each day', 'kind=new/day=2024-02-29/part', {
    rows: [known, { k: 'b', day: '2024-02-29' }],
  }),
  folders('a folder of no day', 'other', {
    rows: [known],
    quarantined: { "day is in no folder's name": 1 },
  }),
  folders('a folder of null', 'day=__HIVE_DEFAULT_PARTITION__', {
    rows: [known],
    quarantined: { "day is in no folder's name": 1 },
  }),
  folders('a folder of a day that does not exist', 'day=2024-02-30', {
    rows: [known],
    quarantined: { 'day of the folder is not date': 1 },
  }),
];
