import { library } from '#lakewright';
import { pricingSummaryReport } from './queries/q01-pricing-summary-report.ts';
import { minimumCostSupplier } from './queries/q02-minimum-cost-supplier.ts';
import { shippingPriority } from './queries/q03-shipping-priority.ts';
import { orderPriorityChecking } from './queries/q04-order-priority-checking.ts';
import { localSupplierVolume } from './queries/q05-local-supplier-volume.ts';
import { forecastingRevenueChange } from './queries/q06-forecasting-revenue-change.ts';
import { volumeShipping } from './queries/q07-volume-shipping.ts';
import { nationalMarketShare } from './queries/q08-national-market-share.ts';
import { productTypeProfit } from './queries/q09-product-type-profit.ts';
import { returnedItemReporting } from './queries/q10-returned-item-reporting.ts';
import { importantStock } from './queries/q11-important-stock.ts';
import { shippingModes } from './queries/q12-shipping-modes.ts';
import { customerDistribution } from './queries/q13-customer-distribution.ts';
import { promotionEffect } from './queries/q14-promotion-effect.ts';
import { topSupplier } from './queries/q15-top-supplier.ts';
import { partsSupplierRelationship } from './queries/q16-parts-supplier-relationship.ts';
import { smallQuantityOrders } from './queries/q17-small-quantity-orders.ts';
import { largeVolumeCustomer } from './queries/q18-large-volume-customer.ts';
import { discountedRevenue } from './queries/q19-discounted-revenue.ts';
import { potentialPartPromotion } from './queries/q20-potential-part-promotion.ts';
import { suppliersWhoKeptOrdersWaiting } from './queries/q21-suppliers-who-kept-orders-waiting.ts';
import { globalSalesOpportunity } from './queries/q22-global-sales-opportunity.ts';

/** The 22 queries of TPC-H, a benchmark of decision support, each as a job that writes its answer. */
export default library('tpch', {
  doc: 'The 22 queries of TPC-H, each as a job that writes its answer.',
  jobs: [
    pricingSummaryReport,
    minimumCostSupplier,
    shippingPriority,
    orderPriorityChecking,
    localSupplierVolume,
    forecastingRevenueChange,
    volumeShipping,
    nationalMarketShare,
    productTypeProfit,
    returnedItemReporting,
    importantStock,
    shippingModes,
    customerDistribution,
    promotionEffect,
    topSupplier,
    partsSupplierRelationship,
    smallQuantityOrders,
    largeVolumeCustomer,
    discountedRevenue,
    potentialPartPromotion,
    suppliersWhoKeptOrdersWaiting,
    globalSalesOpportunity,
  ],
});
