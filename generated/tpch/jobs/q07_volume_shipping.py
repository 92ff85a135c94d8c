"""q07_volume_shipping: What was earned with goods between two nations, by direction and year.

Reads landing.lineitem, landing.supplier, landing.nation, landing.region, landing.orders,
landing.customer
Writes  curated.q07_volume_shipping
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


def transform(
    landing_lineitem: DataFrame,
    landing_supplier: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    landing_orders: DataFrame,
    landing_customer: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q07_volume_shipping."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where (shipDate >= "1995-01-01") and (shipDate <= "1996-12-31").
    lineitem_filtered = sales.where(
        (F.col("shipDate") >= F.lit("1995-01-01").cast("date"))
        & (F.col("shipDate") <= F.lit("1996-12-31").cast("date"))
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where (shipDate >= "1995-01-01") and (shipDate <= "1996-12-31")',
        of="landing_lineitem",
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

    # Select supplierKey, nation.
    supplier_selected = located_suppliers.select("supplierKey", "nation")

    # Rename nation to supplierNation.
    sellers = supplier_selected.withColumnRenamed("nation", "supplierNation")

    # Join sellers on supplierKey.
    lineitem_joined = lineitem_filtered.join(
        sellers.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join sellers on supplierKey",
        of='keep rows where (shipDate >= "1995-01-01") and (shipDate <= "1996-12-31")',
    )

    # Customers with the names of their nation and region.
    located_customers = landing_customer.join(
        nations_of_the_world.withColumnRenamed("nationKey", "_nationKey"),
        F.col("nationKey") == F.col("_nationKey"),
        "inner",
    ).drop("_nationKey")
    located_customers = counted(
        located_customers,
        "join nations_of_the_world on nationKey (2)",
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

    # Select orderKey, nation.
    orders_selected = orders_of_customers.select("orderKey", "nation")

    # Rename nation to customerNation.
    buyers = orders_selected.withColumnRenamed("nation", "customerNation")

    # Join buyers on orderKey.
    lineitem_joined_2 = lineitem_joined.join(
        buyers.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined_2 = counted(
        lineitem_joined_2,
        "join buyers on orderKey",
        of="join sellers on supplierKey",
    )

    # Keep rows where ((supplierNation = "FRANCE") and (customerNation = "GERMANY")) or
    # ((supplierNation = "GERMANY") and (customerNation = "FRANCE")).
    lineitem_filtered_2 = lineitem_joined_2.where(
        ((F.col("supplierNation") == "FRANCE") & (F.col("customerNation") == "GERMANY"))
        | ((F.col("supplierNation") == "GERMANY") & (F.col("customerNation") == "FRANCE"))
    )
    lineitem_filtered_2 = counted(
        lineitem_filtered_2,
        'keep rows where ((supplierNation = "FRANCE") and (customerNation = "GERMANY")) or ...',
        of="join buyers on orderKey",
    )

    # Derive year.
    lineitem_derived = lineitem_filtered_2.withColumn("year", F.year(F.col("shipDate")))

    # Make one row for each supplierNation, customerNation, year.
    lineitem_summed = lineitem_derived.groupBy("supplierNation", "customerNation", "year").agg(
        F.try_sum(F.col("revenue")).alias("revenue")
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each supplierNation, customerNation, year",
        of='keep rows where ((supplierNation = "FRANCE") and (customerNation = "GERMANY")) or ...',
    )

    return lineitem_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_supplier",
            "landing_nation",
            "landing_region",
            "landing_orders",
            "landing_customer",
            "curated_q07_volume_shipping",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_customer", LANDING_CUSTOMER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each supplierNation, customerNation, year")
        run.publish(result, "curated_q07_volume_shipping")


if __name__ == "__main__":
    main()
