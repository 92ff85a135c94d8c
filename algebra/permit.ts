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
