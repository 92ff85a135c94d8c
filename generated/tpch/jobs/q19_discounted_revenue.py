"""q19_discounted_revenue: What was earned with parts of three brands, flown and handed over in
person, in the quantities that fit their containers.

Reads   landing.lineitem, landing.part
Writes  curated.q19_discounted_revenue
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
    """Compute the rows of curated.q19_discounted_revenue."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where isIn(shipMode, "AIR", "AIR REG").
    lineitem_filtered = sales.where(F.col("shipMode").isin("AIR", "AIR REG"))
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where isIn(shipMode, "AIR", "AIR REG")',
        of="landing_lineitem",
    )

    # Keep rows where instructions = "DELIVER IN PERSON".
    lineitem_filtered_2 = lineitem_filtered.where(F.col("instructions") == "DELIVER IN PERSON")
    lineitem_filtered_2 = counted(
        lineitem_filtered_2,
        'keep rows where instructions = "DELIVER IN PERSON"',
        of='keep rows where isIn(shipMode, "AIR", "AIR REG")',
    )

    # Keep rows where size >= 1.
    part_filtered = landing_part.where(F.col("size") >= 1)
    part_filtered = counted(part_filtered, "keep rows where size >= 1", of="landing_part")

    # Join part_filtered on partKey.
    lineitem_joined = lineitem_filtered_2.join(
        part_filtered.withColumnRenamed("partKey", "_partKey"),
        F.col("partKey") == F.col("_partKey"),
        "inner",
    ).drop("_partKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join part_filtered on partKey",
        of='keep rows where instructions = "DELIVER IN PERSON"',
    )

    # Keep rows where ((((((brand = "Brand#12") and isIn(container, "SM CASE", "SM BOX", "SM PACK",
    # "SM PKG")) and (quantity >= 1.00)) and (quantity <= 11.00)) and (size <= 5)) or (((((brand =
    # "Brand#23") and isIn(container, "MED BAG", "MED BOX", "MED PKG", "MED PACK")) and (quantity >=
    # 10.00)) and (quantity <= 20.00)) and (size <= 10))) or (((((brand = "Brand#34") and
    # isIn(container, "LG CASE", "LG BOX", "LG PACK", "LG PKG")) and (quantity >= 20.00)) and
    # (quantity <= 30.00)) and (size <= 15)).
    lineitem_filtered_3 = lineitem_joined.where(
        (
            (
                (
                    (
                        (
                            (F.col("brand") == "Brand#12")
                            & F.col("container").isin("SM CASE", "SM BOX", "SM PACK", "SM PKG")
                        )
                        & (F.col("quantity") >= F.lit("1.00").cast("decimal(12, 2)"))
                    )
                    & (F.col("quantity") <= F.lit("11.00").cast("decimal(12, 2)"))
                )
                & (F.col("size") <= 5)
            )
            | (
                (
                    (
                        (
                            (F.col("brand") == "Brand#23")
                            & F.col("container").isin("MED BAG", "MED BOX", "MED PKG", "MED PACK")
                        )
                        & (F.col("quantity") >= F.lit("10.00").cast("decimal(12, 2)"))
                    )
                    & (F.col("quantity") <= F.lit("20.00").cast("decimal(12, 2)"))
                )
                & (F.col("size") <= 10)
            )
        )
        | (
            (
                (
                    (
                        (F.col("brand") == "Brand#34")
                        & F.col("container").isin("LG CASE", "LG BOX", "LG PACK", "LG PKG")
                    )
                    & (F.col("quantity") >= F.lit("20.00").cast("decimal(12, 2)"))
                )
                & (F.col("quantity") <= F.lit("30.00").cast("decimal(12, 2)"))
            )
            & (F.col("size") <= 15)
        )
    )
    lineitem_filtered_3 = counted(
        lineitem_filtered_3,
        'keep rows where ((((((brand = "Brand#12") and isIn(container, "SM CASE", "SM BOX", ...',
        of="join part_filtered on partKey",
    )

    # Make one row of all rows.
    lineitem_summed = lineitem_filtered_3.agg(F.try_sum(F.col("revenue")).alias("revenue"))
    lineitem_summed = counted(
        lineitem_summed,
        "make one row of all rows",
        of='keep rows where ((((((brand = "Brand#12") and isIn(container, "SM CASE", "SM BOX", ...',
    )

    return lineitem_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_part",
            "curated_q19_discounted_revenue",
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
        run.publish(result, "curated_q19_discounted_revenue")


if __name__ == "__main__":
    main()
