import { job, library, sink, source } from '../../check/plain.ts';

export default library([job('days', source('landing.calendar'), sink('landing', 'days'))]);
