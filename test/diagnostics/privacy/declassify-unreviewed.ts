import { aggregate, declassify, job, library, over, sink, source } from '../../check/plain.ts';

const taken = { of: 'rows', purposes: ['research'] } as const;
const counted = aggregate(source('landing.review'), ['stars'], { reviews: over('count') });
const rows = declassify(counted, taken, { reason: ' ' });

export default library([job('output', rows, sink('curated', 'output'))]);
