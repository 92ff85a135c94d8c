import { message } from '../message.ts';
import { named } from '../wording.ts';

/** Running jobs on this machine. */
export const runtimeMessages = {
  'runtime/no-java': message<{ found: string }>({
    about: 'Spark runs on Java 17 or 21. Java 24 and later break Spark 3.5.6 and 4.1.1.',
    text: ({ found }) => `no usable Java: ${found}, expected a JDK 17 or 21`,
    hint: () => 'install a JDK 17 (`apt-get install openjdk-17-jre-headless`) and set JAVA_HOME',
  }),
  'runtime/no-python': message<{ found: string }>({
    about: 'The generated scripts are PySpark, and the local endpoint is Python too.',
    text: ({ found }) => `no usable Python: ${found}, expected Python 3.11 or newer`,
    hint: () => 'install Python 3.11 with its venv module',
  }),
  'runtime/missing-input': message<{ table: string; path: string }>({
    about:
      'A job has no data to read. An empty input is not success with no rows: it is mostly a wrong path.',
    text: ({ table, path }) => `there is no data for ${named(table)} in ${named(path)}`,
    hint: () => 'give the folder with `--data`; each table is in `<table>/landing/*.json`',
  }),
  'runtime/unreachable-endpoint': message<{ endpoint: string; reason: string }>({
    about: 'The S3 and Glue endpoint did not answer.',
    text: ({ endpoint, reason }) => `${named(endpoint)} does not answer: ${reason}`,
    hint: () => 'check the address, and that the endpoint is running',
  }),
  'runtime/spark-start': message<{ reason: string; log: string }>({
    about: 'The local Spark session did not start.',
    text: ({ reason }) => `Spark did not start: ${reason}`,
    hint: ({ log }) => `the log is ${named(log)}`,
  }),
  'runtime/job-failed': message<{ job: string; reason: string; log: string }>({
    about:
      'A job ended with an error. Its output is the last good one; jobs that wait for it did not run. Messages are kept free of data.',
    text: ({ job, reason }) => `job ${named(job)} failed: ${reason}`,
    hint: ({ log }) => `the log is ${named(log)}`,
  }),
  'runtime/output-taken': message<{ path: string }>({
    about: 'The output folder holds something that lakewright did not write.',
    text: ({ path }) => `${named(path)} holds other files, so nothing is written there`,
    hint: () => 'give an empty folder with `--out`',
  }),
};
