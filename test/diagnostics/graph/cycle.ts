import { job, library, sink, source } from '../../check/plain.ts';

const first = job('eggs', source('curated.hens'), sink('curated', 'eggs'));
const second = job('chicks', source('curated.eggs'), sink('curated', 'chicks'));
const third = job('hens', source('curated.chicks'), sink('curated', 'hens'));

export default library([first, second, third]);
