import { message } from '../message.ts';
import { listed, named } from '../wording.ts';

/** Names, and the limits of AWS Glue on what a library may ask of its jobs. */
export const namesMessages = {
  'names/bad-name': message<{ what: string; name: string; expected: string }>({
    about:
      'The name becomes part of file names, AWS resource names and Python names, which all take lower-case letters, digits and underscores.',
    text: ({ what, name, expected }) =>
      `${named(name)} is not a ${what} name: expected ${expected}`,
    hint: () => 'rename it',
  }),
  'names/reserved': message<{ name: string }>({
    about:
      "A job's script has the job's name, and Python looks for modules beside the script first: a job called like a module would be imported in its place.",
    text: ({ name }) => `job ${named(name)} would hide Python's module of that name`,
    hint: ({ name }) => `add a word, such as ${named(`${name}_table`)}`,
  }),
  'names/bad-column': message<{ column: string; where: string }>({
    about:
      'Column names are letters, digits and underscores, at most 255, so that Parquet, Spark SQL, Glue and Athena read them alike.',
    text: ({ column, where }) =>
      `${named(column)} in ${where} is not a column name: expected letters, digits and _, first no digit, at most 255`,
    hint: () => 'rename the column',
  }),
  'names/same-but-case': message<{ columns: readonly string[]; where: string }>({
    about:
      'The Glue catalog keeps column names in lower case and Spark does not tell them apart by case.',
    text: ({ columns, where }) => `${listed(columns)} in ${where} differ only in case`,
    hint: () => 'rename one of them',
  }),
  'names/duplicate': message<{ what: string; name: string }>({
    about: 'Two things of one kind have one name, so the second would overwrite the first.',
    text: ({ what, name }) => `there are two ${what}s named ${named(name)}`,
    hint: () => 'rename one of them',
  }),
  'names/two-writers': message<{ table: string; jobs: readonly string[] }>({
    about:
      'A job replaces its whole table, so of two jobs that write one table the later run would erase what the earlier wrote.',
    text: ({ table, jobs }) => `${named(table)} is written by ${listed(jobs)}`,
    hint: () => 'union their rows in one job, or give each a table',
  }),
  'names/subject-and-alias': message<{ name: string }>({
    about:
      'A kind of person and a kind of thing have one name, so rows about the one could be taken for rows about the other.',
    text: ({ name }) => `${named(name)} is both a subject and an alias`,
    hint: () => 'rename the alias',
  }),
  'names/workers': message<{ job: string; workers: number }>({
    about: 'A Glue Spark job runs on 2 to 299 workers.',
    text: ({ job, workers }) =>
      `job ${named(job)} asks for ${workers} workers, expected a whole number from 2 to 299`,
    hint: () => 'choose 2 for small data; take a larger worker type before very many workers',
  }),
  'names/timeout': message<{ job: string; timeout: number }>({
    about: 'Glue ends a job after its timeout, given in whole minutes, less than seven days.',
    text: ({ job, timeout }) =>
      `job ${named(job)} has a timeout of ${timeout}, expected whole minutes from 1 to 10079`,
    hint: () => 'give a timeout of a few times the usual run',
  }),
  'names/file-size': message<{ job: string; bytes: number }>({
    about:
      'A target for the size of files is in bytes, from 1 MiB to 5 GiB: readers open many small files slowly, and S3 takes no larger one in a single request.',
    text: ({ job, bytes }) =>
      `job ${named(job)} aims at files of ${bytes} bytes, expected a whole number from 1048576 to 5368709120`,
    hint: () => 'Athena and Spark read files of 128 MiB well: `128 * 1024 * 1024`',
  }),
  'names/tag': message<{ job: string; tag: string; why: string }>({
    about:
      'AWS takes tags of up to 128 characters for the name and 256 for the value: letters, digits, spaces and `+ - = . _ : / @`. Names that begin with `aws:` are AWS’s, and those with `lakewright:` say who owns what.',
    text: ({ job, tag, why }) => `${named(tag)} is not a tag for job ${named(job)}: ${why}`,
    hint: () => "give tags as `{ team: 'lake' }`",
  }),
  'names/schedule': message<{ job: string; schedule: string; why: string }>({
    about:
      'Glue schedules are cron expressions of six fields in UTC: minutes, hours, day of month, month, day of week, year. One of the two day fields must be `?`, and a schedule may not fire more often than every five minutes.',
    text: ({ job, schedule, why }) =>
      `${named(schedule)} is not a schedule for job ${named(job)}: ${why}`,
    hint: () => 'every day at 03:00 UTC is `cron(0 3 * * ? *)`',
  }),
};
