/** Why somebody let something out that no rule lets out, and until when. */
export interface Permit {
  readonly reason: string;
  /** Who looked at it and is to be asked. */
  readonly reviewer: string;
  /** The last day on which it holds, in UTC: `2027-03-31`. */
  readonly expires: string;
}

/** Days that a permit may hold: whoever allowed it looks again within a year. */
export const LONGEST_PERMIT = 366;

/** A day of the calendar as `2027-03-31`; undefined where the text is none. */
export function dayOf(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  // A day that no month has moves into the next one.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : undefined;
}
