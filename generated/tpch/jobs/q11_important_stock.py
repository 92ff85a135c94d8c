"""q11_important_stock: Parts that make up more than a share of the value of all stock of a
nation's suppliers.

Reads   landing.partsupp, landing.supplier, landing.nation, landing.region
Writes  curated.q11_important_stock
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


def transform(
    landing_partsupp: DataFrame,
    landing_supplier: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q11_important_stock."""
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

    # Keep rows where nation = "GERMANY".
    supplier_filtered = located_suppliers.where(F.col("nation") == "GERMANY")
    supplier_filtered = counted(
        supplier_filtered,
        'keep rows where nation = "GERMANY"',
        of="join nations_of_the_world on nationKey",
    )

    # Keep rows with a partner in supplier_filtered on supplierKey.
    stock = landing_partsupp.join(
        supplier_filtered.select(F.col("supplierKey").alias("_supplierKey")),
        F.col("supplierKey") == F.col("_supplierKey"),
        "left_semi",
    )
    stock = counted(
        stock,
        "keep rows with a partner in supplier_filtered on supplierKey",
        of="landing_partsupp",
    )

    # Make one row for each partKey.
    partsupp_summed = stock.groupBy("partKey").agg(
        F.try_sum(F.try_multiply(F.col("cost"), F.col("available").cast("decimal(10, 0)"))).alias(
            "value"
        )
    )
    partsupp_summed = counted(
        partsupp_summed,
        "make one row for each partKey",
        of="keep rows with a partner in supplier_filtered on supplierKey",
    )

    # Make one row of all rows.
    total = stock.agg(
        F.try_sum(F.try_multiply(F.col("cost"), F.col("available").cast("decimal(10, 0)"))).alias(
            "total"
        )
    )
    total = counted(
        total,
        "make one row of all rows",
        of="keep rows with a partner in supplier_filtered on supplierKey",
    )

    # Pair each row with each of total.
    partsupp_paired = partsupp_summed.crossJoin(total)
    partsupp_paired = counted(
        partsupp_paired,
        "pair each row with each of total",
        of="make one row for each partKey",
    )

    # Keep rows where value > (total * 0.0001).
    partsupp_filtered = partsupp_paired.where(
        F.col("value") > F.try_multiply(F.col("total"), F.lit("0.0001").cast("decimal(4, 4)"))
    )
    partsupp_filtered = counted(
        partsupp_filtered,
        "keep rows where value > (total * 0.0001)",
        of="pair each row with each of total",
    )

    # Select partKey, value.
    partsupp_selected = partsupp_filtered.select("partKey", "value")

    return partsupp_selected


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
            "curated_q11_important_stock",
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
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep rows where value > (total * 0.0001)")
        run.publish(result, "curated_q11_important_stock")


if __name__ == "__main__":
    main()
