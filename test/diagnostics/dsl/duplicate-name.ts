import { job, library, long, zone } from '#lakewright';

const landing = zone('landing');
const first = zone('curated', { purpose: 'research' });
const second = zone('curated', { purpose: 'marketing' });
const calendar = landing.table('calendar', { columns: { day: long() } });

export default () =>
  library('clinic', {
    jobs: [
      job('days', { rows: calendar, sink: first.sink('days') }),
      job('more_days', { rows: calendar, sink: second.sink('more_days') }),
    ],
  });
