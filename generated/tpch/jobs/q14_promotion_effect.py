"""q14_promotion_effect: How many per cent of a month's revenue came from promoted parts.

Reads   landing.lineitem, landing.part
Writes  curated.q14_promotion_effect
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

LANDING_PART = T.StructType(
    [
        T.StructField("partKey", T.LongType(), nullable=False),
        T.StructField("part", T.StringType(), nullable=False),
        T.StructField("manufacturer", T.StringType(), nullable=False),
        T.StructField("brand", T.StringType(), nullable=False),
        T.StructField("type", T.StringType(), nullable=False),
        T.StructField("size", T.IntegerType(), nullable=False),
        T.StructField("container", T.StringType(), nullable=False),
        T.StructField("retailPrice", T.DecimalType(12, 2), nullable=False),
        T.StructField("partComment", T.StringType(), nullable=False),
    ]
)


def transform(
    landing_lineitem: DataFrame,
    landing_part: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q14_promotion_effect."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where (shipDate >= "1995-09-01") and (shipDate < "1995-10-01").
    lineitem_filtered = sales.where(
        (F.col("shipDate") >= F.lit("1995-09-01").cast("date"))
        & (F.col("shipDate") < F.lit("1995-10-01").cast("date"))
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where (shipDate >= "1995-09-01") and (shipDate < "1995-10-01")',
        of="landing_lineitem",
    )

    # Join landing_part on partKey.
    lineitem_joined = lineitem_filtered.join(
        landing_part.withColumnRenamed("partKey", "_partKey"),
        F.col("partKey") == F.col("_partKey"),
        "inner",
    ).drop("_partKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join landing_part on partKey",
        of='keep rows where (shipDate >= "1995-09-01") and (shipDate < "1995-10-01")',
    )

    # Make one row of all rows.
    lineitem_summed = lineitem_joined.agg(
        F.try_sum(F.col("revenue")).alias("all"),
        F.try_sum(F.when(F.col("type").startswith("PROMO"), F.col("revenue"))).alias("promoted"),
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row of all rows",
        of="join landing_part on partKey",
    )

    # Derive promotedPercent.
    lineitem_derived = lineitem_summed.withColumn(
        "promotedPercent",
        F.try_divide(
            F.coalesce(F.col("promoted"), F.lit("0.0000").cast("decimal(28, 4)")).cast("double"),
            F.col("all").cast("double"),
        )
        * 100.0,
    )

    # Select promotedPercent.
    lineitem_selected = lineitem_derived.select("promotedPercent")

    return lineitem_selected


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_part",
            "curated_q14_promotion_effect",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_part", LANDING_PART),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row of all rows")
        run.publish(result, "curated_q14_promotion_effect")


if __name__ == "__main__":
    main()
