import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { RESTRICTED } from '../../algebra/library.ts';
import { ROOT } from '../../cli/command.ts';
import { generateLibrary } from '../../cli/generate.ts';
import { readLibraryMap } from '../../erasure/index.ts';
import { writeSyntheticData } from '../../examples/stedi/synthetic/generate.ts';
import { runInFolders } from '../../runtime/folders.ts';
import { gluesUnderTest, warmSpark } from '../runtime/warm-spark.ts';
import { JANE, plant } from './canary.ts';

describe('withdrawing consent', function () {
  this.timeout(600_000);
  const work = mkdtempSync(join(tmpdir(), 'lakewright-withdrawal-'));
  after(() => rmSync(work, { recursive: true, force: true }));

  it('takes a person out of every derived table of a purpose at the next run', async () => {
    const { spark } = await warmSpark(gluesUnderTest()[0] ?? '5.1');
    const { folder } = await generateLibrary(join(ROOT, 'test', 'erasure', 'balance.ts'), work);
    const [data, out] = [join(work, 'data'), join(work, 'out')];
    await writeSyntheticData({ dir: data, customers: 20, seed: 3 });
    plant(data);
    const map = await readLibraryMap(folder, 'customer');
    // The restricted zone has rows of anybody, whatever they consent to.
    const derived = map.derived.filter(({ zone }) => zone !== RESTRICTED);
    const run = async () => {
      const pseudonymKeys = join(work, 'keys');
      const outcomes = await runInFolders({ generated: folder, data, out, spark, pseudonymKeys });
      expect(outcomes.map(({ reason }) => reason).join('')).to.equal('');
    };
    const counts = async () => {
      const rows = derived.map(async ({ zone, name }) => {
        const from = `parquet.\`${join(out, zone, name)}\``;
        const [row] = await spark.sql(`SELECT count(*) AS n FROM ${from}`);
        return [`${zone}.${name}`, Number(row?.['n'])] as const;
      });
      return new Map(await Promise.all(rows));
    };
    const named = async () => {
      const places = derived.filter(({ keys }) => keys.some((key) => /^(?:email|user)$/.test(key)));
      const found = places.map(async ({ zone, name, keys }) => {
        const key = keys.find((one) => /^(?:email|user)$/.test(one));
        const from = `parquet.\`${join(out, zone, name)}\``;
        return await spark.sql(`SELECT * FROM ${from} WHERE ${key} = '${JANE.email}'`);
      });
      return (await Promise.all(found)).map((rows) => rows.length);
    };
    await run();
    const [before, shown] = [await counts(), await named()];
    expect(shown.every((rows) => rows > 0)).to.equal(true);
    const withdrawn = { email: JANE.email, serialNumber: JANE.device, lastUpdateDate: 2e12 };
    writeFileSync(join(data, 'customer', 'landing', 'newer.json'), JSON.stringify(withdrawn));
    await run();
    expect((await named()).filter((rows) => rows > 0)).to.deep.equal([]);
    const after = await counts();
    // The tables that do not name her have fewer rows by hers.
    for (const [table, rows] of before) expect(after.get(table), table).to.be.lessThan(rows);
  });
});
