import { job, library, sink, source, zone } from '../../check/plain.ts';

const rows = source('landing.calendar');

export default library([job('days', rows, sink('curated', 'days'))], { zones: [zone('landing')] });
