import { job, keepConsented, library, select, sink, source } from '../../check/plain.ts';

const rows = select(keepConsented(source('landing.customer')), 'researchSince');

export default library([job('output', rows, sink('curated', 'output'))]);
