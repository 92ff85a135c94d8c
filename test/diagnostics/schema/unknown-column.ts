import { call, filter, job, library, sink, source } from '../../check/plain.ts';

const rows = filter(source('landing.calendar'), call('isNotNull', 'holliday'));

export default library([job('output', rows, sink('curated', 'output'))]);
