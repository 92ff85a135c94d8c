import {
  call,
  job,
  keepConsented,
  library,
  literal,
  project,
  sink,
  source,
  zone,
} from '../../check/plain.ts';

const people = keepConsented(source('landing.customer'), ['research', 'marketing']);
const participant = call('pseudonym', 'email', literal('string', 'research'));
const shopper = call('pseudonym', 'email', literal('string', 'marketing'));
const named = project(people, { email: 'email', participant });
const rows = project(named, { participant: 'participant', shopper }, 'pseudonymize');

export default library([job('output', rows, sink('curated', 'output'))], {
  zones: [zone('landing'), zone('curated', { purposes: ['research', 'marketing'] })],
});
