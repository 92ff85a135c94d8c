const { writeFileSync } = require('node:fs');
const { relative } = require('node:path');
const { format } = require('node:util');
const { reporters, Runner } = require('mocha');

const { Base } = reporters;
const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;

/**
 * A line for each test file, once it is through; and what the run came to, with the failures in words, as JSON in the file
 * that LAKEWRIGHT_TEST_RESULT names. That is written anew for each file, so that a process that dies tells how far it came.
 */
module.exports = class FileReporter extends Base {
  constructor(runner, options) {
    super(runner, options);
    this.start(undefined);
    for (const event of [EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING]) {
      runner.on(event, (test) => {
        // A hook that fails is told like a test, and knows its file by its suite.
        const file = test.file ?? test.parent?.file;
        if (file !== this.file) this.finish();
        if (file !== this.file) this.start(file);
        this.counts[event] += 1;
      });
    }
    runner.once(EVENT_RUN_END, () => this.finish());
  }

  start(file) {
    this.file = file;
    this.counts = { [EVENT_TEST_PASS]: 0, [EVENT_TEST_FAIL]: 0, [EVENT_TEST_PENDING]: 0 };
    this.since ??= Date.now();
    this.save();
  }

  save() {
    const { passes, failures, pending } = this.stats;
    const words = failures > 0 ? inWords(this.failures) : '';
    const file = relative('', this.file ?? '');
    const result = { passed: passes, failed: failures, skipped: pending, words, file };
    writeFileSync(process.env.LAKEWRIGHT_TEST_RESULT, JSON.stringify(result));
  }

  finish() {
    this.save();
    if (this.file === undefined) return;
    const seconds = ((Date.now() - this.since) / 1000).toFixed(1).padStart(6);
    const { [EVENT_TEST_PASS]: passed, [EVENT_TEST_FAIL]: failed } = this.counts;
    const told = failed > 0 ? `FAILED ${failed} of ${passed + failed}` : `ok     ${passed}`;
    // One write, since another process may be writing lines too.
    process.stdout.write(`${told.padEnd(18)} ${seconds} s  ${relative('', this.file)}\n`);
    this.since = Date.now();
  }
};

/** Mocha's own list of failures, as text. */
function inWords(failures) {
  const { consoleLog } = Base;
  const lines = [];
  Base.consoleLog = (...parts) => lines.push(format(...parts));
  try {
    Base.list(failures);
  } finally {
    Base.consoleLog = consoleLog;
  }
  return lines.join('\n');
}
