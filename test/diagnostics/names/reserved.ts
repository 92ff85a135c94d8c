import { job, library, sink, source } from '../../check/plain.ts';

const rows = source('landing.calendar');

export default library([job('calendar', rows, sink('curated', 'calendar'))]);
