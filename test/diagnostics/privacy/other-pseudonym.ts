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

const people = keepConsented(source('landing.customer'));
const handle = call('pseudonym', 'email', literal('string', 'marketing'));
const rows = project(people, { handle }, 'pseudonymize');

export default library([job('output', rows, sink('curated', 'output'))]);
