import { job, library, sink, source } from '../../check/plain.ts';

export default library([
  job('output', source('landing.calendar'), sink('curated', 'output'), {
    tags: { 'lakewright:library': 'other', team: 'lake' },
  }),
]);
