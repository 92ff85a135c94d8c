import prices from './prices.json' with { type: 'json' };

/** What a DPU costs for an hour, and from where and when that is known. */
export interface DpuHourPrice {
  /** US dollars. */
  readonly dollars: number;
  /** Where the price was read. */
  readonly source: string;
  /** `2026-11-30` */
  readonly readOn: string;
}

/** Runs are billed by the second, but for this long at least ("AWS Glue pricing", Spark jobs since Glue 2.0). */
export const MINIMUM_MINUTES: number = prices.minimumMinutes;

/** DPUs of one worker; AWS Glue developer guide, "AWS Glue worker types". */
const DPUS: Readonly<Record<string, number>> = {
  'G.025X': 0.25,
  'G.1X': 1,
  'G.2X': 2,
  'G.4X': 4,
  'G.8X': 8,
  'G.12X': 12,
  'G.16X': 16,
};

/** DPUs of one worker of a type; undefined for types that are billed otherwise. */
export function dpusOf(workerType: string): number | undefined {
  return Object.hasOwn(DPUS, workerType) ? DPUS[workerType] : undefined;
}

/** List price of a DPU-hour of a Spark job of the standard execution class; undefined for a region that is not in the table. */
export function dpuHourPrice(region: string): DpuHourPrice | undefined {
  const byRegion: Readonly<Record<string, number>> = prices.dpuHour;
  const dollars = Object.hasOwn(byRegion, region) ? byRegion[region] : undefined;
  if (dollars === undefined) return undefined;
  return { dollars, source: prices.source, readOn: prices.readOn };
}
