/**
 * Parameters that the deployer puts into JSON string values, so that generated files name no account, region or bucket:
 * `${bucket}` and so on, a literal `${` being written `$${`.
 */
function parameter(name: string): string {
  return `\${${name}}`;
}

/** What an environment adds to the library's name in all names: nothing, or `_dev`. The deployer knows which. */
export const suffix = parameter('suffix');
/** Twelve digits. */
export const account = parameter('account');
export const region = parameter('region');
/** Bucket of the lake: scripts, landing data and zones. */
export const bucket = parameter('bucket');
/** What the name of the library's security configuration ends in: digits of a hash of what it says, wherever it is deployed. */
export const security = parameter('security');
/** `s3://` URI of the job's own script. */
export const script = parameter('script');
/** `s3://` URIs of the support modules, with commas between. */
export const support = parameter('support');
