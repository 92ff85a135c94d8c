import {
  type CreateJobCommandInput,
  type CreateTriggerCommandInput,
  Glue,
  type JobUpdate,
  type TableInput,
} from '@aws-sdk/client-glue';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { atOnce } from '../../deploy/at-once.ts';
import { desiredState } from '../../deploy/desired-state.ts';
import { asObject, type JsonObject, omit } from '../../deploy/json.ts';
import { unlessAbsent } from '../../deploy/kinds/absent.ts';
import { addressOf } from '../../deploy/kinds/object.ts';
import { readGenerated } from '../../deploy/manifest.ts';
import type { Desired, Kind } from '../../deploy/resource.ts';

const AT_ONCE = 8;

/** Where the loop deploys to. */
export interface PlainTarget {
  readonly endpoint: string;
  readonly bucket: string;
  readonly account: string;
  readonly region: string;
}

/**
 * What people write first: a loop over the SDK, eight at a time, that gets each thing and creates what is not there. Scripts, roles'
 * policies and jobs are written over, since it cannot know whether they changed. It knows no plan, owner, lock, drift or retry beyond
 * the SDK's, and leaves out keys, policies of bucket and keys, Lake Formation and rulesets.
 *
 * @param directory a generated library
 */
export async function plainLoop(directory: string, target: PlainTarget): Promise<void> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const shared = { endpoint: target.endpoint, region: target.region, credentials };
  const clients = {
    glue: new Glue(shared),
    iam: new IAM(shared),
    s3: new S3({ ...shared, forcePathStyle: true }),
  };
  const desired = desiredState(await readGenerated(directory), target);
  const found = await unlessAbsent(clients.s3.headBucket({ Bucket: target.bucket }));
  if (found === undefined) await clients.s3.createBucket({ Bucket: target.bucket });
  for (const [kinds, put] of STEPS) {
    const some = desired.filter(({ kind }) => kinds.includes(kind));
    await atOnce(AT_ONCE, some, (one) => put(clients, one));
  }
}

interface Clients {
  readonly glue: Glue;
  readonly iam: IAM;
  readonly s3: S3;
}
type Put = (clients: Clients, desired: Desired) => Promise<void>;

const STEPS: readonly (readonly [kinds: readonly Kind[], put: Put])[] = [
  [['script', 'support'], putObject],
  [['role'], putRole],
  [['database'], putDatabase],
  [['table'], putTable],
  [['job'], putJob],
  [['workflow'], putWorkflow],
  [['trigger'], putTrigger],
];

async function putObject({ s3 }: Clients, { name, body = Buffer.of() }: Desired): Promise<void> {
  await s3.putObject({ ...addressOf(name), Body: body });
}

async function putRole({ iam }: Clients, { name, definition }: Desired): Promise<void> {
  const found = await unlessAbsent(iam.getRole({ RoleName: name }));
  if (found === undefined) {
    await iam.createRole({
      RoleName: name,
      Path: String(definition['Path']),
      AssumeRolePolicyDocument: JSON.stringify(definition['AssumeRolePolicyDocument']),
    });
  }
  for (const [policy, document] of Object.entries(asObject(definition['Policies']))) {
    const of = { RoleName: name, PolicyName: policy };
    await iam.putRolePolicy({ ...of, PolicyDocument: JSON.stringify(document) });
  }
}

async function putDatabase({ glue }: Clients, { name }: Desired): Promise<void> {
  const found = await unlessAbsent(glue.getDatabase({ Name: name }));
  if (found === undefined) await glue.createDatabase({ DatabaseInput: { Name: name } });
}

async function putTable({ glue }: Clients, { name, definition }: Desired): Promise<void> {
  const [DatabaseName = '', Name = ''] = name.split('.');
  const found = await unlessAbsent(glue.getTable({ DatabaseName, Name }));
  if (found !== undefined) return;
  await glue.createTable({ DatabaseName, TableInput: input<TableInput>(definition) });
}

async function putJob({ glue }: Clients, { name, definition }: Desired): Promise<void> {
  const found = await unlessAbsent(glue.getJob({ JobName: name }));
  if (found === undefined) await glue.createJob(input<CreateJobCommandInput>(definition));
  else {
    const update = input<JobUpdate>(omit(definition, ['Name']));
    await glue.updateJob({ JobName: name, JobUpdate: update });
  }
}

async function putWorkflow({ glue }: Clients, { name }: Desired): Promise<void> {
  const found = await unlessAbsent(glue.getWorkflow({ Name: name }));
  if (found === undefined) await glue.createWorkflow({ Name: name });
}

async function putTrigger({ glue }: Clients, { name, definition }: Desired): Promise<void> {
  const found = await unlessAbsent(glue.getTrigger({ Name: name }));
  if (found === undefined) await glue.createTrigger(input<CreateTriggerCommandInput>(definition));
}

/** Generated as this structure; Glue validates it. */
function input<T>(definition: JsonObject): T {
  return definition as unknown as T;
}
