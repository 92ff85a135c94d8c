import { DeployError } from './errors.ts';
import { isJsonObject, type Json } from './json.ts';

/** Values of the `${name}` parameters that generated JSON may hold. */
export interface Parameters {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /** Bucket of the lake: scripts, landing data and zones. */
  readonly bucket: string;
  /** What follows the library's name in all names: nothing, or an underscore and the environment's name. */
  readonly suffix: string;
  /** Key prefix of everything the deployer uploads, without slashes at the ends: `lakewright/<library>`. */
  readonly prefix: string;
  /** `s3://` URIs of the support modules, with commas between, as `--extra-py-files` takes them. */
  readonly support: string;
  /** What the name of the library's security configuration ends in; only where it has one. */
  readonly security?: string;
  /** `s3://` URI of the job's own script; only inside files of a job. */
  readonly script?: string;
}

// `$${` is a literal `${` (Terraform's rule). A `${` without its `}` is caught by the last alternative.
const PARAMETER = /\$\$\{|\$\{([^}]*)\}|\$\{/g;

/**
 * Replaces `${name}` in every string *value* of parsed JSON; keys are left alone, and a value put in is
 * never read again for parameters.
 *
 * @param file named in the message
 * @throws DeployError `deploy/unknown-parameter`
 * @example
 * substitute({ Role: 'arn:aws:iam::${account}:role/x' }, parameters, 'jobs/a.json');
 */
export function substitute(value: Json, parameters: Parameters, file: string, at = ''): Json {
  if (typeof value === 'string') return substituteText(value, parameters, `${file}${at}`);
  if (Array.isArray(value)) {
    return value.map((item, index) => substitute(item, parameters, file, `${at}/${index}`));
  }
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, item]): [string, Json] => [
    key,
    substitute(item, parameters, file, `${at}/${key}`),
  ]);
  return Object.fromEntries(members);
}

function substituteText(text: string, parameters: Parameters, place: string): string {
  const known = new Map<string, string>(Object.entries(parameters));
  return text.replace(PARAMETER, (found, name: string | undefined) => {
    if (found === '$${') return '${';
    const value = name === undefined ? undefined : known.get(name);
    if (value !== undefined) return value;
    throw new DeployError(
      'deploy/unknown-parameter',
      `${place} uses the parameter ${JSON.stringify(found)}, which is not known there.`,
      `Known are ${[...known.keys()].join(', ')}; write $\${ for a literal \${, then generate again.`,
    );
  });
}
