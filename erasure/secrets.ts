import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { localPseudonymKey, localSecretFile } from '../runtime/local-secret.ts';

/** Where a library's keys are kept. */
export interface Secrets {
  /** Undefined where there is none yet. */
  read(id: string): Promise<string | undefined>;
  /** The secret of that id, made of random bytes where there is none. */
  readOrMake(id: string): Promise<string>;
}

/** Keys of local runs: a file for each in a folder. */
export function folderSecrets(folder: string): Secrets {
  return {
    async read(id) {
      const file = localSecretFile(folder, id);
      return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
    },
    readOrMake: (id) => localPseudonymKey(folder, id),
  };
}

/** Keys in AWS Secrets Manager. */
export function managedSecrets(manager: SecretsManager): Secrets {
  const read = async (id: string): Promise<string | undefined> => {
    try {
      const { SecretString, SecretBinary } = await manager.getSecretValue({ SecretId: id });
      return (SecretString ?? Buffer.from(SecretBinary ?? []).toString('utf8')).trim();
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
  return {
    read,
    async readOrMake(id) {
      const known = await read(id);
      if (known !== undefined) return known;
      const made = randomBytes(32).toString('hex');
      await manager.createSecret({ Name: id, SecretString: made });
      return made;
    },
  };
}
