import { calendar, column, job, library, sink, source, table } from '../../check/plain.ts';

const claimed = table(
  'days',
  { day: column('string'), weekday: column('int') },
  { zone: 'curated' },
);
const writes = job('days', source('landing.calendar'), sink('curated', 'days'));

export default library([writes], { tables: [calendar, claimed] });
