import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error the column is spelt wrong
export default () => calendar.filter((c) => c.holliday.not());
