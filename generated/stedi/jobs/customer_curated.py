"""customer_curated: Trusted customers that have readings to learn from.

Reads   trusted.customer, trusted.accelerometer
Writes  curated.customer
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

TRUSTED_CUSTOMER = T.StructType(
    [
        T.StructField("customerName", T.StringType(), nullable=True),
        T.StructField("email", T.StringType(), nullable=False),
        T.StructField("phone", T.StringType(), nullable=True),
        T.StructField("birthDay", T.StringType(), nullable=True),
        T.StructField("serialNumber", T.StringType(), nullable=False),
        T.StructField("registrationDate", T.LongType(), nullable=True),
        T.StructField("lastUpdateDate", T.LongType(), nullable=False),
        T.StructField("shareWithResearchAsOfDate", T.LongType(), nullable=False),
        T.StructField("shareWithPublicAsOfDate", T.LongType(), nullable=True),
        T.StructField("shareWithFriendsAsOfDate", T.LongType(), nullable=True),
    ]
)

TRUSTED_ACCELEROMETER = T.StructType([T.StructField("user", T.StringType(), nullable=False)])


def transform(
    trusted_customer: DataFrame,
    trusted_accelerometer: DataFrame,
    *,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.customer."""
    # Keep rows with a partner in trusted_accelerometer on email = user.
    customer_matched = trusted_customer.join(
        trusted_accelerometer.select("user"),
        F.col("email") == F.col("user"),
        "left_semi",
    )
    customer_matched = counted(
        customer_matched,
        "keep rows with a partner in trusted_accelerometer on email = user",
        of="trusted_customer",
    )

    return customer_matched


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        ["JOB_NAME", "trusted_customer", "trusted_accelerometer", "curated_customer", "report"],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_table("trusted_customer", TRUSTED_CUSTOMER),
            run.read_table("trusted_accelerometer", TRUSTED_ACCELEROMETER),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep rows with a partner in trusted_accelerometer on email = user")
        run.prove_consent(
            "email",
            lakewright.Listed("trusted_customer", "email"),
            lakewright.Listed("trusted_accelerometer", "user"),
        )
        run.publish(result, "curated_customer")


if __name__ == "__main__":
    main()
