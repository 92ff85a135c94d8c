import { date, decimal, int, long, string } from '#lakewright';
import { landing } from './zones.ts';

// The benchmark's people are made up by its generator, so these tables are about nobody. Of real customers they would say
// `about: 'customerKey'`, and half of the queries would need their consent.

const money = () => decimal(12, 2);

/** Parts of the world. */
export const regions = landing.table('region', {
  doc: 'Five parts of the world.',
  size: 'small',
  columns: {
    regionKey: int(),
    region: string(),
    regionComment: string(),
  },
});

/** Nations, each in one region. */
export const nations = landing.table('nation', {
  doc: 'Nations, each in one region.',
  size: 'small',
  columns: {
    nationKey: int(),
    nation: string(),
    regionKey: int(),
    nationComment: string(),
  },
});

/** Who supplies parts. */
export const suppliers = landing.table('supplier', {
  doc: 'Companies that supply parts.',
  columns: {
    supplierKey: long(),
    supplier: string(),
    supplierAddress: string(),
    nationKey: int(),
    supplierPhone: string(),
    supplierBalance: money(),
    supplierComment: string().doc('Sometimes a complaint of a customer.'),
  },
});

/** Who orders parts. */
export const customers = landing.table('customer', {
  doc: 'Companies that order parts.',
  columns: {
    customerKey: long(),
    customer: string(),
    customerAddress: string(),
    nationKey: int(),
    customerPhone: string().doc('Begins with the code of the country.'),
    customerBalance: money(),
    segment: string().doc('The market that they are in: BUILDING, AUTOMOBILE, ...'),
    customerComment: string(),
  },
});

/** What is sold. */
export const parts = landing.table('part', {
  doc: 'What is sold.',
  columns: {
    partKey: long(),
    part: string().doc('Five colours.'),
    manufacturer: string(),
    brand: string(),
    type: string().doc('Three words: ECONOMY ANODIZED STEEL.'),
    size: int(),
    container: string(),
    retailPrice: money(),
    partComment: string(),
  },
});

/** Which supplier has which part in stock, and at what cost. */
export const offers = landing.table('partsupp', {
  doc: 'Which supplier has which part in stock, and at what cost.',
  columns: {
    partKey: long(),
    supplierKey: long(),
    available: int().doc('Pieces in stock.'),
    cost: money().doc('Of one piece.'),
    offerComment: string(),
  },
});

/** Orders of customers; what was ordered stands in their lines. */
export const orders = landing.table('orders', {
  doc: 'Orders of customers; what was ordered stands in their lines.',
  columns: {
    orderKey: long(),
    customerKey: long(),
    status: string().doc('F: all lines are shipped; O: none; P: some.'),
    totalPrice: money(),
    orderDate: date(),
    priority: string(),
    clerk: string(),
    shipPriority: int(),
    orderComment: string(),
  },
});

/** Lines of orders: so many pieces of one part from one supplier. */
export const lines = landing.table('lineitem', {
  doc: 'Lines of orders: so many pieces of one part from one supplier.',
  columns: {
    orderKey: long(),
    partKey: long(),
    supplierKey: long(),
    lineNumber: long(),
    quantity: money().doc('Pieces.'),
    price: money().doc('Of all pieces, before discount and tax.'),
    discount: decimal(4, 2).doc('Share of the price: 0.06 is 6 %.'),
    tax: decimal(4, 2).doc('Share of the price after discount.'),
    returnFlag: string().doc('R: returned; A: accepted; N: not yet known.'),
    lineStatus: string(),
    shipDate: date(),
    commitDate: date().doc('When the supplier promised it.'),
    receiptDate: date().doc('When the customer got it.'),
    instructions: string(),
    shipMode: string(),
    lineComment: string(),
  },
});
