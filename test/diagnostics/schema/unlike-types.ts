import { call, filter, job, library, literal, sink, source } from '../../check/plain.ts';

const rows = filter(source('landing.calendar'), call('gt', 'day', literal('string', '2026-01-01')));

export default library([job('output', rows, sink('curated', 'output'))]);
