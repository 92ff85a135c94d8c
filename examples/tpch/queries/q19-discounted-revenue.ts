import { job, sum } from '#lakewright';
import { sales } from '../relations.ts';
import { parts } from '../tables.ts';
import { answers } from '../zones.ts';

/** What was earned with parts of three brands, flown and handed over in person, in the quantities that fit their containers. */
export const discountedRevenue = job('q19_discounted_revenue', {
  rows: sales
    .filter((c) => c.shipMode.isIn('AIR', 'AIR REG'))
    .filter((c) => c.instructions.eq('DELIVER IN PERSON'))
    .join(
      parts.filter((c) => c.size.gte(1)),
      'partKey',
    )
    .filter((c) => {
      const small = c.brand
        .eq('Brand#12')
        .and(c.container.isIn('SM CASE', 'SM BOX', 'SM PACK', 'SM PKG'))
        .and(c.quantity.gte(1))
        .and(c.quantity.lte(11))
        .and(c.size.lte(5));
      const medium = c.brand
        .eq('Brand#23')
        .and(c.container.isIn('MED BAG', 'MED BOX', 'MED PKG', 'MED PACK'))
        .and(c.quantity.gte(10))
        .and(c.quantity.lte(20))
        .and(c.size.lte(10));
      const large = c.brand
        .eq('Brand#34')
        .and(c.container.isIn('LG CASE', 'LG BOX', 'LG PACK', 'LG PKG'))
        .and(c.quantity.gte(20))
        .and(c.quantity.lte(30))
        .and(c.size.lte(15));
      return small.or(medium).or(large);
    })
    .aggregate((c) => ({ revenue: sum(c.revenue) })),
  sink: answers.sink('q19_discounted_revenue'),
});
