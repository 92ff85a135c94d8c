import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, startEndpoint } from '../../runtime/endpoint/index.ts';
import { type SparkSession, startSpark } from '../../runtime/spark/session.ts';
import { GLUE_VERSIONS, type GlueVersion, toolchain } from '../../runtime/toolchain.ts';

/** Versions of Glue to test on: those of `--glue`, or all. */
export function gluesUnderTest(): readonly GlueVersion[] {
  const chosen = process.env['LAKEWRIGHT_GLUE']?.split(',') ?? GLUE_VERSIONS;
  return GLUE_VERSIONS.filter((glue) => chosen.includes(glue));
}

/** A session that all test files share, and the endpoint that its `s3://` paths go to. */
export interface WarmSpark {
  readonly spark: SparkSession;
  readonly endpoint: Endpoint;
  /** File that Spark and the scripts log to. */
  readonly log: string;
}

const warm = new Map<GlueVersion, Promise<WarmSpark>>();
const work = mkdtempSync(join(tmpdir(), 'lakewright-spark-'));

/** The session of one version of Glue; started by the first test that asks, ended after all tests. */
export function warmSpark(glue: GlueVersion): Promise<WarmSpark> {
  const started = warm.get(glue) ?? start(glue);
  warm.set(glue, started);
  return started;
}

async function start(glue: GlueVersion): Promise<WarmSpark> {
  const tools = toolchain(glue);
  const log = join(work, `spark-${glue}.log`);
  const endpoint = await startEndpoint({
    python: tools.python,
    log: join(work, `endpoint-${glue}.log`),
  });
  const spark = await startSpark({
    tools,
    log,
    warehouse: join(work, `spark-${glue}`),
    s3Endpoint: endpoint.url,
  });
  return { spark, endpoint, log };
}

after(async () => {
  for (const started of warm.values()) {
    const { spark, endpoint } = await started;
    await spark.stop();
    await endpoint.stop();
  }
  rmSync(work, { recursive: true, force: true });
});
