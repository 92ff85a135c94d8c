import { job, join, keepConsented, library, select, sink, source } from '../../check/plain.ts';

const consents = select(keepConsented(source('landing.customer')), 'email', 'serial');
// A left join keeps authors who never consented.
const rows = join('left', source('landing.review'), consents, { author: 'email' });

export default library([job('output', rows, sink('trusted', 'output'))]);
