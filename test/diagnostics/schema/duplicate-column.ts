import { calendar, column, job, join, library, sink, source, table } from '../../check/plain.ts';

const weather = table('weather', { date: column('long'), holiday: column('string') });
const rows = join('inner', source('landing.calendar'), source('landing.weather'), { day: 'date' });

export default library([job('output', rows, sink('curated', 'output'))], {
  tables: [calendar, weather],
});
