/** What each mistake of an export means, by code. The words of the message are where the facts are, in export/ and cli/. */
export const exportFailures = {
  'export/folder-taken':
    'The folder holds other generated files: those of a library, or of an export of another library or for another tool. They would be taken for left over and removed.',
  'export/schedule-not-portable':
    'Glue’s schedules know more than the five fields of cron, by which Airflow starts a DAG.',
  'export/template-too-large':
    'CloudFormation takes templates up to a size. A library is divided among several, but a single resource cannot be.',
} as const;

/** Everything that can go wrong with an export, by its stable name. */
export type ExportCode = keyof typeof exportFailures;
