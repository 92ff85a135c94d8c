import { job, library, select, sink, source, union } from '../../check/plain.ts';

const rows = union(source('landing.calendar'), select(source('landing.calendar'), 'day'));

export default library([job('output', rows, sink('curated', 'output'))]);
