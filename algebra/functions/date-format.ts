import { quotedPattern } from './pattern.ts';

const fields = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS', 'SSSSSS'] as const;

/** A field of fixed width, or text. */
export type DatePart = { readonly field: (typeof fields)[number] } | { readonly text: string };

/**
 * The parts of a format such as `dd.MM.yyyy HH:mm`: fields that mean the same everywhere, signs, and text in `'...'`.
 * @returns what is wrong, in words, where it is no such format
 */
export function dateFormat(format: string): readonly DatePart[] | string {
  const parts: DatePart[] = [];
  for (const [piece] of format.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    const field = fields.find((one) => one === piece);
    if (field) parts.push({ field });
    else if (/^[A-Za-z]/.test(piece)) return `\`${piece}\` is none of ${fields.join(' ')}`;
    else if (piece === "'") return "a `'` is not closed";
    else if (piece === "''") parts.push({ text: "'" });
    else if (piece.startsWith("'")) parts.push({ text: piece.slice(1, -1).replaceAll("''", "'") });
    else if (/[^-/:., _()]/.test(piece)) return `\`${piece}\` must be written in \`'...'\``;
    else parts.push({ text: piece });
  }
  return parts.length > 0 ? parts : 'it is empty';
}

/** How a format is read: a pattern of its texts, and the ISO 8601 text that its groups make. */
export interface DateReader {
  readonly java: string;
  readonly script: RegExp;
  /** `$3-$2-$1 $4:$5:00` */
  readonly iso: string;
}

/**
 * A reader of a format that has year, month and day, each once.
 * @param clock whether it must have hours, and may have the smaller fields
 * @returns what is wrong, in words, where there is none
 */
export function dateReader(format: string, clock: boolean): DateReader | string {
  const parts = dateFormat(format);
  if (typeof parts === 'string') return parts;
  const found = parts.flatMap((part): readonly string[] => ('field' in part ? [part.field] : []));
  const group = (field: string) => found.indexOf(field) + 1;
  const smaller: readonly string[] = ['mm', 'ss', 'SSS', 'SSSSSS'];
  const needed: readonly string[] = ['yyyy', 'MM', 'dd', ...(clock ? ['HH'] : [])];
  const missing = needed.find((field) => group(field) === 0);
  if (missing) return `\`${missing}\` is missing`;
  if (new Set(found).size < found.length) return 'a field is there twice';
  const extra = found.find(
    (one: string) => !needed.includes(one) && !(clock && smaller.includes(one)),
  );
  if (extra) return `\`${extra}\` belongs to a clock time`;
  const fraction = found.find((one) => one.startsWith('S'));
  if (found.filter((one) => one.startsWith('S')).length > 1) return 'a field is there twice';
  if ((fraction && !group('ss')) || (group('ss') && !group('mm'))) {
    return 'it leaves out a field between others';
  }
  const pattern = parts
    .map((part) => ('field' in part ? `(\\d{${part.field.length}})` : quotedPattern(part.text)))
    .join('');
  const time = ['HH', 'mm', 'ss'].map((field) => (group(field) ? `$${group(field)}` : '00'));
  const second = fraction ? `.$${group(fraction)}` : '';
  const day = `$${group('yyyy')}-$${group('MM')}-$${group('dd')}`;
  return {
    java: `^${pattern}\\z`,
    script: new RegExp(`^${pattern}$`, 'u'),
    iso: clock ? `${day} ${time.join(':')}${second}` : day,
  };
}
