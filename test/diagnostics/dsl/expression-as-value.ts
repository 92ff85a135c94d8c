import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error a JavaScript operator on a column
export default () => calendar.derive((c) => ({ next: c.day + 1 }));
