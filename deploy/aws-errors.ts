import type { DeployCode } from '../diagnostics/index.ts';
import { DeployError } from './errors.ts';

/** Where a call went, for the message. */
export interface Target {
  readonly endpoint?: string | undefined;
  readonly bucket: string;
}

const UNREACHABLE = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'CERT_HAS_EXPIRED',
  'EPROTO',
];

/** What the SDK says of an answer that is neither JSON nor XML. */
const UNREADABLE = 'Deserialization error';

/** A connection that broke while an answer was awaited. */
const LOST = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT'];

const THROTTLED = [
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
];

const EXISTS = [
  'AlreadyExistsException',
  'BucketAlreadyOwnedByYou',
  'EntityAlreadyExists',
  'EntityAlreadyExistsException',
  'IdempotentParameterMismatchException',
];

type Explanation = readonly [code: DeployCode, message: string, hint: string];
type Explain = (said: string, target: Target) => Explanation;

/** By the name of AWS's error. */
const EXPLANATIONS: Readonly<Record<string, Explain>> = {
  ...forNames(['TimeoutError', 'NetworkingError'], unreachable),
  ...forNames(['CredentialsProviderError'], (said) => [
    'deploy/credentials-missing',
    `No AWS credentials were found (${said}).`,
    'Log in, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  ]),
  ...forNames(
    [
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidClientTokenId',
      'UnrecognizedClientException',
      'SignatureDoesNotMatch',
      'InvalidAccessKeyId',
    ],
    (said) => [
      'deploy/credentials-refused',
      `AWS refused the credentials: ${said}`,
      'Log in again, or check AWS_PROFILE and the clock of this machine.',
    ],
  ),
  ...forNames(['AccessDenied', 'AccessDeniedException', 'Forbidden'], (said) => [
    'deploy/access-denied',
    `AWS refused the call: ${said}`,
    permissionHint(said),
  ]),
  ...forNames(EXISTS, (said) => [
    'deploy/changed-meanwhile',
    `It was made by somebody else while this deployment ran: ${said}`,
    'Look at who deploys at the same time.',
  ]),
  ...forNames(['ConcurrentModificationException', 'ConcurrentModification'], (said) => [
    'deploy/changed-meanwhile',
    `It was changed by somebody else while this deployment ran: ${said}`,
    'Look at who deploys at the same time.',
  ]),
  ...forNames(THROTTLED, (said) => [
    'deploy/throttled',
    `AWS asks to slow down: ${said}`,
    'Wait a minute.',
  ]),
  ...forNames(['NoSuchBucket'], (_, { bucket }) => bucketMissing(bucket)),
  ...forNames(['PermanentRedirect'], (_, { bucket }) => [
    'deploy/bucket-elsewhere',
    `The bucket ${bucket} is in another region.`,
    'Set AWS_REGION to the region of the bucket.',
  ]),
};

function permissionHint(said: string): string {
  if (/lake ?formation/i.test(said)) {
    return 'Make the deploying principal a data lake administrator, or deploy with --no-lake-formation.';
  }
  // S3 names the kind of policy that denies; scripts are denied to all but the tagged.
  if (/explicit deny in a resource-based policy/i.test(said)) {
    return 'Tag the deploying principal lakewright:<library>=deployer: the bucket takes scripts from nobody else.';
  }
  return 'Give the deploying principal this permission, or deploy with another one.';
}

/** An answer to a HEAD request has no body, so its error has no name. */
const BY_STATUS: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  403: 'AccessDenied',
  429: 'Throttling',
  503: 'SlowDown',
};

/**
 * Whether a refused call may have been made by an earlier try whose answer got lost: it was tried before, or what it was to make
 * is there.
 */
export function mayBeDone(error: unknown): boolean {
  if (!(error instanceof Error) || isPassing(error)) return false;
  return EXISTS.includes(error.name) || metadataOf(error).attempts > 1;
}

/** Whether the same call may work a little later: throttled, a fault of AWS's, or no answer. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { status } = metadataOf(error);
  return (
    status >= 500 ||
    THROTTLED.includes(error.name) ||
    status === 429 ||
    error.name === 'TimeoutError' ||
    LOST.includes(describe(error).code)
  );
}

/** Why a call failed, in words; a {@link DeployError} passes unchanged. */
export function explained(error: unknown, target: Target): DeployError {
  if (error instanceof DeployError) return error;
  const { name, code, said } = describe(error);
  const { status } = error instanceof Error ? metadataOf(error) : { status: 0 };
  if (said.includes(UNREADABLE)) return new DeployError(...notAws(target), { cause: error });
  const explain = UNREACHABLE.includes(code)
    ? unreachable
    : (EXPLANATIONS[name] ?? EXPLANATIONS[BY_STATUS[status] ?? '']);
  const [slug, message, hint] = explain?.(said, target) ?? [
    'deploy/call-failed' as const,
    `AWS answered ${name}: ${said}`,
    'Mend what AWS complains about.',
  ];
  return new DeployError(slug, message, hint, { cause: error });
}

/** An error of a call to AWS in words; every other error as it is. */
export function explainedCall(error: unknown, target: Target): unknown {
  const isOfCall =
    error instanceof Error &&
    ('$metadata' in error ||
      UNREACHABLE.includes(describe(error).code) ||
      error.name in EXPLANATIONS);
  return isOfCall ? explained(error, target) : error;
}

/** The bucket is not there and may not be made. */
export function bucketMissing(bucket: string): Explanation {
  return [
    'deploy/bucket-missing',
    `There is no bucket ${bucket}.`,
    'Create it first, with the encryption and policies it should have, or name another one.',
  ];
}

function notAws({ endpoint }: Target): Explanation {
  return [
    'deploy/endpoint-invalid',
    `${endpoint ?? 'AWS'} does not answer as AWS does.`,
    'Check the address; a proxy or another server may be there.',
  ];
}

function unreachable(said: string, { endpoint }: Target): Explanation {
  return [
    'deploy/endpoint-unreachable',
    `${endpoint ?? 'AWS'} cannot be reached: ${said}`,
    endpoint === undefined
      ? 'Check the network and AWS_REGION.'
      : 'Check that the endpoint runs and its address is right.',
  ];
}

function metadataOf(error: Error): { readonly status: number; readonly attempts: number } {
  const found = '$metadata' in error ? error.$metadata : undefined;
  if (typeof found !== 'object' || found === null) return { status: 0, attempts: 1 };
  return {
    status: 'httpStatusCode' in found ? Number(found.httpStatusCode) : 0,
    attempts: 'attempts' in found ? Number(found.attempts) : 1,
  };
}

function describe(error: unknown): { name: string; code: string; said: string } {
  if (!(error instanceof Error)) return { name: 'an error', code: '', said: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const inner = error instanceof AggregateError ? describe(error.errors[0]).said : '';
  return { name: error.name, code, said: error.message || inner || code || error.name };
}

function forNames(names: readonly string[], explain: Explain): Record<string, Explain> {
  return Object.fromEntries(names.map((name) => [name, explain]));
}
