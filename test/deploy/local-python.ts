import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Endpoint, startEndpoint } from '../../runtime/endpoint/index.ts';

const VENV_PYTHON = fileURLToPath(
  new URL('../../.lakewright/venv-spark-3.5/bin/python', import.meta.url),
);

/** The interpreter of the local venv, or the one `LAKEWRIGHT_PYTHON` names. */
export function localPython(): string {
  const python = process.env['LAKEWRIGHT_PYTHON'] ?? VENV_PYTHON;
  if (!existsSync(python)) {
    throw new Error(`${python} is missing: run npm test, or set LAKEWRIGHT_PYTHON`);
  }
  return python;
}

/** A fresh endpoint for one test file; its log stays behind for whoever looks into a failure. */
export async function startTestEndpoint(name: string): Promise<Endpoint> {
  const log = join(tmpdir(), `lakewright-${name}-${process.pid}.log`);
  return await startEndpoint({ python: localPython(), log });
}

/** Empties the endpoint. */
export async function resetEndpoint(url: string): Promise<void> {
  const answer = await fetch(`${url}/moto-api/reset`, { method: 'POST' });
  if (!answer.ok) throw new Error(`The endpoint did not reset: ${answer.status}`);
}
