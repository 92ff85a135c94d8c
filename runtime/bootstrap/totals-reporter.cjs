const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

/** Mocha's dots, and the totals as JSON in the file that LAKEWRIGHT_TEST_TOTALS names. */
module.exports = class TotalsReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const totals = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(process.env.LAKEWRIGHT_TEST_TOTALS, JSON.stringify(totals));
    });
  }
};
