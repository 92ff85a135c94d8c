import { column, job, library, sink, source, table, zone } from '../../check/plain.ts';

const calendar = table('calendar', { day: column('string') });
const zones = [
  zone('landing'),
  zone('restricted', { holds: 'identified' }),
  zone('curated', { purposes: ['research'] }),
];
const odd = job('odd_days', source('landing.calendar'), sink('restricted', 'day'));
const again = job('days_again', source('restricted.day'), sink('curated', 'day'));

export default library([odd, again], { zones, tables: [calendar] });
