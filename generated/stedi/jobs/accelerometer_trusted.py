"""accelerometer_trusted: Distinct phone readings of consenting customers, taken at or after
their consent.

Reads   landing.accelerometer, trusted.customer
Writes  trusted.accelerometer
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

LANDING_ACCELEROMETER = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("timestamp", T.LongType(), nullable=False),
        T.StructField("x", T.DoubleType(), nullable=False),
        T.StructField("y", T.DoubleType(), nullable=False),
        T.StructField("z", T.DoubleType(), nullable=False),
    ]
)

TRUSTED_CUSTOMER = T.StructType(
    [
        T.StructField("email", T.StringType(), nullable=False),
        T.StructField("shareWithResearchAsOfDate", T.LongType(), nullable=False),
    ]
)


def transform(
    landing_accelerometer: DataFrame,
    trusted_customer: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of trusted.accelerometer."""
    # Join trusted_customer on user = email.
    accelerometer_joined = landing_accelerometer.join(
        F.broadcast(trusted_customer),
        F.col("user") == F.col("email"),
        "inner",
    ).drop("email")
    accelerometer_joined = counted(
        accelerometer_joined,
        "join trusted_customer on user = email",
        of="landing_accelerometer",
    )

    # Readings from before the customer agreed are not research's to use.
    accelerometer_filtered = accelerometer_joined.where(
        F.col("timestamp") >= F.col("shareWithResearchAsOfDate")
    )
    accelerometer_filtered = counted(
        accelerometer_filtered,
        "keep rows where timestamp >= shareWithResearchAsOfDate",
        of="join trusted_customer on user = email",
    )

    # Drop shareWithResearchAsOfDate.
    accelerometer_reduced = accelerometer_filtered.drop("shareWithResearchAsOfDate")

    # The feed delivers readings more than once.
    readings = accelerometer_reduced.distinct()
    readings = counted(
        readings,
        "keep distinct rows",
        of="keep rows where timestamp >= shareWithResearchAsOfDate",
    )

    return readings


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_accelerometer",
            "trusted_customer",
            "trusted_accelerometer",
            "quarantine",
            "suppression",
            "suppression_key",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_json("landing_accelerometer", LANDING_ACCELEROMETER, about="user"),
            run.read_table("trusted_customer", TRUSTED_CUSTOMER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep distinct rows")
        run.prove_consent(
            "user",
            lakewright.Listed("trusted_customer", "email", since="shareWithResearchAsOfDate"),
            events=["timestamp"],
        )
        run.publish(result, "trusted_accelerometer")


if __name__ == "__main__":
    main()
