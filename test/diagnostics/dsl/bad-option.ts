import { boolean, job, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error no sink
export default () => job('days', { rows: calendar, sink: 'curated.days' });
