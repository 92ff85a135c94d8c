import { job, library, sink, soleOwner, source } from '../../check/plain.ts';

const rows = soleOwner(source('landing.customer'), 'name');

export default library([job('output', rows, sink('trusted', 'output'))]);
