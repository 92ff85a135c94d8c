"""q02_minimum_cost_supplier: From which supplier of a region to order each part of a kind: the
hundred richest of those who have it at the least cost.

Reads   landing.partsupp, landing.supplier, landing.nation, landing.region, landing.part
Writes  curated.q02_minimum_cost_supplier
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
    landing_nation: DataFrame,
    landing_region: DataFrame,
    landing_part: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q02_minimum_cost_supplier."""
    # Nations with the name of their region.
    nation_joined = landing_nation.join(
        F.broadcast(landing_region.withColumnRenamed("regionKey", "_regionKey")),
        F.col("regionKey") == F.col("_regionKey"),
        "inner",
    ).drop("_regionKey")
    nation_joined = counted(nation_joined, "join landing_region on regionKey", of="landing_nation")

    # Select nationKey, nation, region.
    nations_of_the_world = nation_joined.select("nationKey", "nation", "region")

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

    # Keep rows where region = "EUROPE".
    supplier_filtered = located_suppliers.where(F.col("region") == "EUROPE")
    supplier_filtered = counted(
        supplier_filtered,
        'keep rows where region = "EUROPE"',
        of="join nations_of_the_world on nationKey",
    )

    # Join supplier_filtered on supplierKey.
    offers_of_region = landing_partsupp.join(
        supplier_filtered.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    offers_of_region = counted(
        offers_of_region,
        "join supplier_filtered on supplierKey",
        of="landing_partsupp",
    )

    # Keep rows where (size = 15) and endsWith(type, "BRASS").
    part_filtered = landing_part.where((F.col("size") == 15) & F.col("type").endswith("BRASS"))
    part_filtered = counted(
        part_filtered,
        'keep rows where (size = 15) and endsWith(type, "BRASS")',
        of="landing_part",
    )

    # Join part_filtered on partKey.
    partsupp_joined = offers_of_region.join(
        part_filtered.withColumnRenamed("partKey", "_partKey"),
        F.col("partKey") == F.col("_partKey"),
        "inner",
    ).drop("_partKey")
    partsupp_joined = counted(
        partsupp_joined,
        "join part_filtered on partKey",
        of="join supplier_filtered on supplierKey",
    )

    # Make one row for each partKey.
    least_costs = offers_of_region.groupBy("partKey").agg(F.min(F.col("cost")).alias("cost"))
    least_costs = counted(
        least_costs,
        "make one row for each partKey",
        of="join supplier_filtered on supplierKey",
    )

    # Keep rows with a partner in least_costs on partKey and cost.
    partsupp_matched = partsupp_joined.join(
        least_costs.select(F.col("partKey").alias("_partKey"), F.col("cost").alias("_cost")),
        (F.col("partKey") == F.col("_partKey")) & (F.col("cost") == F.col("_cost")),
        "left_semi",
    )
    partsupp_matched = counted(
        partsupp_matched,
        "keep rows with a partner in least_costs on partKey and cost",
        of="join part_filtered on partKey",
    )

    # Select supplierBalance, supplier, nation, partKey, manufacturer, supplierAddress,
    # supplierPhone, supplierComment.
    partsupp_selected = partsupp_matched.select(
        "supplierBalance",
        "supplier",
        "nation",
        "partKey",
        "manufacturer",
        "supplierAddress",
        "supplierPhone",
        "supplierComment",
    )

    # Keep the first 100 rows by supplierBalance desc, nation asc, supplier asc, partKey asc.
    partsupp_first = partsupp_selected.orderBy(
        F.col("supplierBalance").desc_nulls_last(),
        F.col("nation").asc_nulls_last(),
        F.col("supplier").asc_nulls_last(),
        F.col("partKey").asc_nulls_last(),
        F.col("manufacturer").asc_nulls_last(),
        F.col("supplierAddress").asc_nulls_last(),
        F.col("supplierPhone").asc_nulls_last(),
        F.col("supplierComment").asc_nulls_last(),
    ).limit(100)
    partsupp_first = counted(
        partsupp_first,
        "keep the first 100 rows by supplierBalance desc, nation asc, supplier asc, partKey asc",
        of="keep rows with a partner in least_costs on partKey and cost",
    )

    return partsupp_first


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_partsupp",
            "landing_supplier",
            "landing_nation",
            "landing_region",
            "landing_part",
            "curated_q02_minimum_cost_supplier",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_partsupp", LANDING_PARTSUPP),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            run.read_json("landing_part", LANDING_PART),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows(
            "keep the first 100 rows by supplierBalance desc, nation asc, supplier asc, partKey asc"
        )
        run.publish(result, "curated_q02_minimum_cost_supplier")


if __name__ == "__main__":
    main()
