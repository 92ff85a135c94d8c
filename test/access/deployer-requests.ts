import { isJsonObject, type Json, type JsonObject } from '../../deploy/json.ts';
import type { RecordedCall } from '../deploy/recording-proxy.ts';
import type { Request } from './iam.ts';

const REGION = 'us-east-1';
const ACCOUNT = '123456789012';

/** What IAM is asked for one call of the deployer: all of it must be allowed. */
export type Asked = Omit<Request, 'principal'>;

/**
 * The actions and resources of a call, after the Service Authorization Reference; nothing for a call that needs no permission.
 * @param roleArn the ARN of a role by its name
 * @param library whose tag is on what exists already
 */
export function askedOf(
  call: RecordedCall,
  roleArn: (name: string) => string,
  library: string,
): readonly Asked[] {
  const [service = '', operation = '', path = ''] = call.name.split(' ');
  if (operation === 'GetCallerIdentity') return [];
  if (service === 'S3') return [ofS3(operation, path, call)];
  if (service === 'LakeFormation') return [asked(`lakeformation:${operation}`, ['*'])];
  if (service === 'Tagging') return [asked(`tag:${operation}`, ['*'])];
  if (service === 'Events') return [ofEvents(operation, parsed(call.body), library)];
  if (service === 'Kms') return ofKms(operation, parsed(call.body), library);
  if (service === 'Query') return [ofIam(operation, new URLSearchParams(call.body), roleArn)];
  return ofGlue(operation, parsed(call.body), library);
}

function asked(
  action: string,
  resources: readonly string[],
  context: Record<string, string> = {},
): Asked {
  return { action, resources, context };
}

function ofS3(method: string, path: string, { query }: RecordedCall): Asked {
  const [, bucket = '', ...key] = path.split('/');
  const arn = `arn:aws:s3:::${bucket}`;
  const rest = key.join('/');
  if (rest !== '') {
    const verbs: Record<string, string> = { PUT: 'Put', DELETE: 'Delete' };
    return asked(`s3:${verbs[method] ?? 'Get'}Object`, [`${arn}/${rest}`]);
  }
  if (/(^|&)policy/.test(query)) {
    return asked(method === 'GET' ? 's3:GetBucketPolicy' : 's3:PutBucketPolicy', [arn]);
  }
  if (/(^|&)lifecycle/.test(query)) {
    const verb = method === 'GET' ? 'Get' : 'Put';
    return asked(`s3:${verb}LifecycleConfiguration`, [arn]);
  }
  return asked(method === 'PUT' ? 's3:CreateBucket' : 's3:ListBucket', [arn]);
}

function ofIam(operation: string, form: URLSearchParams, roleArn: (name: string) => string): Asked {
  if (operation === 'GetAccountAuthorizationDetails') return asked(`iam:${operation}`, ['*']);
  const name = form.get('RoleName') ?? '';
  const made = `arn:aws:iam::${ACCOUNT}:role${form.get('Path') ?? '/'}${name}`;
  return asked(`iam:${operation}`, [operation === 'CreateRole' ? made : roleArn(name)]);
}

function ofEvents(operation: string, body: JsonObject, library: string): Asked {
  const { Name: name = body['Rule'], ResourceARN: arn } = body;
  const rule = typeof arn === 'string' ? arn : `arn:aws:events:${REGION}:${ACCOUNT}:rule/${name}`;
  const exists = !/^(Describe|List)/.test(operation);
  const tags = exists ? { 'aws:ResourceTag/lakewright:library': library } : {};
  return asked(`events:${operation}`, [operation === 'ListRules' ? '*' : rule], tags);
}

function ofKms(operation: string, body: JsonObject, library: string): readonly Asked[] {
  const prefix = `arn:aws:kms:${REGION}:${ACCOUNT}:`;
  if (operation === 'CreateKey') {
    const context = Object.fromEntries(
      listed(body['Tags']).map((tag) => [`aws:RequestTag/${tag['TagKey']}`, `${tag['TagValue']}`]),
    );
    return [asked('kms:CreateKey', ['*'], context), asked('kms:TagResource', ['*'], context)];
  }
  const tags = { 'aws:ResourceTag/lakewright:library': library };
  const id = String(body['TargetKeyId'] ?? body['KeyId'] ?? '');
  const key = asked(`kms:${operation}`, [`${prefix}key/${id}`], tags);
  if (operation !== 'CreateAlias') return [key];
  return [key, asked('kms:CreateAlias', [`${prefix}${body['AliasName']}`])];
}

function ofGlue(operation: string, body: JsonObject, library: string): readonly Asked[] {
  const prefix = `arn:aws:glue:${REGION}:${ACCOUNT}:`;
  const exists = !/^(Create|Get|List|BatchGet)/.test(operation);
  const tags = exists ? { 'aws:ResourceTag/lakewright:library': library } : {};
  const resources = glueResources(operation, body).map((one) =>
    one === '*' || one.startsWith('arn:') ? one : `${prefix}${one}`,
  );
  const role = asObject(body['JobUpdate'])['Role'] ?? body['Role'];
  const passed = { 'iam:PassedToService': 'glue.amazonaws.com' };
  return [
    asked(`glue:${operation}`, resources, tags),
    ...(typeof role === 'string' ? [asked('iam:PassRole', [role], passed)] : []),
  ];
}

/** Of an ARN the last part. */
function glueResources(operation: string, body: JsonObject): readonly string[] {
  const { Name: name = body['JobName'], ResourceArn: arn, DatabaseName: database } = body;
  if (typeof arn === 'string') return [arn];
  // Runs are asked of what they are runs of.
  const kind = operation.replaceAll(/^(Create|Delete|Get|Update)|Runs$/g, '');
  if (kind === 'Database') {
    const own = name ?? asObject(body['DatabaseInput'])['Name'];
    return ['catalog', `database/${own}`];
  }
  if (kind === 'Table' || kind === 'Tables') {
    const own = name ?? asObject(body['TableInput'])['Name'] ?? '*';
    return ['catalog', `database/${database}`, `table/${database}/${own}`];
  }
  if (kind === 'Connection') {
    const own = name ?? body['ConnectionName'] ?? asObject(body['ConnectionInput'])['Name'];
    return ['catalog', `connection/${own}`];
  }
  const path = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  return [typeof name === 'string' ? `${path}/${name}` : '*'];
}

function parsed(text: string): JsonObject {
  const body: Json = JSON.parse(text || '{}');
  return asObject(body);
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listed(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
