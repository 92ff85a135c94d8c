import { call, job, join, library, project, sink, source } from '../../check/plain.ts';

const days = project(source('landing.calendar'), { date: 'day' });
const where = call('eq', 'day', 'date');
const rows = join('semi', source('landing.calendar'), days, {}, { where });

export default library([job('output', rows, sink('curated', 'output'))]);
