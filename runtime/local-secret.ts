import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RunError } from './errors.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './spark/settings.ts';

const KEY_BYTES = 32;

/** What generated libraries call their secrets: neither case nor dots, so each is a file name of its own on every system. */
const secretId = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/;

/**
 * The file that stands for a secret in local runs: `lakewright.stedi.pseudonym-key.research`.
 *
 * @param folder holds one file per secret
 * @param id the secret's id in Secrets Manager, `lakewright/stedi/pseudonym-key/research`
 * @throws RunError `runtime/manifest-invalid` for an id that no generated library has
 */
export function localSecretFile(folder: string, id: string): string {
  if (secretId.test(id)) return join(folder, id.replaceAll('/', '.'));
  const hint = 'Generate the library again: npm run generate.';
  throw new RunError('runtime/manifest-invalid', `${id} is not the id of a secret.`, hint);
}

/**
 * The key that local runs make pseudonyms with in a secret's place, in a file that only its owner reads; made
 * at the first call, so that a person has the same pseudonym in every local run of one clone, and in no other
 * lake nor for another purpose.
 *
 * @param folder holds one file per secret
 * @param id the secret's id in Secrets Manager
 * @returns 64 hexadecimal digits
 * @throws RunError `runtime/manifest-invalid` for an id that no generated library has
 */
export async function localPseudonymKey(folder: string, id: string): Promise<string> {
  const file = localSecretFile(folder, id);
  await mkdir(dirname(file), { recursive: true });
  const key = randomBytes(KEY_BYTES).toString('hex');
  // `wx`: of two runs at the same time, one makes the key and both read it.
  await writeFile(file, key, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}

/**
 * What stands for a secret in local runs: a key of pseudonyms, made where it is missing, or where a database is and who reads there,
 * which only its owner knows.
 *
 * @param folder holds one file per secret
 * @param id the secret's id in Secrets Manager
 * @throws RunError `runtime/connection-missing` where nobody said where the database is
 */
export async function localSecret(folder: string, id: string): Promise<string> {
  if (!/^lakewright\/[^/]+\/connection\//.test(id)) return await localPseudonymKey(folder, id);
  const file = localSecretFile(folder, id);
  return await readFile(file, 'utf8').catch((cause) => {
    throw new RunError(
      'runtime/connection-missing',
      `There is no ${file}, which says where a database is.`,
      'Write {"url": "jdbc:postgresql://host/database", "user": "...", "password": "..."} into it, for your eyes only.',
      { cause },
    );
  });
}

/**
 * Puts a secret into the embedded endpoint's Secrets Manager, whose SDK client nothing else needs: the
 * call of its JSON protocol is plain HTTP, and the endpoint checks no signature.
 *
 * @throws Error when the endpoint refuses
 */
export async function putLocalSecret(endpoint: string, id: string, value: string): Promise<void> {
  const created = await call(endpoint, 'CreateSecret', { Name: id, SecretString: value });
  if (created.ok) return;
  const put = await call(endpoint, 'PutSecretValue', { SecretId: id, SecretString: value });
  if (!put.ok) throw new Error(`The endpoint took no secret ${id}: ${await put.text()}`);
}

async function call(endpoint: string, action: string, body: object): Promise<Response> {
  const scope = `${LOCAL_CREDENTIALS.accessKeyId}/20200101/${LOCAL_REGION}/secretsmanager/aws4_request`;
  return await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `secretsmanager.${action}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({ ...body, ClientRequestToken: crypto.randomUUID() }),
  });
}
