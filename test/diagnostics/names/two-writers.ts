import { job, library, sink, source } from '../../check/plain.ts';

const first = job('days', source('landing.calendar'), sink('curated', 'days'));
const second = job('more_days', source('landing.calendar'), sink('curated', 'days'));

export default library([first, second]);
