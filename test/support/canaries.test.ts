import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startEndpoint } from '../../runtime/endpoint/index.ts';
import { startSpark } from '../../runtime/spark/session.ts';
import { toolchain } from '../../runtime/toolchain.ts';
import { gluesUnderTest } from '../runtime/warm-spark.ts';

const SCRIPT = fileURLToPath(new URL('./canaries.py', import.meta.url));
const SUPPORT = fileURLToPath(new URL('../../codegen/support', import.meta.url));
/** 52 are there, in folders and once more in S3: 16 around a script as generated, 36 within one that somebody changed. */
const RUNS = Number(process.env['LAKEWRIGHT_CANARY_RUNS'] ?? '6');
const CANARIES = ['canary-0c7e', '918273645000', '918273.645', '918273645002'];
const GROUPS = { around: Math.ceil((RUNS * 16) / 52), within: Math.ceil((RUNS * 36) / 52) };

for (const glue of gluesUnderTest()) {
  describe(`runs that fail over canaries, on Glue ${glue}`, () => {
    for (const [group, runs] of Object.entries(GROUPS)) {
      it(`show none of them when something ${group} the script goes wrong`, async function () {
        this.timeout(1_800_000);
        const work = mkdtempSync(join(tmpdir(), 'lakewright-canaries-'));
        try {
          const { printed, log, events, requests } = await failingRuns(work, group, runs);
          for (const said of printed) expect(said).to.include(`failed as they should: ${runs}`);
          expect(found(printed.join('')), 'printed').to.deep.equal([]);
          expect(found(log), 'logged').to.deep.equal([]);
          expect(requests).to.match(/PUT \/canaries\/\S+\/landing\/part.json/);
          expect(found(requests), 'keys in S3, those deleted since too').to.deep.equal([]);
          expect(events).to.include('SparkListenerSQLExecutionStart');
          // Spark itself writes a failed task's message there, and no generated script makes one that quotes.
          if (group === 'around') expect(found(events), 'event log').to.deep.equal([]);
        } finally {
          rmSync(work, { recursive: true, force: true });
        }
      });
    }

    async function failingRuns(work: string, group: string, runs: number) {
      const tools = toolchain(glue);
      const [events, log] = [join(work, 'events'), join(work, 'spark.log')];
      const requests = join(work, 'requests.log');
      mkdirSync(events);
      const endpoint = await startEndpoint({ python: tools.python, log: requests });
      try {
        const spark = await startSpark({
          tools,
          log,
          warehouse: join(work, 'warehouse'),
          s3Endpoint: endpoint.url,
          settings: {
            'spark.eventLog.enabled': 'true',
            'spark.eventLog.compress': 'false',
            'spark.eventLog.dir': `file:${events}`,
          },
        });
        const printed: string[] = [];
        for (const place of [join(work, 'runs'), 's3://canaries/runs']) {
          const ran = await spark.run(SCRIPT, [group, place, String(runs)], [SUPPORT]);
          expect(ran.error, ran.log).to.equal(null);
          printed.push(ran.log);
        }
        await spark.stop();
        const written = filesBelow(events).map((file) => readFileSync(file, 'utf8'));
        const text = (file: string) => readFileSync(file, 'utf8');
        return { printed, log: text(log), events: written.join('\n'), requests: text(requests) };
      } finally {
        await endpoint.stop();
      }
    }
  });
}

function found(text: string): readonly string[] {
  return CANARIES.filter((canary) => text.includes(canary));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
