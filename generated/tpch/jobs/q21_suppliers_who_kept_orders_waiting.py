"""q21_suppliers_who_kept_orders_waiting: The hundred suppliers of a nation who most often were
the only ones of several to be late with an order.

Reads   landing.lineitem, landing.orders, landing.supplier, landing.nation, landing.region
Writes  curated.q21_suppliers_who_kept_orders_waiting
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
    landing_lineitem: DataFrame,
    landing_orders: DataFrame,
    landing_supplier: DataFrame,
    landing_nation: DataFrame,
    landing_region: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q21_suppliers_who_kept_orders_waiting."""
    # Keep rows where receiptDate > commitDate.
    late = landing_lineitem.where(F.col("receiptDate") > F.col("commitDate"))
    late = counted(late, "keep rows where receiptDate > commitDate", of="landing_lineitem")

    # Keep rows where status = "F".
    orders_filtered = landing_orders.where(F.col("status") == "F")
    orders_filtered = counted(orders_filtered, 'keep rows where status = "F"', of="landing_orders")

    # Keep rows with a partner in orders_filtered on orderKey.
    lineitem_matched = late.join(
        orders_filtered.select(F.col("orderKey").alias("_orderKey")),
        F.col("orderKey") == F.col("_orderKey"),
        "left_semi",
    )
    lineitem_matched = counted(
        lineitem_matched,
        "keep rows with a partner in orders_filtered on orderKey",
        of="keep rows where receiptDate > commitDate",
    )

    # Rename supplierKey to supplierKey_right.
    lineitem_renamed = landing_lineitem.withColumnRenamed("supplierKey", "supplierKey_right")

    # Keep rows with a partner in lineitem_renamed on orderKey where supplierKey_right <>
    # supplierKey.
    lineitem_matched_2 = lineitem_matched.join(
        lineitem_renamed.select(F.col("orderKey").alias("_orderKey"), "supplierKey_right"),
        (F.col("orderKey") == F.col("_orderKey"))
        & (F.col("supplierKey_right") != F.col("supplierKey")),
        "left_semi",
    )
    lineitem_matched_2 = counted(
        lineitem_matched_2,
        "keep rows with a partner in lineitem_renamed on orderKey where supplierKey_right <> ...",
        of="keep rows with a partner in orders_filtered on orderKey",
    )

    # Rename supplierKey to supplierKey_right.
    lineitem_renamed_2 = late.withColumnRenamed("supplierKey", "supplierKey_right")

    # Keep rows without a partner in lineitem_renamed_2 on orderKey where supplierKey_right <>
    # supplierKey.
    lineitem_unmatched = lineitem_matched_2.join(
        lineitem_renamed_2.select(F.col("orderKey").alias("_orderKey"), "supplierKey_right"),
        (F.col("orderKey") == F.col("_orderKey"))
        & (F.col("supplierKey_right") != F.col("supplierKey")),
        "left_anti",
    )
    lineitem_unmatched = counted(
        lineitem_unmatched,
        "keep rows without a partner in lineitem_renamed_2 on orderKey where supplierKey_right ...",
        of="keep rows with a partner in lineitem_renamed on orderKey where supplierKey_right <> ...",
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

    # Keep rows where nation = "SAUDI ARABIA".
    supplier_filtered = located_suppliers.where(F.col("nation") == "SAUDI ARABIA")
    supplier_filtered = counted(
        supplier_filtered,
        'keep rows where nation = "SAUDI ARABIA"',
        of="join nations_of_the_world on nationKey",
    )

    # Join supplier_filtered on supplierKey.
    lineitem_joined = lineitem_unmatched.join(
        supplier_filtered.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    lineitem_joined = counted(
        lineitem_joined,
        "join supplier_filtered on supplierKey",
        of="keep rows without a partner in lineitem_renamed_2 on orderKey where supplierKey_right ...",
    )

    # Make one row for each supplier.
    lineitem_summed = lineitem_joined.groupBy("supplier").agg(F.count(F.lit(1)).alias("waiting"))
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each supplier",
        of="join supplier_filtered on supplierKey",
    )

    # Keep the first 100 rows by waiting desc, supplier asc.
    lineitem_first = lineitem_summed.orderBy(
        F.col("waiting").desc_nulls_last(),
        F.col("supplier").asc_nulls_last(),
    ).limit(100)
    lineitem_first = counted(
        lineitem_first,
        "keep the first 100 rows by waiting desc, supplier asc",
        of="make one row for each supplier",
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
            "landing_supplier",
            "landing_nation",
            "landing_region",
            "curated_q21_suppliers_who_kept_orders_waiting",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            run.read_json("landing_orders", LANDING_ORDERS),
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_nation", LANDING_NATION),
            run.read_json("landing_region", LANDING_REGION),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep the first 100 rows by waiting desc, supplier asc")
        run.publish(result, "curated_q21_suppliers_who_kept_orders_waiting")


if __name__ == "__main__":
    main()
