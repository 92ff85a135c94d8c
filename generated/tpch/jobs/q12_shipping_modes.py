"""q12_shipping_modes: How many lines two cheap ways of shipping brought late, of urgent orders
and of others.

Reads   landing.lineitem, landing.orders
Writes  curated.q12_shipping_modes
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


def transform(
    landing_lineitem: DataFrame,
    landing_orders: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q12_shipping_modes."""
    # Keep rows where isIn(shipMode, "MAIL", "SHIP").
    lineitem_filtered = landing_lineitem.where(F.col("shipMode").isin("MAIL", "SHIP"))
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where isIn(shipMode, "MAIL", "SHIP")',
        of="landing_lineitem",
    )

    # Keep rows where (receiptDate >= "1994-01-01") and (receiptDate < "1995-01-01").
    lineitem_filtered_2 = lineitem_filtered.where(
        (F.col("receiptDate") >= F.lit("1994-01-01").cast("date"))
        & (F.col("receiptDate") < F.lit("1995-01-01").cast("date"))
    )
    lineitem_filtered_2 = counted(
        lineitem_filtered_2,
        'keep rows where (receiptDate >= "1994-01-01") and (receiptDate < "1995-01-01")',
        of='keep rows where isIn(shipMode, "MAIL", "SHIP")',
    )

    # Keep rows where (shipDate < commitDate) and (commitDate < receiptDate).
    late_though_shipped_in_time = lineitem_filtered_2.where(
        (F.col("shipDate") < F.col("commitDate")) & (F.col("commitDate") < F.col("receiptDate"))
    )
    late_though_shipped_in_time = counted(
        late_though_shipped_in_time,
        "keep rows where (shipDate < commitDate) and (commitDate < receiptDate)",
        of='keep rows where (receiptDate >= "1994-01-01") and (receiptDate < "1995-01-01")',
    )

    # Join landing_orders on orderKey.
    lineitem_joined = late_though_shipped_in_time.join(
        landing_orders.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join landing_orders on orderKey",
        of="keep rows where (shipDate < commitDate) and (commitDate < receiptDate)",
    )

    # Derive isUrgent.
    lineitem_derived = lineitem_joined.withColumn(
        "isUrgent",
        F.col("priority").isin("1-URGENT", "2-HIGH"),
    )

    # Make one row for each shipMode.
    lineitem_summed = lineitem_derived.groupBy("shipMode").agg(
        F.count_if(F.col("isUrgent")).alias("urgent"),
        F.count_if(~F.col("isUrgent")).alias("others"),
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each shipMode",
        of="join landing_orders on orderKey",
    )

    return lineitem_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_orders",
            "curated_q12_shipping_modes",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_orders", LANDING_ORDERS),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each shipMode")
        run.publish(result, "curated_q12_shipping_modes")


if __name__ == "__main__":
    main()
