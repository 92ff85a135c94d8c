"""q06_forecasting_revenue_change: What a year would have earned more without certain discounts
on small quantities.

Reads   landing.lineitem
Writes  curated.q06_forecasting_revenue_change
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
    """Compute the rows of curated.q06_forecasting_revenue_change."""
    # Keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01").
    lineitem_filtered = landing_lineitem.where(
        (F.col("shipDate") >= F.lit("1994-01-01").cast("date"))
        & (F.col("shipDate") < F.lit("1995-01-01").cast("date"))
    )
    lineitem_filtered = counted(
        lineitem_filtered,
        'keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01")',
        of="landing_lineitem",
    )

    # Keep rows where (discount >= 0.05) and (discount <= 0.07).
    lineitem_filtered_2 = lineitem_filtered.where(
        (F.col("discount") >= F.lit("0.05").cast("decimal(4, 2)"))
        & (F.col("discount") <= F.lit("0.07").cast("decimal(4, 2)"))
    )
    lineitem_filtered_2 = counted(
        lineitem_filtered_2,
        "keep rows where (discount >= 0.05) and (discount <= 0.07)",
        of='keep rows where (shipDate >= "1994-01-01") and (shipDate < "1995-01-01")',
    )

    # Keep rows where quantity < 24.00.
    lineitem_filtered_3 = lineitem_filtered_2.where(
        F.col("quantity") < F.lit("24.00").cast("decimal(12, 2)")
    )
    lineitem_filtered_3 = counted(
        lineitem_filtered_3,
        "keep rows where quantity < 24.00",
        of="keep rows where (discount >= 0.05) and (discount <= 0.07)",
    )

    # Make one row of all rows.
    lineitem_summed = lineitem_filtered_3.agg(
        F.try_sum(F.try_multiply(F.col("price"), F.col("discount"))).alias("revenue")
    )
    lineitem_summed = counted(
        lineitem_summed,
        "make one row of all rows",
        of="keep rows where quantity < 24.00",
    )

    return lineitem_summed


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_lineitem",
            "curated_q06_forecasting_revenue_change",
            "quarantine",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="tpch") as run:
        result = transform(run.read_json("landing_lineitem", LANDING_LINEITEM), counted=run.counted)
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row of all rows")
        run.publish(result, "curated_q06_forecasting_revenue_change")


if __name__ == "__main__":
    main()
