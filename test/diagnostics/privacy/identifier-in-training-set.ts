import {
  call,
  job,
  keepConsented,
  library,
  project,
  select,
  sink,
  source,
} from '../../check/plain.ts';

const people = keepConsented(source('landing.customer'));
const trustedPeople = job('people', people, sink('trusted', 'people'));

const handles = project(source('trusted.people'), { handle: call('lower', 'email') }, 'derive');
const rows = select(handles, 'handle');

export default library([trustedPeople, job('training', rows, sink('curated', 'training'))]);
