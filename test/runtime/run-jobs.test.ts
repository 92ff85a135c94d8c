import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3 } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { deploy } from '../../deploy/index.ts';
import { serveJobRuns } from '../../runtime/job-runner.ts';
import { localClients } from '../../runtime/local-clients.ts';
import { putLocalSecret } from '../../runtime/local-secret.ts';
import { AuthorProject, lakewright, type Ran, smallLibrary } from '../cli/author-project.ts';
import { gluesUnderTest, type WarmSpark, warmSpark } from './warm-spark.ts';

const BUCKET = 'small-lake';
const SCRIPT = 'jobs/customer_trusted.py';
const rows = "customerLanding.keepConsented('research')";
const short = "{ 'has a short address': c.email.length().lt(8) }";
const IN_2100 = 4_102_444_800_000;
/** The part of the condition that asks whether consent was given by now. */
const IS_OVER = /&\s*\(\s*F\.col\("sharedAt"\) <= consent_as_of\s*\)/;

// How a run ends does not depend on the version of Spark.
for (const glue of gluesUnderTest().slice(0, 1)) {
  describe(`run-jobs against local Spark, Glue ${glue}`, function () {
    this.timeout(300_000);
    const end = new AbortController();
    const work = mkdtempSync(join(tmpdir(), 'lakewright-run-jobs-'));
    let warm: WarmSpark;
    let project: AuthorProject;
    let serving: Promise<void>;
    let s3: S3;

    before(async () => {
      warm = await warmSpark(glue);
      const clients = await localClients(warm.endpoint.url);
      const { url } = warm.endpoint;
      s3 = clients.s3;
      project = await AuthorProject.make();
      await project.write(smallLibrary({ rows: `${rows}.expect((c) => (${short}))` }));
      const { code, err } = await project.generate();
      expect([code, err]).to.deep.equal([0, '']);
      await s3.createBucket({ Bucket: BUCKET });
      await putLocalSecret(url, 'lakewright/small/suppression-key', 'a key of a test');
      const runner = { ...clients, endpoint: url, spark: async () => warm.spark, work };
      serving = serveJobRuns(runner, { signal: end.signal });
    });
    after(async () => {
      end.abort();
      await serving;
      await project.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const directory = () => join(project.out, 'small');
    const deployed = async () =>
      await deploy({ directory: directory(), bucket: BUCKET, endpoint: warm.endpoint.url });
    const landed = async (...emails: readonly string[]) => {
      const people = emails.map((email) => ({ email, lastUpdateDate: 1, sharedAt: 1 }));
      const later = { email: 'l@b.org', lastUpdateDate: 1, sharedAt: IN_2100 };
      const lines = [...people, later].map((line) => JSON.stringify(line)).join('\n');
      await s3.putObject({ Bucket: BUCKET, Key: 'landing/customer/part.json', Body: lines });
    };
    const run = async (...args: readonly string[]): Promise<Ran> => {
      const where = ['--generated', project.out, '--endpoint', warm.endpoint.url];
      return await lakewright(['run', ...where, ...args]);
    };

    it('runs the deployed workflow on Spark, to the end', async () => {
      await landed('a@b.org');
      await deployed();
      const { code, out, err } = await run();
      expect(err).to.equal('');
      expect(code).to.equal(0);
      const rowsOf = (step: string) =>
        Number(new RegExp(`^ +${step}.* (\\d+)(?: {3}.*)?$`, 'm').exec(out)?.[1]);
      expect([rowsOf('reads +landing.customer'), rowsOf('keep')]).to.deep.equal([2, 1]);
      expect(rowsOf('writes +trusted.customer')).to.equal(1);
      expect(out).to.match(
        /^small_customer_trusted +succeeded +\d.* s +\d+\.\d{3} +\$\d+\.\d{3}$/m,
      );
    });

    it('tells the rows of a run that is over from its log, where the report is not to be had', async () => {
      const Prefix = 'lakewright/small/reports/';
      const { Contents: kept = [] } = await s3.listObjectsV2({ Bucket: BUCKET, Prefix });
      const [{ Key = '' } = {}] = kept;
      const id = /(jr_[^/.]+)\.json$/.exec(Key)?.[1] ?? '';
      await s3.deleteObject({ Bucket: BUCKET, Key });
      const { code, out, err } = await run('customer_trusted', '--follow', id, '--json');
      expect([code, err]).to.deep.equal([0, '']);
      const events = out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      const steps = events.filter(({ event }) => event === 'step');
      expect(steps.map(({ kind, rows }) => `${kind} ${rows}`)).to.include('write 1');
    });

    it('shows at which line of the library a job failed', async () => {
      await landed('a@b.org', 'somebody@example.org');
      const { code, err } = await run('customer_trusted');
      expect(code).to.equal(1);
      expect(err).to.match(
        /^error\[run\/job-failed\]: small_customer_trusted failed: ExpectationFailed: small_customer_trusted: not published: 1 of 2 rows/,
      );
      expect(err).to.match(/--> \S+index\.ts:\d+:\d+\n\d+ \| .*\.expect\(.*\n *\| +\^{6}\n/);
      expect(err).not.to.contain('@');
    });

    it('exits with 3 where a script that lost its rule is refused', async () => {
      await landed('a@b.org');
      editScript(directory(), (script) => script.replace(IS_OVER, ''));
      await deployed();
      const { code, err } = await run();
      expect(code).to.equal(3);
      expect(err).to.contain(
        'error[run/refused]: small_customer_trusted was refused: ProofFailed: ',
      );
      expect(err).to.match(/\n\d+ \| .*keepConsented\('research'\)/);
    });
  });
}

/** Edits a generated script, as somebody might who also corrects its hash. */
function editScript(directory: string, edit: (script: string) => string): void {
  const [path, manifest] = [join(directory, SCRIPT), join(directory, 'manifest.json')];
  const [before, listed] = [readFileSync(path, 'utf8'), readFileSync(manifest, 'utf8')];
  const after = edit(before);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  writeFileSync(path, after);
  writeFileSync(manifest, listed.replace(hash(before), hash(after)));
}
