/** What keeps a person from being forgotten, by code. The words of the message are where the facts are, in erasure/. */
export const erasureFailures = {
  'erasure/subject-kind-unknown': 'No landing table is about the kind of person that was named.',
  'erasure/subject-unknown':
    'Nothing about the person is in the lake, and they were never forgotten: most likely the key is mistyped.',
  'erasure/database-outside':
    'A table about people is in a database, which jobs read and nothing of lakewright writes. Whoever keeps it deletes there.',
  'erasure/format-unknown':
    'Landing data of a format or compression that single lines cannot be taken out of.',
  'erasure/library-invalid': 'A file that the erasure needs is missing or is not what was written.',
  'erasure/rebuild-failed':
    'A table could not be computed anew, so its old version, which holds the person, was kept.',
  'erasure/not-rebuilt':
    'The version of a table that readers see still holds the person, so no version is deleted yet.',
  'erasure/left-over':
    'After all steps something of the person was found: a column that no label says, or data delivered meanwhile.',
} as const;

/** Everything that can keep a person from being forgotten, by its stable name. */
export type ErasureCode = keyof typeof erasureFailures;
