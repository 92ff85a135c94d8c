import { cast, job, library, project, sink, source } from '../../check/plain.ts';

const rows = project(
  source('landing.calendar'),
  { day: cast('holiday', { kind: 'timestamp' }) },
  'cast',
);

export default library([job('output', rows, sink('curated', 'output'))]);
