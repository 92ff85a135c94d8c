import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error no condition on columns
export default () => calendar.filter(() => true);
