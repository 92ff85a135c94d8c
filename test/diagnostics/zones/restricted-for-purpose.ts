import { library, zone } from '../../check/plain.ts';

const zones = [zone('landing'), zone('restricted', { purposes: ['research'] })];

export default library([], { zones });
