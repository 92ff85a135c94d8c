"""q01_pricing_summary_report: How much business was billed, shipped and returned.

Reads   landing.lineitem
Writes  curated.q01_pricing_summary_report
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


def transform(landing_lineitem: DataFrame, *, counted=lakewright.uncounted) -> DataFrame:
    """Compute the rows of curated.q01_pricing_summary_report."""
    # Lines with what they earn: their price less the discount.
    sales = landing_lineitem.withColumn(
        "revenue",
        F.try_subtract(F.col("price"), F.try_multiply(F.col("price"), F.col("discount"))),
    )

    # Keep rows where shipDate <= "1998-09-02".
    lineitem_filtered = sales.where(F.col("shipDate") <= F.lit("1998-09-02").cast("date"))
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where shipDate <= "1998-09-02"',
        of="landing_lineitem",
    )

    # Make one row for each returnFlag, lineStatus.
    lineitem_summed = lineitem_filtered.groupBy("returnFlag", "lineStatus").agg(
        F.try_sum(F.col("quantity")).alias("quantity"),
        F.try_sum(F.col("price")).alias("basePrice"),
        F.try_sum(F.col("revenue")).alias("revenue"),
        F.try_sum(
            F.try_add(F.col("revenue"), F.try_multiply(F.col("revenue"), F.col("tax")))
        ).alias("charge"),
        F.avg(F.col("quantity").cast("double")).alias("averageQuantity"),
        F.avg(F.col("price").cast("double")).alias("averagePrice"),
        F.avg(F.col("discount").cast("double")).alias("averageDiscount"),
        F.count(F.lit(1)).alias("lines"),
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row for each returnFlag, lineStatus",
        of='keep rows where shipDate <= "1998-09-02"',
    )

    return lineitem_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "curated_q01_pricing_summary_report",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(run.read_json("landing_lineitem", LANDING_LINEITEM), counted=run.counted)
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each returnFlag, lineStatus")
        run.publish(result, "curated_q01_pricing_summary_report")


if __name__ == "__main__":
    main()
