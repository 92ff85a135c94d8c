/** The columns of each job's answer in the order in which the benchmark's query gives them, by job. */
export const answerColumns: Readonly<Record<string, readonly string[]>> = {
  q01_pricing_summary_report: [
    ...['returnFlag', 'lineStatus', 'quantity', 'basePrice', 'revenue', 'charge'],
    ...['averageQuantity', 'averagePrice', 'averageDiscount', 'lines'],
  ],
  q02_minimum_cost_supplier: [
    ...['supplierBalance', 'supplier', 'nation', 'partKey', 'manufacturer'],
    ...['supplierAddress', 'supplierPhone', 'supplierComment'],
  ],
  q03_shipping_priority: ['orderKey', 'revenue', 'orderDate', 'shipPriority'],
  q04_order_priority_checking: ['priority', 'orders'],
  q05_local_supplier_volume: ['nation', 'revenue'],
  q06_forecasting_revenue_change: ['revenue'],
  q07_volume_shipping: ['supplierNation', 'customerNation', 'year', 'revenue'],
  q08_national_market_share: ['year', 'marketShare'],
  q09_product_type_profit: ['nation', 'year', 'profit'],
  q10_returned_item_reporting: [
    ...['customerKey', 'customer', 'revenue', 'customerBalance', 'nation'],
    ...['customerAddress', 'customerPhone', 'customerComment'],
  ],
  q11_important_stock: ['partKey', 'value'],
  q12_shipping_modes: ['shipMode', 'urgent', 'others'],
  q13_customer_distribution: ['orders', 'customers'],
  q14_promotion_effect: ['promotedPercent'],
  q15_top_supplier: ['supplierKey', 'supplier', 'supplierAddress', 'supplierPhone', 'revenue'],
  q16_parts_supplier_relationship: ['brand', 'type', 'size', 'suppliers'],
  q17_small_quantity_orders: ['yearly'],
  q18_large_volume_customer: [
    ...['customer', 'customerKey', 'orderKey', 'orderDate', 'totalPrice', 'quantity'],
  ],
  q19_discounted_revenue: ['revenue'],
  q20_potential_part_promotion: ['supplier', 'supplierAddress'],
  q21_suppliers_who_kept_orders_waiting: ['supplier', 'waiting'],
  q22_global_sales_opportunity: ['country', 'customers', 'balance'],
};
