import { job, library, project, sink, source } from '../../check/plain.ts';

const rows = project(source('landing.calendar'), { 'day "of" year': 'day' }, 'rename');

export default library([job('days', rows, sink('curated', 'days'))]);
