import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// A whole number would be rounded on the way.
export default () => calendar.filter((c) => c.day.gt(1.5));
