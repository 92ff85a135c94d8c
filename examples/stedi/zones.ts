import { zone } from '#lakewright';

/** Raw feeds, as they arrive. */
export const landing = zone('landing');

/** Data of customers who share it with research, under their names, for those who run the lakehouse. */
export const trusted = zone('trusted', { purpose: 'research', holds: 'identified' });

/** Data for research. What it holds is pseudonymous unless a table says otherwise. */
export const curated = zone('curated', { purpose: 'research' });
