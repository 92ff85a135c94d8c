import { job, keepConsented, library, sink, source } from '../../check/plain.ts';

const rows = keepConsented(source('landing.customer'));

export default library([
  job('output', rows, sink('trusted', 'output'), { partitionedBy: ['birthday'] }),
]);
