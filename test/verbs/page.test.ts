import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { check } from '../../check/index.ts';
import { InternalError } from '../../diagnostics/index.ts';
import { libraryOf } from '../../dsl/library-of.ts';
import { interpretRelation } from '../../runtime/interpreter.ts';
import { caseKey } from './checked-case.ts';
import library from './page/library.ts';
import { jobName, methods, verbsPage } from './page/page.ts';
import { given, rowsBySpark } from './page/rows.ts';
import { comparable } from './row-comparison.ts';
import { sparkRows, sparkVersions } from './spark-rows.ts';

const path = 'docs/verbs.md';

/** A day on which what the page declassifies is allowed. */
const today = new Date('2026-11-01');
const sample = { tables: given, consentAsOf: 1000n, pseudonymKey: () => Buffer.from(caseKey) };

function checkedExamples() {
  const declared = libraryOf(library);
  if (!declared) throw new InternalError('the examples are no library');
  const { diagnostics, checked } = check(declared, today);
  expect(diagnostics.map(({ code, parameters }) => ({ code, parameters }))).to.deep.equal([]);
  if (!checked) throw new InternalError('the examples were not checked to the end');
  return checked;
}

describe('the page of verbs', () => {
  it('says what the docstrings say, and what the examples give', () => {
    const page = verbsPage(checkedExamples(), sample);
    if (process.env['UPDATE'] === '1') writeFileSync(path, page);
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').to.equal(page);
  });

  it('has no example of what is no method', () => {
    const shown = methods().map(({ name }) => jobName(name));
    const jobs = checkedExamples().jobs.map(({ job }) => job.name);
    expect(jobs.filter((name) => !shown.includes(name))).to.deep.equal([]);
  });

  for (const glue of sparkVersions()) {
    it(`gives the same rows on Glue ${glue}`, async () => {
      const checked = checkedExamples();
      const jobs = checked.jobs.map(({ job }) => job);
      const answers = await sparkRows(
        glue,
        jobs.map(({ rows }) => ({
          relation: rows,
          schema: (relation) => checked.frames.get(relation)?.schema ?? [],
          tables: given,
          consentAsOf: sample.consentAsOf,
        })),
      );
      for (const [index, job] of jobs.entries()) {
        const answer = answers[index];
        if (!answer || answer instanceof Error) throw answer ?? new TypeError('no answer');
        const wanted = rowsBySpark.get(job.name) ?? interpretRelation(checked, job.rows, sample);
        expect(comparable(answer.rows), job.name).to.deep.equal(comparable(wanted));
      }
    });
  }
});
