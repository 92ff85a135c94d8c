import { aggregate, job, library, over, sink, source } from '../../check/plain.ts';

const byStars = aggregate(source('landing.review'), ['stars'], { reviews: over('count') });

export default library([job('output', byStars, sink('trusted', 'output'))]);
