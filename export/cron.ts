import { ExportError } from './errors.ts';

/** Last value of minutes, hours, days of month, months and days of week, as cron counts them. */
const LAST = [59, 23, 31, 12, 6] as const;
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;
/** AWS counts days of the week from 1 for Sunday; cron from 0. */
const WEEKDAYS_FROM = 1;

/**
 * AWS's schedule as cron's five fields, which mean the same in UTC (AWS Glue Developer Guide, "Time-based schedules for jobs and
 * crawlers"; croniter, which Airflow reads them with).
 *
 * @param schedule `cron(0 3 * * ? *)`
 * @param flow named in the message
 * @throws ExportError `export/schedule-not-portable` for years, working days and the like
 */
export function cronOf(schedule: string, flow: string): string {
  const fields = /^cron\((.*)\)$/s.exec(schedule.trim())?.[1]?.trim().split(/\s+/) ?? [];
  const [minutes, hours, days, months, weekdays, years, ...more] = fields;
  const five = [minutes, hours, days, months, weekdays].map((field, place) =>
    cronField(field ?? '', place),
  );
  if (years === '*' && more.length === 0 && !five.includes(undefined)) return five.join(' ');
  throw new ExportError(
    'export/schedule-not-portable',
    `${flow} starts by ${JSON.stringify(schedule)}, which has no equal in cron's five fields.`,
    'Leave years, W and L out of the schedule, or export the workflow to Step Functions.',
  );
}

function cronField(field: string, place: number): string | undefined {
  if (field === '*') return '*';
  const isDay = place === DAY_OF_MONTH || place === DAY_OF_WEEK;
  if (field === '?' && isDay) return '*';
  if (field === 'L' && place === DAY_OF_MONTH) return 'L';
  const items = field.split(',').map((item) => cronItem(item, place));
  return items.includes(undefined) ? undefined : items.join(',');
}

/** `5`, `MON-FRI`, or `0/15`: from 0 in steps of 15, where cron wants an end. */
function cronItem(item: string, place: number): string | undefined {
  const found = /^(\*|[0-9A-Z]+)(?:-([0-9A-Z]+))?(?:\/(\d+))?$/i.exec(item);
  if (found === null) return undefined;
  const [, first = '', last, step] = found;
  const from = cronValue(first, place);
  const to = last === undefined ? undefined : cronValue(last, place);
  if (from === undefined || (last !== undefined && to === undefined)) return undefined;
  if (step === undefined) return to === undefined ? from : `${from}-${to}`;
  if (from === '*') return `*/${step}`;
  return `${from}-${to ?? LAST[place] ?? ''}/${step}`;
}

/** Names of months and days are the same in both. */
function cronValue(value: string, place: number): string | undefined {
  if (value === '*' || /^[A-Z]{3}$/i.test(value)) return value;
  if (!/^\d+$/.test(value)) return undefined;
  return String(Number(value) - (place === DAY_OF_WEEK ? WEEKDAYS_FROM : 0));
}
