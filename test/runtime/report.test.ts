import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { JobOutcome, JobReport } from '../../runtime/job-outcome.ts';
import { countText, renderReport, secondsText } from '../../runtime/report.ts';

const outcome = (job: string, seconds: number, report: Partial<JobReport>): JobOutcome => ({
  job,
  state: 'succeeded',
  seconds,
  reason: '',
  report: { job, run_id: 'jr_0', spark: '3.5.6', seconds, inputs: {}, steps: [], ...report },
});

const OUTCOMES: readonly JobOutcome[] = [
  outcome('stedi_customer_trusted', 4.21, {
    consent_as_of: '2026-01-02T03:04:05.678+00:00',
    inputs: {
      landing_customer: {
        rows: 1003,
        quarantined: { 'email is missing': 1, 'not one JSON object': 2 },
        unreadable: { birthDay: 3 },
      },
    },
    steps: [
      { name: 'keep the newest version of each email', of: 'landing_customer', rows: 956 },
      {
        name: 'keep consented for research',
        of: 'keep the newest version of each email',
        rows: 482,
      },
    ],
    output: { table: 'trusted_customer', rows: 482, location: '/out/trusted/customer' },
  }),
  outcome('stedi_step_trainer_trusted', 65.8, {
    inputs: {
      landing_step_trainer: { rows: 28680, quarantined: {}, unreadable: {} },
      trusted_customer: { rows: 482, quarantined: {}, unreadable: {} },
    },
    steps: [
      { name: 'pair each reading with all of its device', of: 'landing_step_trainer', rows: 28700 },
    ],
    output: { table: 'trusted_step_trainer', rows: 28700, location: '/out/trusted/step_trainer' },
  }),
  {
    job: 'stedi_customer_curated',
    state: 'failed',
    seconds: 3,
    reason: 'stedi_customer_curated failed while writing curated_customer: DIVIDE_BY_ZERO',
  },
  { job: 'stedi_next', state: 'not run', seconds: 0, reason: 'stedi_customer_curated failed' },
];

const PLAIN = `\
stedi_customer_trusted                                        succeeded  4.2 s
  reads   landing.customer                           1,003
          set aside: not one JSON object                 2
          set aside: email is missing                    1
          read as null: birthDay                         3
          keep the newest version of each              956   44 dropped
          email
          keep consented for research                  482   474 dropped
  writes  trusted.customer                             482

stedi_step_trainer_trusted                               succeeded  1 min 06 s
  reads   landing.step_trainer                      28,680
  reads   trusted.customer                             482
          pair each reading with all of its         28,700   20 more
          device
  writes  trusted.step_trainer                      28,700

stedi_customer_curated                                           failed  3.0 s
  stedi_customer_curated failed while writing curated_customer: DIVIDE_BY_ZERO

stedi_next                                                             not run
  stedi_customer_curated failed

What was kept, consent as of 2026-01-02 03:04:05 UTC
  landing.customer              1,003  100.0 %
    trusted.customer              482   48.1 %
  landing.step_trainer         28,680  100.0 %
    trusted.step_trainer       28,700

Where the outputs lie
  trusted.customer      /out/trusted/customer
  trusted.step_trainer  /out/trusted/step_trainer

2 of 4 jobs succeeded, 1 failed, 1 not run, 1 min 13 s in all.
`;

describe('the run report', () => {
  it('says what became of the rows of each job, in one column', () => {
    expect(renderReport(OUTCOMES, { colour: false, width: 78 })).to.equal(PLAIN);
  });
  it('differs in colour alone on a terminal', () => {
    const coloured = renderReport(OUTCOMES, { colour: true, width: 78 });
    expect(coloured).to.contain('\u001b[32msucceeded\u001b[0m');
    expect(stripVTControlCharacters(coloured)).to.equal(PLAIN);
  });
  it('says how many rows are otherwise than expected', () => {
    const expected = { of: 'trusted_one', rows: 9 };
    const report = outcome('one', 1, {
      expectations: [
        { name: 'x is there', on_unmet: 'warn', unmet: 2, ...expected },
        { name: 'x > 0', on_unmet: 'drop', unmet: 1, ...expected },
        { name: 'unique by k', on_unmet: 'fail', unmet: 0, ...expected },
      ],
    });
    const lines = renderReport([report], { colour: false, width: 60 }).split('\n');
    expect(lines.slice(1, 4)).to.deep.equal([
      '  against x is there             2   kept',
      '          x > 0                  1   dropped',
      '          unique by k            0',
    ]);
  });
  it('has something to say of no jobs', () => {
    expect(renderReport([], { colour: false })).to.equal('0 of 0 jobs succeeded, 0.0 s in all.\n');
  });
  it('writes counts and times as people do', () => {
    expect([0, 999, 81273].map(countText)).to.deep.equal(['0', '999', '81,273']);
    const seconds = [0.04, 9.94, 12.3, 59.4, 61, 3599];
    expect(seconds.map(secondsText)).to.deep.equal([
      '0.0 s',
      '9.9 s',
      '12 s',
      '59 s',
      '1 min 01 s',
      '59 min 59 s',
    ]);
  });
});
