import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from './spark/settings.ts';

const KEY_BYTES = 32;

/**
 * The key of the pseudonyms of local runs, in a file that only its owner reads; made at the first call, so
 * that a person has the same pseudonym in every local run of one clone, and in no other lake.
 *
 * @returns 64 hexadecimal digits
 */
export async function localPseudonymKey(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  const key = randomBytes(KEY_BYTES).toString('hex');
  // `wx`: of two runs at the same time, one makes the key and both read it.
  await writeFile(file, key, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return (await readFile(file, 'utf8')).trim();
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
