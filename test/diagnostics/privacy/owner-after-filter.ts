import { call, filter, job, library, sink, soleOwner, source } from '../../check/plain.ts';

const named = filter(source('landing.customer'), call('isNotNull', 'name'));
const rows = soleOwner(named);

export default library([job('output', rows, sink('trusted', 'output'))]);
