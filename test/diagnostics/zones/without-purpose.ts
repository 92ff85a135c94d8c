import { library, zone } from '../../check/plain.ts';

const zones = [zone('landing'), zone('curated')];

export default library([], { zones });
