import { job, join, keepConsented, library, select, sink, source } from '../../check/plain.ts';

const consents = select(keepConsented(source('landing.customer')), 'email', 'researchSince');
const rows = join('inner', source('landing.reading'), consents, { user: 'email' });

export default library([job('output', rows, sink('trusted', 'output'))]);
