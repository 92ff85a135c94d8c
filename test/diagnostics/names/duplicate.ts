import { job, library, sink, source } from '../../check/plain.ts';

const first = job('days', source('landing.calendar'), sink('curated', 'days'));
const second = job('days', source('landing.calendar'), sink('curated', 'holidays'));

export default library([first, second]);
