import { column, library, table } from '../../check/plain.ts';

const people = table(
  'people',
  { email: column('string', 'subject:device'), serial: column('string', 'alias:device') },
  { owner: { kind: 'subject', name: 'device', column: 'email' } },
);

export default library([], { tables: [people] });
