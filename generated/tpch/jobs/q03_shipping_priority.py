"""q03_shipping_priority: The ten orders with the highest revenue among those that had not been
shipped.

Reads   landing.lineitem, landing.orders, landing.customer
Writes  curated.q03_shipping_priority
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

LANDING_LINEITEM = T.StructType(
    [
        T.StructField("orderKey", T.LongType(), nullable=False),
        T.StructField("partKey", T.LongType(), nullable=False),
        T.StructField("supplierKey", T.LongType(), nullable=False),
        T.StructField("lineNumber", T.LongType(), nullable=False),
        T.StructField("quantity", T.DecimalType(12, 2), nullable=False),
        T.StructField("price", T.DecimalType(12, 2), nullable=False),
        T.StructField("discount", T.DecimalType(4, 2), nullable=False),
        T.StructField("tax", T.DecimalType(4, 2), nullable=False),
        T.StructField("returnFlag", T.StringType(), nullable=False),
        T.StructField("lineStatus", T.StringType(), nullable=False),
        T.StructField("shipDate", T.DateType(), nullable=False),
        T.StructField("commitDate", T.DateType(), nullable=False),
        T.StructField("receiptDate", T.DateType(), nullable=False),
        T.StructField("instructions", T.StringType(), nullable=False),
        T.StructField("shipMode", T.StringType(), nullable=False),
        T.StructField("lineComment", T.StringType(), nullable=False),
    ]
)

LANDING_ORDERS = T.StructType(
    [
        T.StructField("orderKey", T.LongType(), nullable=False),
        T.StructField("customerKey", T.LongType(), nullable=False),
        T.StructField("status", T.StringType(), nullable=False),
        T.StructField("totalPrice", T.DecimalType(12, 2), nullable=False),
        T.StructField("orderDate", T.DateType(), nullable=False),
        T.StructField("priority", T.StringType(), nullable=False),
        T.StructField("clerk", T.StringType(), nullable=False),
        T.StructField("shipPriority", T.IntegerType(), nullable=False),
        T.StructField("orderComment", T.StringType(), nullable=False),
    ]
)

LANDING_CUSTOMER = T.StructType(
    [
        T.StructField("customerKey", T.LongType(), nullable=False),
        T.StructField("customer", T.StringType(), nullable=False),
        T.StructField("customerAddress", T.StringType(), nullable=False),
        T.StructField("nationKey", T.IntegerType(), nullable=False),
        T.StructField("customerPhone", T.StringType(), nullable=False),
        T.StructField("customerBalance", T.DecimalType(12, 2), nullable=False),
        T.StructField("segment", T.StringType(), nullable=False),
        T.StructField("customerComment", T.StringType(), nullable=False),
    ]
)


def transform(
    landing_lineitem: DataFrame,
    landing_orders: DataFrame,
    landing_customer: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q03_shipping_priority."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where shipDate > "1995-03-15".
    lineitem_filtered = sales.where(F.col("shipDate") > F.lit("1995-03-15").cast("date"))
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where shipDate > "1995-03-15"',
        of="landing_lineitem",
    )

    # Keep rows where orderDate < "1995-03-15".
    orders_filtered = landing_orders.where(F.col("orderDate") < F.lit("1995-03-15").cast("date"))
    orders_filtered = counted(
        orders_filtered,
        'keep rows where orderDate < "1995-03-15"',
        of="landing_orders",
    )

    # Keep rows where segment = "BUILDING".
    customer_filtered = landing_customer.where(F.col("segment") == "BUILDING")
    customer_filtered = counted(
        customer_filtered,
        'keep rows where segment = "BUILDING"',
        of="landing_customer",
    )

    # Keep rows with a partner in customer_filtered on customerKey.
    waiting = orders_filtered.join(
        customer_filtered.select(F.col("customerKey").alias("_customerKey")),
        F.col("customerKey") == F.col("_customerKey"),
        "left_semi",
    )
    waiting = counted(
        waiting,
        "keep rows with a partner in customer_filtered on customerKey",
        of='keep rows where orderDate < "1995-03-15"',
    )

    # Join waiting on orderKey.
    lineitem_joined = lineitem_filtered.join(
        waiting.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join waiting on orderKey",
        of='keep rows where shipDate > "1995-03-15"',
    )

    # Make one row for each orderKey, orderDate, shipPriority.
    lineitem_summed = lineitem_joined.groupBy("orderKey", "orderDate", "shipPriority").agg(
        F.try_sum(F.col("revenue")).alias("revenue")
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each orderKey, orderDate, shipPriority",
        of="join waiting on orderKey",
    )

    # Keep the first 10 rows by revenue desc, orderDate asc.
    lineitem_first = lineitem_summed.orderBy(
        F.col("revenue").desc_nulls_last(),
        F.col("orderDate").asc_nulls_last(),
        F.col("orderKey").asc_nulls_last(),
        F.col("shipPriority").asc_nulls_last(),
    ).limit(10)
    lineitem_first = counted(
        lineitem_first,
        "keep the first 10 rows by revenue desc, orderDate asc",
        of="make one row for each orderKey, orderDate, shipPriority",
    )

    return lineitem_first


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_orders",
            "landing_customer",
            "curated_q03_shipping_priority",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_customer", LANDING_CUSTOMER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep the first 10 rows by revenue desc, orderDate asc")
        run.publish(result, "curated_q03_shipping_priority")


if __name__ == "__main__":
    main()
