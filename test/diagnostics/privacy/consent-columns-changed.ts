import {
  call,
  job,
  keepConsented,
  library,
  literal,
  project,
  sink,
  source,
} from '../../check/plain.ts';

const generous = call('coalesce', 'researchSince', literal('long', '0'));
const everybody = project(
  source('landing.customer'),
  { email: 'email', updated: 'updated', researchSince: generous },
  'derive',
);
const rows = keepConsented(everybody);

export default library([job('output', rows, sink('trusted', 'output'))]);
