"""q08_national_market_share: The share of a nation's suppliers in what a region spent on one
type of part, by year.

Reads landing.lineitem, landing.part, landing.orders, landing.customer, landing.nation,
landing.region, landing.supplier
Writes  curated.q08_national_market_share
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

LANDING_CUSTOMER = T.StructType(
    [
        T.StructField("customerKey", T.LongType(), nullable=False),
        T.StructField("customer", T.StringType(), nullable=False),
        T.StructField("customerAddress", T.StringType(), nullable=False),
        T.StructField("nationKey", T.IntegerType(), nullable=False),
        T.StructField("customerPhone", T.StringType(), nullable=False),
        T.StructField("customerBalance", T.DecimalType(12, 2), nullable=False),
        T.StructField("segment", T.StringType(), nullable=False),
        T.StructField("customerComment", T.StringType(), nullable=False),
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


def transform(
    landing_lineitem: DataFrame,
    landing_part: DataFrame,
    landing_orders: DataFrame,
    landing_customer: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    landing_supplier: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q08_national_market_share."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where type = "ECONOMY ANODIZED STEEL".
    part_filtered = landing_part.where(F.col("type") == "ECONOMY ANODIZED STEEL")
    part_filtered = counted(
        part_filtered,
        'keep rows where type = "ECONOMY ANODIZED STEEL"',
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

    # Nations with the name of their region.
    nation_joined = landing_nation.join(
        F.broadcast(landing_region.withColumnRenamed("regionKey", "_regionKey")),
        F.col("regionKey") == F.col("_regionKey"),
        "inner",
    ).drop("_regionKey")
    nation_joined = counted(nation_joined, "join landing_region on regionKey", of="landing_nation")

    # Select nationKey, nation, region.
    nations_of_the_world = nation_joined.select("nationKey", "nation", "region")

    # Customers with the names of their nation and region.
    located_customers = landing_customer.join(
        nations_of_the_world.withColumnRenamed("nationKey", "_nationKey"),
        F.col("nationKey") == F.col("_nationKey"),
        "inner",
    ).drop("_nationKey")
    located_customers = counted(
        located_customers,
        "join nations_of_the_world on nationKey",
        of="landing_customer",
    )

    # Orders with who made them, and where.
    orders_of_customers = landing_orders.join(
        located_customers.withColumnRenamed("customerKey", "_customerKey"),
        F.col("customerKey") == F.col("_customerKey"),
        "inner",
    ).drop("_customerKey")
    orders_of_customers = counted(
        orders_of_customers,
        "join located_customers on customerKey",
        of="landing_orders",
    )

    # Keep rows where ((region = "AMERICA") and (orderDate >= "1995-01-01")) and (orderDate <=
    # "1996-12-31").
    orders_filtered = orders_of_customers.where(
        ((F.col("region") == "AMERICA") & (F.col("orderDate") >= F.lit("1995-01-01").cast("date")))
        & (F.col("orderDate") <= F.lit("1996-12-31").cast("date"))
    )
    orders_filtered = counted(
        orders_filtered,
        'keep rows where ((region = "AMERICA") and (orderDate >= "1995-01-01")) and (orderDate ...',
        of="join located_customers on customerKey",
    )

    # Select orderKey, orderDate.
    orders_of_region = orders_filtered.select("orderKey", "orderDate")

    # Join orders_of_region on orderKey.
    lineitem_joined = lineitem_matched.join(
        orders_of_region.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join orders_of_region on orderKey",
        of="keep rows with a partner in part_filtered on partKey",
    )

    # Suppliers with the names of their nation and region.
    located_suppliers = landing_supplier.join(
        nations_of_the_world.withColumnRenamed("nationKey", "_nationKey"),
        F.col("nationKey") == F.col("_nationKey"),
        "inner",
    ).drop("_nationKey")
    located_suppliers = counted(
        located_suppliers,
        "join nations_of_the_world on nationKey (2)",
        of="landing_supplier",
    )

    # Select supplierKey, nation.
    supplier_selected = located_suppliers.select("supplierKey", "nation")

    # Join supplier_selected on supplierKey.
    lineitem_joined_2 = lineitem_joined.join(
        supplier_selected.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    lineitem_joined_2 = counted(
        lineitem_joined_2,
        "join supplier_selected on supplierKey",
        of="join orders_of_region on orderKey",
    )

    # Derive year.
    lineitem_derived = lineitem_joined_2.withColumn("year", F.year(F.col("orderDate")))

    # Make one row for each year.
    lineitem_summed = lineitem_derived.groupBy("year").agg(
        F.try_sum(F.col("revenue")).alias("all"),
        F.try_sum(F.when(F.col("nation") == "BRAZIL", F.col("revenue"))).alias("national"),
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each year",
        of="join supplier_selected on supplierKey",
    )

    # Derive marketShare.
    lineitem_derived_2 = lineitem_summed.withColumn(
        "marketShare",
        F.try_divide(
            F.coalesce(F.col("national"), F.lit("0.0000").cast("decimal(28, 4)")).cast("double"),
            F.col("all").cast("double"),
        ),
    )

    # Select year, marketShare.
    lineitem_selected = lineitem_derived_2.select("year", "marketShare")

    return lineitem_selected


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_part",
            "landing_orders",
            "landing_customer",
            "landing_nation",
            "landing_region",
            "landing_supplier",
            "curated_q08_national_market_share",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_part", LANDING_PART),
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_customer", LANDING_CUSTOMER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each year")
        run.publish(result, "curated_q08_national_market_share")


if __name__ == "__main__":
    main()
