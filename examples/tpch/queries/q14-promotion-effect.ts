import { job, sum } from '#lakewright';
import { sales } from '../relations.ts';
import { parts } from '../tables.ts';
import { answers } from '../zones.ts';

const FROM = '1995-09-01';
const BEFORE = '1995-10-01';

/** How many per cent of a month's revenue came from promoted parts. */
export const promotionEffect = job('q14_promotion_effect', {
  rows: sales
    .filter((c) => c.shipDate.gte(FROM).and(c.shipDate.lt(BEFORE)))
    .join(parts, 'partKey')
    .aggregate((c) => ({
      all: sum(c.revenue),
      promoted: sum(c.revenue).where(c.type.startsWith('PROMO')),
    }))
    .derive((c) => ({ promotedPercent: c.promoted.orElse(0).dividedBy(c.all).times(100) }))
    .select('promotedPercent'),
  sink: answers.sink('q14_promotion_effect'),
});
