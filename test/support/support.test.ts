import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type SparkSession, startSpark } from '../../runtime/spark/session.ts';
import { toolchain } from '../../runtime/toolchain.ts';
import { gluesUnderTest } from '../runtime/warm-spark.ts';
import { sparkVersions } from '../verbs/spark-rows.ts';

const SUPPORT = fileURLToPath(new URL('../../codegen/support', import.meta.url));
const KEY = Buffer.from('canary-0c7e-key-of-32-bytes-long');

const PROMISES: Readonly<Record<string, string>> = {
  'counts exactly the rows of inputs, steps and output': 'counts_equal_rows',
  'counts what the optimizer leaves out, without waiting for it': 'counts_survive_the_optimizer',
  'sets malformed lines aside with their reason, and only those': 'malformed_lines_are_quarantined',
  'keeps a line without the optional value that cannot be read':
    'lines_stay_without_what_cannot_be_read',
  'reads no time of a number or a clock time without a day': 'times_are_those_of_a_day',
  'refuses an input that is missing, empty or blank': 'missing_input_is_an_error',
  'refuses a table of other types': 'tables_are_read_by_their_types',
  'leaves the last good table when a run fails': 'a_failed_run_leaves_the_last_good_table',
  'mends a swap that was killed half-way': 'a_killed_swap_is_mended',
  'keeps rows out of errors': 'errors_hold_no_data',
  'makes pseudonyms that equal HMAC-SHA-256, of a key that no plan shows': 'pseudonyms_are_hmac',
  'takes consent at an instant with an offset, none that is to come': 'consent_is_pinned',
  'keeps a deployed job to its own tables, keys and lists': 'a_deployed_job_stays_at_its_places',
};

const PROOFS: Readonly<Record<string, string>> = {
  'reads consent strictly': 'consent_is_read_strictly',
  'publishes nobody who does not consent': 'strangers_are_not_published',
  'publishes no event from before consent': 'events_before_consent_are_not_published',
  'asks for consent anew before it publishes': 'consent_is_asked_anew',
  'publishes nothing joined by a device of two people': 'owners_are_counted_again',
  'publishes no group of too few people': 'small_groups_are_not_published',
  'reads nothing under a permit that is over': 'permits_end',
  'publishes nothing whose rows it cannot account for': 'rows_are_accounted_for',
};

const EXPECTATIONS: Readonly<Record<string, string>> = {
  'counts rows that are not as expected': 'rows_are_counted_by_expectation',
  'counts them where the optimizer leaves the rows out': 'what_the_optimizer_leaves_out_is_counted',
  'publishes nothing where a requirement is not met, and tells no value':
    'a_requirement_that_is_not_met_publishes_nothing',
};

const LAYOUTS: Readonly<Record<string, string>> = {
  'writes folders that tell columns, and reads them by their types':
    'folders_tell_columns_of_their_types',
  'gives an empty table its columns': 'an_empty_table_has_its_columns',
  'publishes no value that is no name of a folder': 'what_is_no_name_of_a_folder_stops_the_run',
  'brings files near their size': 'files_come_near_their_size',
  'brings files of Iceberg near their size too': 'files_of_iceberg_come_near_their_size',
  'keeps what a killed run left out of the table': 'what_a_killed_run_left_is_no_part_of_the_table',
  'tells the catalog where folders are': 'the_catalog_is_told_of_folders',
};

for (const glue of gluesUnderTest()) {
  describe(`the support module on Glue ${glue}`, () => {
    const work = mkdtempSync(join(tmpdir(), 'lakewright-support-'));
    const events = join(work, 'events');
    const log = join(work, 'spark.log');
    let spark: SparkSession;

    before(async () => {
      mkdirSync(events);
      spark = await startSpark({
        tools: toolchain(glue),
        log,
        warehouse: join(work, 'warehouse'),
        settings: {
          'spark.eventLog.enabled': 'true',
          'spark.eventLog.compress': 'false',
          'spark.eventLog.dir': `file:${events}`,
        },
      });
    });
    after(async () => {
      await spark.stop();
      rmSync(work, { recursive: true, force: true });
    });

    for (const [script, checks] of Object.entries({
      'checks.py': PROMISES,
      'proof_checks.py': PROOFS,
      'expectation_checks.py': EXPECTATIONS,
      'layout_checks.py': sparkVersions().includes(glue) ? LAYOUTS : {},
    })) {
      for (const [promise, check] of Object.entries(checks)) {
        it(promise, async function () {
          this.timeout(300_000);
          const path = [SUPPORT, import.meta.dirname];
          const args = [check, join(work, check)];
          const outcome = await spark.run(join(import.meta.dirname, script), args, path);
          expect(outcome.error, outcome.log).to.equal(null);
        });
      }
    }

    it('leaves no key, pad or row in the log and the event log', async () => {
      await spark.stop();
      const written = filesBelow(events).map((file) => readFileSync(file));
      const text = Buffer.concat([...written, readFileSync(log)]);
      expect(text.includes('SparkListenerSQLExecutionStart'), 'there is an event log').to.equal(
        true,
      );
      for (const form of [KEY, pad(0x36), pad(0x5c)]) {
        expect(text.includes(form)).to.equal(false);
        expect(text.includes(form.toString('hex'))).to.equal(false);
        expect(text.includes(form.toString('base64'))).to.equal(false);
      }
      expect(readFileSync(log).includes('canary-0c7e-value'), 'a row in the log').to.equal(false);
    });
  });
}

/** The beginning of a pad: the key's bytes, each xor a constant. */
function pad(constant: number): Buffer {
  return Buffer.from(KEY.map((byte) => byte ^ constant));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
