import { join } from 'node:path';
import { GLUE_VERSIONS, type GlueVersion, stateFolder } from '../runtime/toolchain.ts';
import { parse, UsageError, userPath } from './command.ts';
import { DEFAULT_LIBRARY } from './load-library.ts';

/** What `start` prints for `--help`. */
export const startHelp = `Usage: npm start -- [options]

Generates the jobs of a library, deploys them to a local S3 and Glue endpoint, runs the workflow on local Spark and reports
what was kept and dropped. Nothing leaves this machine.

  --data DIR       landing data: <table>/landing/*.json for each landing table (default: synthetic data)
  --customers N    size of the synthetic data (default: 200); --size N is the same
  --local          plain folders instead of the endpoint
  --out DIR        where each table is left as Parquet: DIR/<zone>/<table>/ (default: .lakewright/output)
  --glue VERSION   ${GLUE_VERSIONS.join(' or ')}, which decides the version of Spark (default: ${GLUE_VERSIONS[0]})
  --file FILE      library (default: ${DEFAULT_LIBRARY})

Exits with 0 where all jobs succeeded, 1 where a job failed, 3 where the privacy gate refused a table.
`;

const options = {
  data: { type: 'string' },
  customers: { type: 'string' },
  size: { type: 'string' },
  local: { type: 'boolean', default: false },
  out: { type: 'string' },
  glue: { type: 'string', default: '5.1' },
  file: { type: 'string' },
} as const;

/** What to run, on what, and where. Paths are absolute. */
export interface StartOptions {
  readonly file: string;
  readonly glue: GlueVersion;
  /** Plain folders, without the endpoint. */
  readonly local: boolean;
  readonly out: string;
  /** The person's own landing data, or how many customers to make up. */
  readonly input: { readonly data: string } | { readonly customers: number };
  /** Folder of working state. */
  readonly state: string;
}

const DEFAULT_CUSTOMERS = 200;

/** @throws UsageError */
export function startOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args, options);
  const glue = GLUE_VERSIONS.find((version) => version === values.glue);
  if (!glue) throw new UsageError(`--glue is ${values.glue}; it is ${GLUE_VERSIONS.join(' or ')}`);
  const size = values.customers ?? values.size;
  if (values.data !== undefined && size !== undefined) {
    throw new UsageError('--data and --customers exclude each other');
  }
  const state = stateFolder();
  const input =
    values.data === undefined
      ? { customers: size === undefined ? DEFAULT_CUSTOMERS : wholeNumber('--customers', size) }
      : { data: userPath(values.data) };
  return {
    file: userPath(values.file, DEFAULT_LIBRARY),
    glue,
    local: values.local,
    out: values.out === undefined ? join(state, 'output') : userPath(values.out),
    input,
    state,
  };
}

/** A number from 1 to 9999999. @throws UsageError that names the option */
export function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new UsageError(`${option} is ${JSON.stringify(text)}; it is a number from 1 to 9999999`);
}
