import { countDistinct, job } from '#lakewright';
import { offers, parts, suppliers } from '../tables.ts';
import { answers } from '../zones.ts';

const BRAND = 'Brand#45';
const TYPE = 'MEDIUM POLISHED';
const SIZES = [49, 14, 23, 45, 19, 3, 36, 9] as const;

const wanted = parts
  .filter((c) => c.brand.ne(BRAND))
  .filter((c) => c.type.startsWith(TYPE).not())
  .filter((c) => c.size.isIn(...SIZES));

const disliked = suppliers.filter((c) => c.supplierComment.like('%Customer%Complaints%'));

/** How many suppliers that nobody complained about can deliver parts that a customer wants. */
export const partsSupplierRelationship = job('q16_parts_supplier_relationship', {
  rows: offers
    .antiJoin(disliked, 'supplierKey')
    .join(wanted, 'partKey')
    .groupBy('brand', 'type', 'size')
    .aggregate((c) => ({ suppliers: countDistinct(c.supplierKey) })),
  sink: answers.sink('q16_parts_supplier_relationship'),
});
