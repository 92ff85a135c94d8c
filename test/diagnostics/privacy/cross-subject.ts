import {
  job,
  join,
  keepConsented,
  library,
  project,
  select,
  sink,
  source,
} from '../../check/plain.ts';

const people = select(keepConsented(source('landing.customer')), 'email', 'birthday');
const others = project(people, { other: 'email', birthday: 'birthday' }, 'rename');
const rows = join('inner', people, others, { birthday: 'birthday' });

export default library([job('output', rows, sink('trusted', 'output'))]);
