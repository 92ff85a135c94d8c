"""q13_customer_distribution: How many customers made how many orders, among them those who made
none.

Reads   landing.customer, landing.orders
Writes  curated.q13_customer_distribution
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

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
    landing_customer: DataFrame,
    landing_orders: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q13_customer_distribution."""
    # Keep rows where not(like(orderComment, "%special%requests%")).
    plain_orders = landing_orders.where(~F.col("orderComment").like("%special%requests%"))
    plain_orders = counted(
        plain_orders,
        'keep rows where not(like(orderComment, "%special%requests%"))',
        of="landing_orders",
    )

    # Left join plain_orders on customerKey.
    customer_joined = landing_customer.join(
        plain_orders.withColumnRenamed("customerKey", "_customerKey"),
        F.col("customerKey") == F.col("_customerKey"),
        "left",
    ).drop("_customerKey")
    customer_joined = counted(
        customer_joined,
        "left join plain_orders on customerKey",
        of="landing_customer",
    )

    # Make one row for each customerKey.
    customer_summed = customer_joined.groupBy("customerKey").agg(
        F.count(F.col("orderKey")).alias("orders")
    )
    customer_summed = counted(
        customer_summed,
        "make one row for each customerKey",
        of="left join plain_orders on customerKey",
    )

    # Make one row for each orders.
    customer_summed_2 = customer_summed.groupBy("orders").agg(F.count(F.lit(1)).alias("customers"))
    customer_summed_2 = counted(
        customer_summed_2,
        "make one row for each orders",
        of="make one row for each customerKey",
    )

    return customer_summed_2


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_customer",
            "landing_orders",
            "curated_q13_customer_distribution",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_customer", LANDING_CUSTOMER),
            run.read_json("landing_orders", LANDING_ORDERS),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each orders")
        run.publish(result, "curated_q13_customer_distribution")


if __name__ == "__main__":
    main()
