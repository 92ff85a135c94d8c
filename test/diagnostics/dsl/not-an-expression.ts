import { boolean, long, zone } from '#lakewright';

const landing = zone('landing');
const calendar = landing.table('calendar', { columns: { day: long(), holiday: boolean() } });

// @ts-expect-error null is no value
export default () => calendar.derive(() => ({ none: null }));
