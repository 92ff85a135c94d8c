"""q09_product_type_profit: What was earned with parts of a colour beyond their cost, by the
supplier's nation and year.

Reads landing.lineitem, landing.part, landing.partsupp, landing.supplier, landing.nation,
landing.region, landing.orders
Writes  curated.q09_product_type_profit
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
    landing_part: DataFrame,
    landing_partsupp: DataFrame,
    landing_supplier: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    landing_orders: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q09_product_type_profit."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where contains(part, "green").
    part_filtered = landing_part.where(F.col("part").contains("green"))
    part_filtered = counted(
        part_filtered,
        'keep rows where contains(part, "green")',
        of="landing_part",
    )

    # Keep rows with a partner in part_filtered on partKey.
    lineitem_matched = sales.join(
        part_filtered.select(F.col("partKey").alias("_partKey")),
        F.col("partKey") == F.col("_partKey"),
        "left_semi",
    )
    lineitem_matched = counted(
        lineitem_matched,
        "keep rows with a partner in part_filtered on partKey",
        of="landing_lineitem",
    )

    # Join landing_partsupp on partKey and supplierKey.
    lineitem_joined = lineitem_matched.join(
        landing_partsupp.withColumnRenamed("partKey", "_partKey").withColumnRenamed(
            "supplierKey",
            "_supplierKey",
        ),
        (F.col("partKey") == F.col("_partKey")) & (F.col("supplierKey") == F.col("_supplierKey")),
        "inner",
    ).drop("_partKey", "_supplierKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join landing_partsupp on partKey and supplierKey",
        of="keep rows with a partner in part_filtered on partKey",
    )

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

    # Join located_suppliers on supplierKey.
    lineitem_joined_2 = lineitem_joined.join(
        located_suppliers.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    lineitem_joined_2 = counted(
        lineitem_joined_2,
        "join located_suppliers on supplierKey",
        of="join landing_partsupp on partKey and supplierKey",
    )

    # Join landing_orders on orderKey.
    lineitem_joined_3 = lineitem_joined_2.join(
        landing_orders.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined_3 = counted(
        lineitem_joined_3,
        "join landing_orders on orderKey",
        of="join located_suppliers on supplierKey",
    )

    # Derive year, profit.
    lineitem_derived = lineitem_joined_3.withColumns(
        {
            "year": F.year(F.col("orderDate")),
            "profit": F.try_subtract(
                F.col("revenue"),
                F.try_multiply(F.col("cost"), F.col("quantity")),
            ),
        }
    )

    # Make one row for each nation, year.
    lineitem_summed = lineitem_derived.groupBy("nation", "year").agg(
        F.try_sum(F.col("profit")).alias("profit")
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each nation, year",
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
            "landing_part",
            "landing_partsupp",
            "landing_supplier",
            "landing_nation",
            "landing_region",
            "landing_orders",
            "curated_q09_product_type_profit",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_part", LANDING_PART),
            run.read_json("landing_partsupp", LANDING_PARTSUPP),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            run.read_json("landing_orders", LANDING_ORDERS),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each nation, year")
        run.publish(result, "curated_q09_product_type_profit")


if __name__ == "__main__":
    main()
