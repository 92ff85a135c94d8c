import {
  declassify,
  job,
  keepConsented,
  library,
  select,
  sink,
  source,
} from '../../check/plain.ts';

const birthday = { of: 'column', column: 'birthday', was: ['sensitive'], is: [] } as const;
const rows = select(declassify(keepConsented(source('landing.customer')), birthday), 'birthday');

export default library([job('output', rows, sink('curated', 'output'))]);
