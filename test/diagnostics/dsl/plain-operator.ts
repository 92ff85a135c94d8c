import { boolean, job, library, long, zone } from '#lakewright';
import type { Library } from '../../../algebra/library.ts';
import { readAuthorSource } from '../../../codegen/source.ts';
import { DiagnosticError } from '../../../diagnostics/index.ts';
import { libraryOf } from '../../../dsl/library-of.ts';

const landing = zone('landing');
const curated = zone('curated', { purpose: 'research' });
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// TypeScript lets this pass: the first condition is dropped.
const rows = calendar.filter((c) => c.day.gt(0) && c.holiday);

const clinic = library('clinic', { jobs: [job('days', { rows, sink: curated.sink('days') })] });

export default () => {
  // What `generate` does with the text of the file once the library is read.
  const { diagnostics } = readAuthorSource(libraryOf(clinic) as Library);
  throw new DiagnosticError(diagnostics);
};
