"""q04_order_priority_checking: How many orders of a quarter got at least one line late, by
priority.

Reads   landing.orders, landing.lineitem
Writes  curated.q04_order_priority_checking
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


def transform(
    landing_orders: DataFrame,
    landing_lineitem: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q04_order_priority_checking."""
    # Keep rows where (orderDate >= "1993-07-01") and (orderDate < "1993-10-01").
    orders_filtered = landing_orders.where(
        (F.col("orderDate") >= F.lit("1993-07-01").cast("date"))
        & (F.col("orderDate") < F.lit("1993-10-01").cast("date"))
    )
    orders_filtered = counted(
        orders_filtered,
        'keep rows where (orderDate >= "1993-07-01") and (orderDate < "1993-10-01")',
        of="landing_orders",
    )

    # Keep rows where receiptDate > commitDate.
    late = landing_lineitem.where(F.col("receiptDate") > F.col("commitDate"))
    late = counted(late, "keep rows where receiptDate > commitDate", of="landing_lineitem")

    # Keep rows with a partner in late on orderKey.
    orders_matched = orders_filtered.join(
        late.select(F.col("orderKey").alias("_orderKey")),
        F.col("orderKey") == F.col("_orderKey"),
        "left_semi",
    )
    orders_matched = counted(
        orders_matched,
        "keep rows with a partner in late on orderKey",
        of='keep rows where (orderDate >= "1993-07-01") and (orderDate < "1993-10-01")',
    )

    # Make one row for each priority.
    orders_summed = orders_matched.groupBy("priority").agg(F.count(F.lit(1)).alias("orders"))
    orders_summed = counted(
        orders_summed,
        "make one row for each priority",
        of="keep rows with a partner in late on orderKey",
    )

    return orders_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_orders",
            "landing_lineitem",
            "curated_q04_order_priority_checking",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each priority")
        run.publish(result, "curated_q04_order_priority_checking")


if __name__ == "__main__":
    main()
