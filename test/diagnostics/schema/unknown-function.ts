import { call, filter, job, library, sink, source } from '../../check/plain.ts';

const rows = filter(source('landing.calendar'), call('isWeekend', 'day'));

export default library([job('output', rows, sink('curated', 'output'))]);
