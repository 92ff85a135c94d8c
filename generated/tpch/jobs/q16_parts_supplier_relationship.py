"""q16_parts_supplier_relationship: How many suppliers that nobody complained about can deliver
parts that a customer wants.

Reads   landing.partsupp, landing.supplier, landing.part
Writes  curated.q16_parts_supplier_relationship
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

LANDING_PARTSUPP = T.StructType(
    [
        T.StructField("partKey", T.LongType(), nullable=False),
        T.StructField("supplierKey", T.LongType(), nullable=False),
        T.StructField("available", T.IntegerType(), nullable=False),
        T.StructField("cost", T.DecimalType(12, 2), nullable=False),
        T.StructField("offerComment", T.StringType(), nullable=False),
    ]
)

LANDING_SUPPLIER = T.StructType(
    [
        T.StructField("supplierKey", T.LongType(), nullable=False),
        T.StructField("supplier", T.StringType(), nullable=False),
        T.StructField("supplierAddress", T.StringType(), nullable=False),
        T.StructField("nationKey", T.IntegerType(), nullable=False),
        T.StructField("supplierPhone", T.StringType(), nullable=False),
        T.StructField("supplierBalance", T.DecimalType(12, 2), nullable=False),
        T.StructField("supplierComment", T.StringType(), nullable=False),
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
    landing_partsupp: DataFrame,
    landing_supplier: DataFrame,
    landing_part: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q16_parts_supplier_relationship."""
    # Keep rows where like(supplierComment, "%Customer%Complaints%").
    disliked = landing_supplier.where(F.col("supplierComment").like("%Customer%Complaints%"))
    disliked = counted(
        disliked,
        'keep rows where like(supplierComment, "%Customer%Complaints%")',
        of="landing_supplier",
    )

    # Keep rows without a partner in disliked on supplierKey.
    partsupp_unmatched = landing_partsupp.join(
        disliked.select(F.col("supplierKey").alias("_supplierKey")),
        F.col("supplierKey") == F.col("_supplierKey"),
        "left_anti",
    )
    partsupp_unmatched = counted(
        partsupp_unmatched,
        "keep rows without a partner in disliked on supplierKey",
        of="landing_partsupp",
    )

    # Keep rows where brand <> "Brand#45".
    part_filtered = landing_part.where(F.col("brand") != "Brand#45")
    part_filtered = counted(part_filtered, 'keep rows where brand <> "Brand#45"', of="landing_part")

    # Keep rows where not(startsWith(type, "MEDIUM POLISHED")).
    part_filtered_2 = part_filtered.where(~F.col("type").startswith("MEDIUM POLISHED"))
    part_filtered_2 = counted(
        part_filtered_2,
        'keep rows where not(startsWith(type, "MEDIUM POLISHED"))',
        of='keep rows where brand <> "Brand#45"',
    )

    # Keep rows where isIn(size, 49, 14, 23, 45, 19, 3, 36, 9).
    wanted = part_filtered_2.where(F.col("size").isin(49, 14, 23, 45, 19, 3, 36, 9))
    wanted = counted(
        wanted,
        "keep rows where isIn(size, 49, 14, 23, 45, 19, 3, 36, 9)",
        of='keep rows where not(startsWith(type, "MEDIUM POLISHED"))',
    )

    # Join wanted on partKey.
    partsupp_joined = partsupp_unmatched.join(
        wanted.withColumnRenamed("partKey", "_partKey"),
        F.col("partKey") == F.col("_partKey"),
        "inner",
    ).drop("_partKey")
    partsupp_joined = counted(
        partsupp_joined,
        "join wanted on partKey",
        of="keep rows without a partner in disliked on supplierKey",
    )

    # Make one row for each brand, type, size.
    partsupp_summed = partsupp_joined.groupBy("brand", "type", "size").agg(
        F.count_distinct(F.col("supplierKey")).alias("suppliers")
    )
    partsupp_summed = counted(
        partsupp_summed,
        "make one row for each brand, type, size",
        of="join wanted on partKey",
    )

    return partsupp_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_partsupp",
            "landing_supplier",
            "landing_part",
            "curated_q16_parts_supplier_relationship",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_partsupp", LANDING_PARTSUPP),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_part", LANDING_PART),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each brand, type, size")
        run.publish(result, "curated_q16_parts_supplier_relationship")


if __name__ == "__main__":
    main()
