interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
  /** Wildcards other than `, - * /`. */
  readonly special: string;
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** AWS Glue Developer Guide, "Time-based schedules for jobs and crawlers". */
const fields: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59, special: '' },
  { name: 'hours', from: 0, to: 23, special: '' },
  { name: 'day of month', from: 1, to: 31, special: '?LW' },
  { name: 'month', from: 1, to: 12, words: months, special: '' },
  { name: 'day of week', from: 1, to: 7, words: weekdays, special: '?L' },
  { name: 'year', from: 1970, to: 2199, special: '' },
];

/** Why a text is not a schedule that Glue takes; undefined where it is one. */
export function scheduleProblem(text: string): string | undefined {
  const inner = /^cron\(([^()]*)\)$/.exec(text)?.[1];
  if (inner === undefined) return 'expected `cron(...)`';
  const parts = inner.trim().split(/\s+/);
  if (parts.length !== fields.length) return `it has ${parts.length} fields, expected 6`;
  for (const [index, field] of fields.entries()) {
    if (!isField(parts[index] ?? '', field)) {
      return `its ${field.name} field is \`${parts[index]}\`, expected ${field.from} to ${field.to} or a wildcard`;
    }
  }
  if ((parts[2] === '?') === (parts[4] === '?')) {
    return 'exactly one of day of month and day of week must be `?`';
  }
  if (firesTooOften(parts[0] ?? '')) return 'it fires more often than every five minutes';
  return undefined;
}

function isField(text: string, field: Field): boolean {
  if (text === '?') return field.special.includes('?');
  return text.split(',').every((part) => {
    if (field.special.includes('L') && /^(?:L|\d+L)$/.test(part)) return true;
    if (field.special.includes('W') && /^(?:LW|\d+W)$/.test(part)) return true;
    const [range = '', step, ...more] = part.split('/');
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
    if (range === '*') return true;
    const ends = range.split('-').map((end) => numberOf(end, field));
    const [from, to = from] = ends;
    if (ends.length > 2 || from === undefined || to === undefined) return false;
    return field.from <= from && from <= to && to <= field.to;
  });
}

function numberOf(text: string, field: Field): number | undefined {
  const word = field.words?.indexOf(text.toUpperCase()) ?? -1;
  if (word >= 0) return field.from + word;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function firesTooOften(minutes: string): boolean {
  const fired = minutes.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [from = 0, to] = range === '*' ? [0, 59] : range.split('-').map(Number);
    const last = to ?? (step === undefined ? from : 59);
    const every = step === undefined ? 1 : Number(step);
    return Array.from(
      { length: Math.floor((last - from) / every) + 1 },
      (_, index) => from + index * every,
    );
  });
  const sorted = [...new Set(fired)].sort((a, b) => a - b);
  return sorted.some((minute, index) => index > 0 && minute - (sorted[index - 1] ?? 0) < 5);
}
