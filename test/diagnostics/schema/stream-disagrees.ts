import { column, library, stream, table } from '../../check/plain.ts';

const reading = table(
  'reading',
  { user: column('string', 'subject:customer'), x: column('double', 'sensitive') },
  { owner: { kind: 'subject', name: 'customer', column: 'user' } },
);
const live = stream(
  'reading_live',
  { user: column('string', 'subject:customer'), x: column('double?'), y: column('double') },
  { owner: { kind: 'subject', name: 'customer', column: 'user' }, deliveredTo: 'landing.reading' },
);

export default library([], { tables: [reading], streams: [live] });
