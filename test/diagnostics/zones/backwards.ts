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
const participant = call('pseudonym', 'email', literal('string', 'research'));
const pseudonyms = project(people, { participant }, 'pseudonymize');

export default library([
  job('participants', pseudonyms, sink('curated', 'participants')),
  job('revealed', source('curated.participants'), sink('trusted', 'revealed')),
]);
