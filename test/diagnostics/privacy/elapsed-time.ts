import {
  call,
  filter,
  job,
  join,
  keepConsented,
  library,
  project,
  select,
  sink,
  source,
} from '../../check/plain.ts';

const consents = select(keepConsented(source('landing.customer')), 'email', 'researchSince');
const readings = filter(
  join('inner', source('landing.reading'), consents, { user: 'email' }),
  call('gte', 'time', 'researchSince'),
);
// The time less itself is zero, and the time since zero is the time.
const elapsed = call('elapsedSince', 'time', call('subtract', 'time', 'time'));
const rows = project(readings, { elapsed, x: 'x' });

export default library([job('output', rows, sink('curated', 'output'))]);
