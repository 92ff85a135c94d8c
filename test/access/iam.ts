/**
 * What IAM decides, of the parts of its policy language that policies here use; a part that is not known is an error. After the
 * IAM user guide, "Policy evaluation logic" for requests within one account, and the KMS developer guide, "Determining access".
 */

/** A policy document, as JSON. */
export interface Policy {
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Who asks: the ARN of the user or role, with its own policies. */
export interface Principal {
  readonly arn: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policies: readonly Policy[];
}

export interface Request {
  readonly principal: Principal;
  readonly action: string;
  /** All of them must be allowed. */
  readonly resources: readonly string[];
  /** Condition keys that the service fills in. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The policy of the resource itself. A key's must allow; a bucket's may. */
export type ResourcePolicy =
  | { readonly kind: 'key'; readonly policy: Policy }
  | { readonly kind: 'bucket'; readonly policy: Policy };

/** Whether IAM lets a request pass. */
export function allowed(request: Request, resourcePolicy?: ResourcePolicy): boolean {
  return request.resources.every((resource) => allowedOn(request, resource, resourcePolicy));
}

function allowedOn(request: Request, resource: string, guard?: ResourcePolicy): boolean {
  const own = request.principal.policies.flatMap((policy) => policy.Statement);
  const fits = (statement: Statement): boolean => applies(statement, request, resource);
  const identity = own.filter(fits);
  const onResource = (guard?.policy.Statement ?? []).filter(fits);
  if ([...identity, ...onResource].some(({ Effect }) => Effect === 'Deny')) return false;
  const byIdentity = identity.length > 0;
  const direct = onResource.some((one) => names(one, request.principal.arn));
  const delegated = onResource.some((one) => names(one, rootOf(request.principal.arn)));
  if (guard?.kind === 'key') return direct || (delegated && byIdentity);
  return direct || byIdentity;
}

/** Whether a service may take a role: its trust policy alone says so. */
export function maySayItIs(
  trust: Policy,
  service: string,
  context: Readonly<Record<string, string>>,
): boolean {
  return trust.Statement.some(
    (one) =>
      one.Effect === 'Allow' &&
      list(one.Action).includes('sts:AssumeRole') &&
      typeof one.Principal === 'object' &&
      list(one.Principal['Service'] ?? []).includes(service) &&
      conditionsHold(one, context),
  );
}

function applies(statement: Statement, request: Request, resource: string): boolean {
  const { principal, action } = request;
  const context = {
    'aws:PrincipalArn': principal.arn,
    ...Object.fromEntries(
      Object.entries(principal.tags ?? {}).map(([key, tag]) => [`aws:PrincipalTag/${key}`, tag]),
    ),
    ...request.context,
  };
  const named = statement.Principal;
  const concerned =
    named === undefined ||
    names(statement, principal.arn) ||
    names(statement, rootOf(principal.arn));
  return (
    concerned &&
    list(statement.Action).some((pattern) =>
      glob(pattern.toLowerCase()).test(action.toLowerCase()),
    ) &&
    isOn(statement, resource) &&
    conditionsHold(statement, context)
  );
}

function isOn({ Resource: on, NotResource: except }: Statement, resource: string): boolean {
  const isOneOf = (patterns: string | readonly string[]) =>
    list(patterns).some((pattern) => glob(pattern).test(resource));
  return except === undefined ? isOneOf(on ?? []) : !isOneOf(except);
}

function names({ Principal: named }: Statement, arn: string): boolean {
  if (named === '*') return true;
  const ids = list(named?.['AWS'] ?? []);
  return ids.includes('*') || ids.includes(arn);
}

function rootOf(arn: string): string {
  return `arn:aws:iam::${arn.split(':')[4]}:root`;
}

type Context = Readonly<Record<string, string | readonly string[]>>;

function conditionsHold(statement: Statement, context: Context): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => holds(operator, context[key], list(wanted))),
  );
}

/** A negated operator holds where the key is missing, any other does not. */
function holds(
  operator: string,
  given: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean {
  if (operator === 'Null') return wanted.includes(String(given === undefined));
  const any = operator.startsWith('ForAnyValue:');
  const name = operator.replace('ForAnyValue:', '');
  const negated = name.includes('Not');
  const test = tests[name.replace('Not', '')];
  if (test === undefined) throw new Error(`the condition operator ${operator} is not known here`);
  if (given === undefined) return negated;
  const values = list(given);
  if (!any && values.length !== 1) throw new Error(`${operator} was given several values`);
  return values.some((value) => wanted.some((one) => test(one, value)) !== negated);
}

const tests: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  Bool: (wanted, given) => wanted === given,
  StringEquals: (wanted, given) => wanted === given,
  StringLike: (wanted, given) => glob(wanted).test(given),
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

/** "Each of the six colon-delimited components of the ARN is checked separately." */
function arnLike(wanted: string, given: string): boolean {
  const six = (arn: string): readonly string[] => {
    const parts = arn.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const parts = six(given);
  return six(wanted).every((pattern, at) => glob(pattern).test(parts[at] ?? ''));
}

const globs = new Map<string, RegExp>();

function glob(pattern: string): RegExp {
  const known = globs.get(pattern);
  if (known) return known;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 's');
  globs.set(pattern, made);
  return made;
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
