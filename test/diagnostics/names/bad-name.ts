import { job, library, sink, source } from '../../check/plain.ts';

// The name would end a string and start a template.
const rows = source('landing.calendar');

export default library([job("days'\n{{name}}", rows, sink('curated', 'days'))]);
