import { job, library, sink, source } from '../../check/plain.ts';

const rows = source('landing.calendar');

export default library([job('days', rows, sink('curated', 'days'), { timeout: 20_000 })]);
