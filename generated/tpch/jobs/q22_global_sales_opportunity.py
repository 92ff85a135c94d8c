"""q22_global_sales_opportunity: Customers with more money than usual who never ordered anything,
by country.

Reads   landing.customer, landing.orders
Writes  curated.q22_global_sales_opportunity
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
    """Compute the rows of curated.q22_global_sales_opportunity."""
    # Derive country.
    customer_derived = landing_customer.withColumn(
        "country",
        F.substring(F.col("customerPhone"), 1, 2),
    )

    # Keep rows where isIn(country, "13", "31", "23", "29", "30", "18", "17").
    of_countries = customer_derived.where(
        F.col("country").isin("13", "31", "23", "29", "30", "18", "17")
    )
    of_countries = counted(
        of_countries,
        'keep rows where isIn(country, "13", "31", "23", "29", "30", "18", "17")',
        of="landing_customer",
    )

    # Keep rows without a partner in landing_orders on customerKey.
    customer_unmatched = of_countries.join(
        landing_orders.select(F.col("customerKey").alias("_customerKey")),
        F.col("customerKey") == F.col("_customerKey"),
        "left_anti",
    )
    customer_unmatched = counted(
        customer_unmatched,
        "keep rows without a partner in landing_orders on customerKey",
        of='keep rows where isIn(country, "13", "31", "23", "29", "30", "18", "17")',
    )

    # Keep rows where customerBalance > 0.00.
    customer_filtered = of_countries.where(
        F.col("customerBalance") > F.lit("0.00").cast("decimal(12, 2)")
    )
    customer_filtered = counted(
        customer_filtered,
        "keep rows where customerBalance > 0.00",
        of='keep rows where isIn(country, "13", "31", "23", "29", "30", "18", "17")',
    )

    # Make one row of all rows.
    usual = customer_filtered.agg(F.avg(F.col("customerBalance").cast("double")).alias("usual"))
    usual = counted(usual, "make one row of all rows", of="keep rows where customerBalance > 0.00")

    # Pair each row with each of usual.
    customer_paired = customer_unmatched.crossJoin(usual)
    customer_paired = counted(
        customer_paired,
        "pair each row with each of usual",
        of="keep rows without a partner in landing_orders on customerKey",
    )

    # Keep rows where toDouble(customerBalance) > usual.
    customer_filtered_2 = customer_paired.where(
        F.col("customerBalance").cast("double") > F.col("usual")
    )
    customer_filtered_2 = counted(
        customer_filtered_2,
        "keep rows where toDouble(customerBalance) > usual",
        of="pair each row with each of usual",
    )

    # Make one row for each country.
    customer_summed = customer_filtered_2.groupBy("country").agg(
        F.count(F.lit(1)).alias("customers"),
        F.try_sum(F.col("customerBalance")).alias("balance"),
    )
    customer_summed = counted(
        customer_summed,
        "make one row for each country",
        of="keep rows where toDouble(customerBalance) > usual",
    )

    return customer_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_customer",
            "landing_orders",
            "curated_q22_global_sales_opportunity",
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
        run.prove_rows("make one row for each country")
        run.publish(result, "curated_q22_global_sales_opportunity")


if __name__ == "__main__":
    main()
