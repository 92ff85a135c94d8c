import { job, type Library, library, long, string, subject, unique, zone } from '#lakewright';
import { check } from '../../check/index.ts';
import { generate, noWords } from '../../codegen/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';

/**
 * The generated files of a library with so many jobs, each with a table of its own: the first half reads what lands, the other half
 * what the first wrote.
 *
 * @param changed how many of the jobs, from the last on, have another timeout
 */
export function wideLibrary(jobs: number, changed = 0): ReadonlyMap<string, string> {
  const written = libraryOf(authored(jobs, changed));
  if (written === undefined) throw new Error('what was written is no library');
  const { checked, diagnostics } = check(written);
  if (checked === undefined) throw new Error(JSON.stringify(diagnostics));
  return generate(checked, noWords);
}

function authored(jobs: number, changed: number): Library {
  const customer = subject('customer');
  const landing = zone('landing');
  const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });
  const customers = landing.table('customer', {
    about: 'email',
    consent: { research: { grantedAt: 'shareAsOfDate', version: 'lastUpdateDate' } },
    columns: {
      email: string().identifier().subject(customer),
      lastUpdateDate: long(),
      shareAsOfDate: long().nullable(),
    },
  });
  const settings = (at: number) => ({
    expectations: [unique('email')],
    workers: 2,
    timeout: at >= jobs - changed ? 20 : 15,
  });
  const first = Array.from({ length: Math.ceil(jobs / 2) }, (_, at) =>
    job(nameOf(at), {
      rows: customers.keepConsented('research'),
      sink: trusted.sink(nameOf(at)),
      ...settings(at),
    }),
  );
  const second = first.slice(0, Math.floor(jobs / 2)).map(({ table }, at) =>
    job(nameOf(first.length + at), {
      rows: table.filter((row) => row.lastUpdateDate.isNotNull()),
      sink: trusted.sink(nameOf(first.length + at)),
      ...settings(first.length + at),
    }),
  );
  return library('wide', { jobs: [...first, ...second] });
}

function nameOf(at: number): string {
  return `job_${String(at).padStart(4, '0')}`;
}
