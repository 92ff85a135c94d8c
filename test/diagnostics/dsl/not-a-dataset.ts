import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error no table
export default () => calendar.union(landing);
