import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

export default () =>
  // @ts-expect-error a value of each row
  calendar.groupBy('holiday').aggregate((c) => ({ first: c.day }));
