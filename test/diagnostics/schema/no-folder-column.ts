import { job, library, sink, source } from '../../check/plain.ts';

const rows = source('landing.calendar');

export default library([
  job('output', rows, sink('curated', 'output'), { partitionedBy: ['holiday'] }),
]);
