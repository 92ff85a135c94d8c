"""q20_potential_part_promotion: Suppliers of a nation who have more of a part in stock than half
of what they shipped of it in a year.

Reads landing.supplier, landing.nation, landing.region, landing.partsupp, landing.part,
landing.lineitem
Writes  curated.q20_potential_part_promotion
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

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

LANDING_NATION = T.StructType(
    [
        T.StructField("nationKey", T.IntegerType(), nullable=False),
        T.StructField("nation", T.StringType(), nullable=False),
        T.StructField("regionKey", T.IntegerType(), nullable=False),
        T.StructField("nationComment", T.StringType(), nullable=False),
    ]
)

LANDING_REGION = T.StructType(
    [
        T.StructField("regionKey", T.IntegerType(), nullable=False),
        T.StructField("region", T.StringType(), nullable=False),
        T.StructField("regionComment", T.StringType(), nullable=False),
    ]
)

LANDING_PARTSUPP = T.StructType(
    [
        T.StructField("partKey", T.LongType(), nullable=False),
        T.StructField("supplierKey", T.LongType(), nullable=False),
        T.StructField("available", T.IntegerType(), nullable=False),
        T.StructField("cost", T.DecimalType(12, 2), nullable=False),
        T.StructField("offerComment", T.StringType(), nullable=False),
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
    landing_supplier: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    landing_partsupp: DataFrame,
    landing_part: DataFrame,
    landing_lineitem: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q20_potential_part_promotion."""
    # Nations with the name of their region.
    nation_joined = landing_nation.join(
        F.broadcast(landing_region.withColumnRenamed("regionKey", "_regionKey")),
        F.col("regionKey") == F.col("_regionKey"),
        "inner",
    ).drop("_regionKey")
    nation_joined = counted(nation_joined, "join landing_region on regionKey", of="landing_nation")

    # Select nationKey, nation.
    nations_of_the_world = nation_joined.select("nationKey", "nation")

    # Suppliers with the names of their nation and region.
    located_suppliers = landing_supplier.join(
        nations_of_the_world.withColumnRenamed("nationKey", "_nationKey"),
        F.col("nationKey") == F.col("_nationKey"),
        "inner",
    ).drop("_nationKey")
    located_suppliers = counted(
        located_suppliers,
        "join nations_of_the_world on nationKey",
        of="landing_supplier",
    )

    # Keep rows where nation = "CANADA".
    supplier_filtered = located_suppliers.where(F.col("nation") == "CANADA")
    supplier_filtered = counted(
        supplier_filtered,
        'keep rows where nation = "CANADA"',
        of="join nations_of_the_world on nationKey",
    )

    # Keep rows where startsWith(part, "forest").
    part_filtered = landing_part.where(F.col("part").startswith("forest"))
    part_filtered = counted(
        part_filtered,
        'keep rows where startsWith(part, "forest")',
        of="landing_part",
    )

    # Keep rows with a partner in part_filtered on partKey.
    partsupp_matched = landing_partsupp.join(
        part_filtered.select(F.col("partKey").alias("_partKey")),
        F.col("partKey") == F.col("_partKey"),
        "left_semi",
    )
    partsupp_matched = counted(
        partsupp_matched,
        "keep rows with a partner in part_filtered on partKey",
        of="landing_partsupp",
    )

    # Keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01").
    lineitem_filtered = landing_lineitem.where(
        (F.col("shipDate") >= F.lit("1994-01-01").cast("date"))
        & (F.col("shipDate") < F.lit("1995-01-01").cast("date"))
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01")',
        of="landing_lineitem",
    )

    # Make one row for each partKey, supplierKey.
    shipped = lineitem_filtered.groupBy("partKey", "supplierKey").agg(
        F.try_sum(F.col("quantity")).alias("shipped")
    )
    shipped = counted(
        shipped,
        "make one row for each partKey, supplierKey",
        of='keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01")',
    )

    # Join shipped on partKey and supplierKey.
    partsupp_joined = partsupp_matched.join(
        shipped.withColumnRenamed("partKey", "_partKey").withColumnRenamed(
            "supplierKey",
            "_supplierKey",
        ),
        (F.col("partKey") == F.col("_partKey")) & (F.col("supplierKey") == F.col("_supplierKey")),
        "inner",
    ).drop("_partKey", "_supplierKey")
    partsupp_joined = counted(
        partsupp_joined,
        "join shipped on partKey and supplierKey",
        of="keep rows with a partner in part_filtered on partKey",
    )

    # Keep rows where available > (shipped * 0.5).
    surplus = partsupp_joined.where(
        F.col("available") > F.try_multiply(F.col("shipped"), F.lit("0.5").cast("decimal(1, 1)"))
    )
    surplus = counted(
        surplus,
        "keep rows where available > (shipped * 0.5)",
        of="join shipped on partKey and supplierKey",
    )

    # Keep rows with a partner in surplus on supplierKey.
    supplier_matched = supplier_filtered.join(
        surplus.select(F.col("supplierKey").alias("_supplierKey")),
        F.col("supplierKey") == F.col("_supplierKey"),
        "left_semi",
    )
    supplier_matched = counted(
        supplier_matched,
        "keep rows with a partner in surplus on supplierKey",
        of='keep rows where nation = "CANADA"',
    )

    # Select supplier, supplierAddress.
    supplier_selected = supplier_matched.select("supplier", "supplierAddress")

    return supplier_selected


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_supplier",
            "landing_nation",
            "landing_region",
            "landing_partsupp",
            "landing_part",
            "landing_lineitem",
            "curated_q20_potential_part_promotion",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            run.read_json("landing_partsupp", LANDING_PARTSUPP),
            run.read_json("landing_part", LANDING_PART),
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep rows with a partner in surplus on supplierKey")
        run.publish(result, "curated_q20_potential_part_promotion")


if __name__ == "__main__":
    main()
