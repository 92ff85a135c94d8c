import { call, filter, job, library, literal, sink, source } from '../../check/plain.ts';

const rows = filter(source('landing.calendar'), call('add', 'day', literal('long', '1')));

export default library([job('output', rows, sink('curated', 'output'))]);
