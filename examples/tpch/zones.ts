import { zone } from '#lakewright';

/** What the benchmark's generator writes. */
export const landing = zone('landing');

/** The answers, a table for each query. */
export const answers = zone('curated', { purpose: 'benchmark' });
