import { call, filter, job, keepConsented, library, sink, source } from '../../check/plain.ts';

const agreed = filter(source('landing.customer'), call('isNotNull', 'researchSince'));
const rows = keepConsented(agreed);

export default library([job('output', rows, sink('trusted', 'output'))]);
