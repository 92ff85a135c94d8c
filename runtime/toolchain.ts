import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Versions of AWS Glue that lakewright targets: 5.1 is Spark 3.5.6, 6.0 is Spark 4.1.1 in ANSI mode. */
export type GlueVersion = '5.1' | '6.0';

/** All of {@link GlueVersion}, oldest first. */
export const GLUE_VERSIONS: readonly GlueVersion[] = ['5.1', '6.0'];

/** Where things are that `bootstrap.mjs` made ready for one version of Glue. Absolute paths. */
export interface Toolchain {
  readonly glue: GlueVersion;
  /** Python interpreter of the venv with pyspark, moto, boto3 and ruff. */
  readonly python: string;
  /** Folder of the jars that let Spark speak to S3 and know Avro and Iceberg. */
  readonly jars: string;
}

const SPARK_LINE: { readonly [G in GlueVersion]: string } = { '5.1': '3.5', '6.0': '4.1' };
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folder of all working state, `.lakewright/` of the repository unless LAKEWRIGHT_STATE names another. */
export function stateFolder(): string {
  return process.env['LAKEWRIGHT_STATE'] ?? join(ROOT, '.lakewright');
}

/**
 * The tools for one version of Glue. Only names places; `node bootstrap.mjs` puts the things there.
 *
 * @throws Error when they are not there yet
 * @example
 * const { python } = toolchain('5.1'); // /repo/.lakewright/venv-spark-3.5/bin/python
 */
export function toolchain(glue: GlueVersion): Toolchain {
  const line = SPARK_LINE[glue];
  const bin = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = join(stateFolder(), `venv-spark-${line}`, ...bin);
  if (!existsSync(python)) {
    throw new Error(
      `Spark ${line} is not set up: ${python} is missing. Run npm start or npm test.`,
    );
  }
  return { glue, python, jars: join(stateFolder(), 'jars', `spark-${line}`) };
}

/** Whether the S3 jars of a toolchain are there: work on plain folders needs none. */
export function hasJars(tools: Toolchain): boolean {
  return existsSync(tools.jars) && readdirSync(tools.jars).some((name) => name.endsWith('.jar'));
}
