"""q15_top_supplier: The supplier who earned most in a quarter; several, where they earned the
same.

Reads   landing.supplier, landing.lineitem
Writes  curated.q15_top_supplier
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
    landing_lineitem: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.q15_top_supplier."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where (shipDate >= "1996-01-01") and (shipDate < "1996-04-01").
    lineitem_filtered = sales.where(
        (F.col("shipDate") >= F.lit("1996-01-01").cast("date"))
        & (F.col("shipDate") < F.lit("1996-04-01").cast("date"))
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where (shipDate >= "1996-01-01") and (shipDate < "1996-04-01")',
        of="landing_lineitem",
    )

    # Make one row for each supplierKey.
    revenues = lineitem_filtered.groupBy("supplierKey").agg(
        F.try_sum(F.col("revenue")).alias("revenue")
    )
    revenues = counted(
        revenues,
        "make one row for each supplierKey",
        of='keep rows where (shipDate >= "1996-01-01") and (shipDate < "1996-04-01")',
    )

    # Make one row of all rows.
    highest = revenues.agg(F.max(F.col("revenue")).alias("revenue"))
    highest = counted(highest, "make one row of all rows", of="make one row for each supplierKey")

    # Keep rows with a partner in highest on revenue.
    lineitem_matched = revenues.join(
        highest.select(F.col("revenue").alias("_revenue")),
        F.col("revenue") == F.col("_revenue"),
        "left_semi",
    )
    lineitem_matched = counted(
        lineitem_matched,
        "keep rows with a partner in highest on revenue",
        of="make one row for each supplierKey",
    )

    # Join lineitem_matched on supplierKey.
    supplier_joined = landing_supplier.join(
        lineitem_matched.withColumnRenamed("supplierKey", "_supplierKey"),
        F.col("supplierKey") == F.col("_supplierKey"),
        "inner",
    ).drop("_supplierKey")
    supplier_joined = counted(
        supplier_joined,
        "join lineitem_matched on supplierKey",
        of="landing_supplier",
    )

    # Select supplierKey, supplier, supplierAddress, supplierPhone, revenue.
    supplier_selected = supplier_joined.select(
        "supplierKey",
        "supplier",
        "supplierAddress",
        "supplierPhone",
        "revenue",
    )

    return supplier_selected


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_supplier",
            "landing_lineitem",
            "curated_q15_top_supplier",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(
            run.read_json("landing_supplier", LANDING_SUPPLIER),
            run.read_json("landing_lineitem", LANDING_LINEITEM),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("join lineitem_matched on supplierKey")
        run.publish(result, "curated_q15_top_supplier")


if __name__ == "__main__":
    main()
