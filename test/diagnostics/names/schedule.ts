import { job, library, sink, source } from '../../check/plain.ts';

const rows = source('landing.calendar');
const schedule = 'cron(0 3 * * *)';

export default library([job('days', rows, sink('curated', 'days'), { schedule })]);
