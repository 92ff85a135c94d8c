/** What each mistake of a local run means, by code. The words of the message are where the facts are, in runtime/ and cli/. */
export const runtimeFailures = {
  'runtime/landing-missing':
    'The folder of landing data lacks a feed that the jobs read. All feeds are looked for before anything is started.',
  'runtime/landing-unreadable':
    'The files of a landing table are not what was declared: none of their rows can be read, a header lacks a column, or a quote is not closed.',
  'runtime/library-missing': 'The folder of generated files lacks a file that a run reads.',
  'runtime/manifest-invalid':
    'A generated file is not what `npm run generate` writes, so it was edited or cut off.',
  'runtime/connection-missing':
    'Jobs read a database, and no file says where it is and who reads there. In AWS a secret does.',
  'runtime/workflow-missing':
    'The endpoint holds no workflow of this library: nothing was deployed there, or it forgot all when it was stopped.',
  'runtime/bytes-differ':
    'A script in the bucket is not the one whose hash is in its key. Nothing is run that was not deployed.',
  'runtime/endpoint-did-not-start':
    'The local S3 and Glue endpoint ended, or did not answer in time. The message has the end of its log.',
  'runtime/spark-ended':
    'Spark did not start, or ended while a job ran: Java, Python or memory. The message has the end of its log.',
  'runtime/jobs-failed':
    'Jobs failed. Their tables are the last good ones, and the jobs behind them did not run. The report says which, and why.',
} as const;

/** Everything that can go wrong with a local run, by its stable name. */
export type RuntimeCode = keyof typeof runtimeFailures;
