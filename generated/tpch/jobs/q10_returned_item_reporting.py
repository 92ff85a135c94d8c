"""q10_returned_item_reporting: The twenty customers who cost most by sending back what they
ordered in a quarter.

Reads   landing.lineitem, landing.orders, landing.customer, landing.nation, landing.region
Writes  curated.q10_returned_item_reporting
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


def transform(
    landing_lineitem: DataFrame,
    landing_orders: DataFrame,
    landing_customer: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q10_returned_item_reporting."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where returnFlag = "R".
    lineitem_filtered = sales.where(F.col("returnFlag") == "R")
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where returnFlag = "R"',
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

    # Keep rows where (orderDate >= "1993-10-01") and (orderDate < "1994-01-01").
    orders_filtered = orders_of_customers.where(
        (F.col("orderDate") >= F.lit("1993-10-01").cast("date"))
        & (F.col("orderDate") < F.lit("1994-01-01").cast("date"))
    )
    orders_filtered = counted(
        orders_filtered,
        'keep rows where (orderDate >= "1993-10-01") and (orderDate < "1994-01-01")',
        of="join located_customers on customerKey",
    )

    # Join orders_filtered on orderKey.
    lineitem_joined = lineitem_filtered.join(
        orders_filtered.withColumnRenamed("orderKey", "_orderKey"),
        F.col("orderKey") == F.col("_orderKey"),
        "inner",
    ).drop("_orderKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join orders_filtered on orderKey",
        of='keep rows where returnFlag = "R"',
    )

    # Make one row for each customerKey, customer, customerBalance, nation, customerAddress,
    # customerPhone, customerComment.
    lineitem_summed = lineitem_joined.groupBy(
        "customerKey",
        "customer",
        "customerBalance",
        "nation",
        "customerAddress",
        "customerPhone",
        "customerComment",
    ).agg(F.try_sum(F.col("revenue")).alias("revenue"))
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each customerKey, customer, customerBalance, nation, ...",
        of="join orders_filtered on orderKey",
    )

    # Keep the first 20 rows by revenue desc.
    lineitem_first = lineitem_summed.orderBy(
        F.col("revenue").desc_nulls_last(),
        F.col("customerKey").asc_nulls_last(),
        F.col("customer").asc_nulls_last(),
        F.col("customerBalance").asc_nulls_last(),
        F.col("nation").asc_nulls_last(),
        F.col("customerAddress").asc_nulls_last(),
        F.col("customerPhone").asc_nulls_last(),
        F.col("customerComment").asc_nulls_last(),
    ).limit(20)
    lineitem_first = counted(
        lineitem_first,
        "keep the first 20 rows by revenue desc",
        of="make one row for each customerKey, customer, customerBalance, nation, ...",
    )

    return lineitem_first


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "landing_orders",
            "landing_customer",
            "landing_nation",
            "landing_region",
            "curated_q10_returned_item_reporting",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_customer", LANDING_CUSTOMER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep the first 20 rows by revenue desc")
        run.publish(result, "curated_q10_returned_item_reporting")


if __name__ == "__main__":
    main()
