import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { filledCards, lastReportsIn, reportsByJob, writeCards } from '../../runtime/cards.ts';
import type { JobReport } from '../../runtime/job-outcome.ts';

const GENERATED = join(import.meta.dirname, '../../generated/stedi');

interface FunnelFile {
  readonly jobs: readonly {
    readonly job: string;
    readonly writes: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly steps: readonly { readonly name: string }[];
  }[];
}
const { jobs } = JSON.parse(readFileSync(join(GENERATED, 'funnel.json'), 'utf8')) as FunnelFile;

/** A run of every job: each input has 1,000 rows, each step keeps ten fewer than the one before. */
const RUN: readonly JobReport[] = jobs.map(({ job, writes, inputs, steps }, at) => ({
  job: `stedi_${job}`,
  run_id: `jr_${at}`,
  spark: '3.5.6',
  seconds: 1,
  inputs: Object.fromEntries(
    Object.keys(inputs).map((name) => [name, { rows: 1000, quarantined: {}, unreadable: {} }]),
  ),
  steps: steps.map(({ name }, step) => ({ name, of: null, rows: 990 - 10 * step })),
  output: { table: writes.replace('.', '_'), rows: 500 + at, location: '' },
  people: { email: 40 + at },
}));

describe('the cards of a run', () => {
  const work = mkdtempSync(join(tmpdir(), 'lakewright-cards-'));
  after(() => rmSync(work, { recursive: true, force: true }));
  const cardOf = async (reports: readonly JobReport[]) => {
    const cards = await filledCards(GENERATED, reportsByJob('stedi', reports));
    return cards.get('curated.machine_learning') ?? '';
  };

  it('are those that were generated, but for the counts', async () => {
    const generated = readFileSync(join(GENERATED, 'cards/curated.machine_learning.md'), 'utf8');
    expect(await cardOf([])).to.equal(generated);
    const [before, after] = ['## From landing to here', '## Who may see it'];
    const filled = await cardOf(RUN);
    expect(filled.split(before)[0]).to.equal(generated.split(before)[0]);
    expect(filled.split(after)[1]).to.equal(generated.split(after)[1]);
  });

  it('lead from lines and people to the training set', async () => {
    const [, short = ''] = (await cardOf(RUN)).split(
      '| table | lines or rows | people |\n|---|--:|---|\n',
    );
    expect(short.split('\n\n')[0]?.split('\n')).to.deep.equal([
      '| `landing.customer` | 1,000 |  |',
      '| `trusted.customer` | 500 | 40 `email` |',
      '| `landing.accelerometer` | 1,000 |  |',
      '| `trusted.accelerometer` | 501 | 41 `email` |',
      '| `curated.customer` | 502 | 42 `email` |',
      '| `landing.step_trainer` | 1,000 |  |',
      '| `trusted.step_trainer` | 503 | 43 `email` |',
      '| `curated.machine_learning` | 504 | 44 `email` |',
    ]);
  });

  it('say of each step what it is for and how many it left out', async () => {
    const card = await cardOf(RUN);
    expect(card).to.contain('only people who consent to research | 990 | 10 |');
    expect(card).to.contain(
      "nothing from before consent. Readings from before the customer agreed are not research's to use. | 980 | 10 |",
    );
    expect(card).to.contain('one owner for each device | ');
    // Of another table's run the card of the training set has nothing to say.
    expect(card).not.to.contain('windowStartMs');
  });

  it('count lines that were set aside, and lines of erased people, apart', async () => {
    const odd = RUN.map((report) => {
      if (report.job !== 'stedi_customer_trusted') return report;
      const quarantined = { 'email is missing': 3, 'not one JSON object | <b>': 4 };
      const inputs = { landing_customer: { rows: 1000, quarantined, unreadable: {} } };
      return { ...report, inputs, suppressed: { landing_customer: 9 } };
    });
    const [, block = ''] = (await cardOf(odd)).split('### `trusted.customer`');
    expect(block.split('\n').slice(4, 9)).to.deep.equal([
      '| `landing.customer` |  | 1,009 |  |',
      '| about people who were erased |  |  | 9 |',
      '| set aside: not one JSON object &#124; &#60;b&#62; |  |  | 4 |',
      '| set aside: email is missing |  |  | 3 |',
      '| keep the newest version of each email that consents to research | only people who consent to research | 990 | 3 |',
    ]);
  });

  it('have no counts of a job that did not write its table', async () => {
    const failed = RUN.map((report) =>
      report.job === 'stedi_step_trainer_trusted' ? { ...report, failed: 'it failed' } : report,
    );
    expect(await cardOf(failed)).to.contain('| `trusted.step_trainer` |  |  |');
  });

  it('are written beside the tables, of the last report that each job left', async () => {
    const [first] = RUN;
    if (first === undefined) throw new Error('no run');
    const folder = join(work, 'reports', first.job);
    mkdirSync(folder, { recursive: true });
    const rows = [7, 8, 9];
    for (const [at, count] of rows.entries()) {
      const path = join(folder, `jr_${9 - at}.json`);
      const output = { table: 'trusted_customer', rows: count, location: '' };
      const failed = at === 2 ? { failed: 'after the others' } : {};
      writeFileSync(path, JSON.stringify({ ...first, output, ...failed }));
      utimesSync(path, at + 1, at + 1);
    }
    const reports = await lastReportsIn(work, 'stedi');
    expect(reports.get('customer_trusted')?.output?.rows).to.equal(8);
    const cards = await writeCards(GENERATED, work, reports);
    expect(cards).to.equal(join(work, 'cards'));
    const card = readFileSync(join(work, 'cards/curated.machine_learning.md'), 'utf8');
    expect(card).to.contain('| `trusted.customer` | 8 | 40 `email` |');
  });

  it('are refused where cards and steps were not generated together', async () => {
    const other = join(work, 'generated');
    cpSync(GENERATED, other, { recursive: true });
    const funnel = readFileSync(join(other, 'funnel.json'), 'utf8');
    writeFileSync(join(other, 'funnel.json'), funnel.replaceAll('keep distinct rows', 'keep all'));
    const error = await filledCards(other, new Map()).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('code', 'runtime/manifest-invalid');
  });
});
