import { aggregate, job, keepConsented, library, over, sink, source } from '../../check/plain.ts';

const rows = keepConsented(aggregate(source('landing.review'), ['stars'], { n: over('count') }));

export default library([job('output', rows, sink('trusted', 'output'))]);
