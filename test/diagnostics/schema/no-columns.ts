import { job, library, select, sink, source } from '../../check/plain.ts';

const rows = select(source('landing.calendar'));

export default library([job('output', rows, sink('curated', 'output'))]);
