import type { TargetOptions } from '../deploy/index.ts';
import { UsageError, userPath } from './command.ts';
import { destination, destinationHelp, destinationOptions } from './destination.ts';
import { libraryFolder } from './library-folder.ts';

/** Options of the commands that compare a library with AWS: which library, and where. */
export const targetOptions = {
  ...destinationOptions,
  library: { type: 'string' },
  generated: { type: 'string' },
  endpoint: { type: 'string' },
  'no-lake-formation': { type: 'boolean', default: false },
} as const;

/** Their part of a command's help. */
export const targetHelp = `\
${destinationHelp}  --library NAME     library in the folder of generated files (default: the only one there)
  --generated DIR    folder of generated files (default: generated)
  --endpoint URL     another endpoint than AWS's, such as a local one
  --no-lake-formation
                     leave out Lake Formation's tags and grants, which only a data lake administrator can make
`;

/**
 * Dollars that were typed.
 * @throws UsageError for anything but a positive decimal number
 */
export function dollarsOf(typed: string | undefined): { readonly maxRunCost?: number } {
  if (typed === undefined) return {};
  if (/^\d+(\.\d+)?$/.test(typed)) return { maxRunCost: Number(typed) };
  throw new UsageError(`--max-run-cost is ${JSON.stringify(typed)}, not a number of US dollars`);
}

/** What was typed for {@link targetOptions}. */
export interface TargetValues {
  readonly bucket?: string | undefined;
  readonly env?: string | undefined;
  readonly environments?: string | undefined;
  readonly branch?: string | undefined;
  readonly library?: string | undefined;
  readonly generated?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly 'no-lake-formation': boolean;
}

/**
 * The library and the place that were typed.
 * @throws UsageError where neither bucket nor environment is told, or the library cannot be; DeployError for an unfit environment
 */
export async function target(values: TargetValues): Promise<TargetOptions> {
  const { endpoint } = values;
  return {
    ...(await destination(values)),
    directory: libraryFolder(userPath(values.generated, 'generated'), values.library),
    lakeFormation: !values['no-lake-formation'],
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
