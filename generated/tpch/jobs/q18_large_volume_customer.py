"""q18_large_volume_customer: The hundred dearest orders of more than so many pieces, and who
made them.

Reads   landing.orders, landing.lineitem, landing.customer
Writes  curated.q18_large_volume_customer
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

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
    landing_orders: DataFrame,
    landing_lineitem: DataFrame,
    landing_customer: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q18_large_volume_customer."""
    # Make one row for each orderKey.
    lineitem_summed = landing_lineitem.groupBy("orderKey").agg(
        F.try_sum(F.col("quantity")).alias("quantity")
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each orderKey",
        of="landing_lineitem",
    )

    # Keep rows where quantity > 300.00.
    large = lineitem_summed.where(F.col("quantity") > F.lit("300.00").cast("decimal(22, 2)"))
    large = counted(large, "keep rows where quantity > 300.00", of="make one row for each orderKey")

    # Join large on orderKey.
    orders_joined = landing_orders.join(
        large.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    orders_joined = counted(orders_joined, "join large on orderKey", of="landing_orders")

    # Join landing_customer on customerKey.
    orders_joined_2 = orders_joined.join(
        landing_customer.withColumnRenamed("customerKey", "_customerKey"),
        F.col("customerKey") == F.col("_customerKey"),
        "inner",
    ).drop("_customerKey")
    orders_joined_2 = counted(
        orders_joined_2,
        "join landing_customer on customerKey",
        of="join large on orderKey",
    )

    # Select customer, customerKey, orderKey, orderDate, totalPrice, quantity.
    orders_selected = orders_joined_2.select(
        "customer",
        "customerKey",
        "orderKey",
        "orderDate",
        "totalPrice",
        "quantity",
    )

    # Keep the first 100 rows by totalPrice desc, orderDate asc.
    orders_first = orders_selected.orderBy(
        F.col("totalPrice").desc_nulls_last(),
        F.col("orderDate").asc_nulls_last(),
        F.col("customer").asc_nulls_last(),
        F.col("customerKey").asc_nulls_last(),
        F.col("orderKey").asc_nulls_last(),
        F.col("quantity").asc_nulls_last(),
    ).limit(100)
    orders_first = counted(
        orders_first,
        "keep the first 100 rows by totalPrice desc, orderDate asc",
        of="join landing_customer on customerKey",
    )

    return orders_first


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_orders",
            "landing_lineitem",
            "landing_customer",
            "curated_q18_large_volume_customer",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_customer", LANDING_CUSTOMER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep the first 100 rows by totalPrice desc, orderDate asc")
        run.publish(result, "curated_q18_large_volume_customer")


if __name__ == "__main__":
    main()
