"""q17_small_quantity_orders: What would be lost each year if orders of less than a fifth of a
part's usual quantity were refused.

Reads   landing.lineitem, landing.part
Writes  curated.q17_small_quantity_orders
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
    """Compute the rows of curated.q17_small_quantity_orders."""
    # Keep rows where (brand = "Brand#23") and (container = "MED BOX").
    part_filtered = landing_part.where(
        (F.col("brand") == "Brand#23") & (F.col("container") == "MED BOX")
    )
    part_filtered = counted(
        part_filtered,
        'keep rows where (brand = "Brand#23") and (container = "MED BOX")',
        of="landing_part",
    )

    # Keep rows with a partner in part_filtered on partKey.
    ordered = landing_lineitem.join(
        part_filtered.select(F.col("partKey").alias("_partKey")),
        F.col("partKey") == F.col("_partKey"),
        "left_semi",
    )
    ordered = counted(
        ordered,
        "keep rows with a partner in part_filtered on partKey",
        of="landing_lineitem",
    )

    # Make one row for each partKey.
    usual = ordered.groupBy("partKey").agg(F.avg(F.col("quantity").cast("double")).alias("usual"))
    usual = counted(
        usual,
        "make one row for each partKey",
        of="keep rows with a partner in part_filtered on partKey",
    )

    # Join usual on partKey.
    lineitem_joined = ordered.join(
        usual.withColumnRenamed("partKey", "_partKey"),
        F.col("partKey") == F.col("_partKey"),
        "inner",
    ).drop("_partKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join usual on partKey",
        of="keep rows with a partner in part_filtered on partKey",
    )

    # Keep rows where toDouble(quantity) < (usual * 0.2).
    lineitem_filtered = lineitem_joined.where(
        F.col("quantity").cast("double") < (F.col("usual") * 0.2)
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        "keep rows where toDouble(quantity) < (usual * 0.2)",
        of="join usual on partKey",
    )

    # Make one row of all rows.
    lineitem_summed = lineitem_filtered.agg(F.try_sum(F.col("price")).alias("price"))
    lineitem_summed = counted(
        lineitem_summed,
        "make one row of all rows",
        of="keep rows where toDouble(quantity) < (usual * 0.2)",
    )

    # Derive yearly.
    lineitem_derived = lineitem_summed.withColumn(
        "yearly",
        F.try_divide(
            F.col("price").cast("double"),
            F.lit("7").cast("decimal(1, 0)").cast("double"),
        ),
    )

    # Select yearly.
    lineitem_selected = lineitem_derived.select("yearly")

    return lineitem_selected


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_part",
            "curated_q17_small_quantity_orders",
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
        run.publish(result, "curated_q17_small_quantity_orders")


if __name__ == "__main__":
    main()
