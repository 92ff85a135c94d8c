"""step_trainer_trusted: Distinct sensor readings of curated customers' own devices, taken at or
after consent, with the owner.

Reads   landing.step_trainer, landing.customer, curated.customer
Writes  trusted.step_trainer
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

LANDING_STEP_TRAINER = T.StructType(
    [
        T.StructField("sensorReadingTime", T.LongType(), nullable=False),
        T.StructField("serialNumber", T.StringType(), nullable=False),
        T.StructField("distanceFromObject", T.IntegerType(), nullable=False),
    ]
)

LANDING_CUSTOMER = T.StructType(
    [
        T.StructField("email", T.StringType(), nullable=False),
        T.StructField("serialNumber", T.StringType(), nullable=False),
        T.StructField("lastUpdateDate", T.LongType(), nullable=False),
    ]
)

CURATED_CUSTOMER = T.StructType(
    [
        T.StructField("email", T.StringType(), nullable=False),
        T.StructField("shareWithResearchAsOfDate", T.LongType(), nullable=False),
    ]
)


def transform(
    landing_step_trainer: DataFrame,
    landing_customer: DataFrame,
    curated_customer: DataFrame,
    *,
    counted=lakewright.uncounted,
    expected=lakewright.unchecked,
) -> DataFrame:
    """Compute the rows of trusted.step_trainer."""
    # Whoever owns a device now counts, whether they consent or not: a shared device's readings may
    # be anyone's.
    order = Window.partitionBy("email").orderBy(
        F.col("lastUpdateDate").desc_nulls_last(),
        F.col("serialNumber").asc_nulls_last(),
    )
    customer_latest = (
        landing_customer.withColumn("_row", F.row_number().over(order))
        .where(F.col("_row") == 1)
        .drop("_row")
    )
    customer_latest = counted(
        customer_latest,
        "keep the first row of each email by lastUpdateDate desc",
        of="landing_customer",
    )

    # Keep rows whose serialNumber belongs to one email only.
    same_device = Window.partitionBy("serialNumber")
    customer_owned = (
        customer_latest.where(F.col("serialNumber").isNotNull())
        .withColumn("_owners", F.size(F.collect_set(F.struct("email")).over(same_device)))
        .where((F.col("_owners") == 1) & F.col("email").isNotNull())
        .drop("_owners")
    )
    customer_owned = counted(
        customer_owned,
        "keep rows whose serialNumber belongs to one email only",
        of="keep the first row of each email by lastUpdateDate desc",
    )

    # Select email, serialNumber.
    owners = customer_owned.select("email", "serialNumber")

    # Join curated_customer on email.
    consenting_owners = owners.join(
        F.broadcast(curated_customer.withColumnRenamed("email", "_email")),
        F.col("email") == F.col("_email"),
        "inner",
    ).drop("_email")
    consenting_owners = counted(
        consenting_owners,
        "join curated_customer on email",
        of="keep rows whose serialNumber belongs to one email only",
    )

    # Join consenting_owners on serialNumber.
    step_trainer_joined = landing_step_trainer.join(
        F.broadcast(consenting_owners.withColumnRenamed("serialNumber", "_serialNumber")),
        F.col("serialNumber") == F.col("_serialNumber"),
        "inner",
    ).drop("_serialNumber")
    step_trainer_joined = counted(
        step_trainer_joined,
        "join consenting_owners on serialNumber",
        of="landing_step_trainer",
    )

    # Keep rows where sensorReadingTime >= shareWithResearchAsOfDate.
    step_trainer_filtered = step_trainer_joined.where(
        F.col("sensorReadingTime") >= F.col("shareWithResearchAsOfDate")
    )
    step_trainer_filtered = counted(
        step_trainer_filtered,
        "keep rows where sensorReadingTime >= shareWithResearchAsOfDate",
        of="join consenting_owners on serialNumber",
    )

    # Drop shareWithResearchAsOfDate.
    step_trainer_reduced = step_trainer_filtered.drop("shareWithResearchAsOfDate")

    # Keep distinct rows.
    step_trainer_distinct = step_trainer_reduced.distinct()
    step_trainer_distinct = counted(
        step_trainer_distinct,
        "keep distinct rows",
        of="keep rows where sensorReadingTime >= shareWithResearchAsOfDate",
    )

    # A distance below zero is a fault of the sensor.
    readings = expected(
        step_trainer_distinct,
        {"distance is not negative": F.col("distanceFromObject") >= 0},
        of="keep distinct rows",
        on_unmet="drop",
    ).where(F.col("distanceFromObject") >= 0)
    readings = counted(
        readings,
        "keep rows as expected: distance is not negative",
        of="keep distinct rows",
    )

    return readings


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_step_trainer",
            "landing_customer",
            "curated_customer",
            "trusted_step_trainer",
            "quarantine",
            "suppression",
            "suppression_key",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_json(
                "landing_step_trainer",
                LANDING_STEP_TRAINER,
                about="serialNumber",
                at="sensorReadingTime",
            ),
            run.read_json(
                "landing_customer",
                LANDING_CUSTOMER,
                about="email",
                columns=[
                    "customerName",
                    "email",
                    "phone",
                    "birthDay",
                    "serialNumber",
                    "registrationDate",
                    "lastUpdateDate",
                    "shareWithResearchAsOfDate",
                    "shareWithPublicAsOfDate",
                    "shareWithFriendsAsOfDate",
                ],
            ),
            run.read_table("curated_customer", CURATED_CUSTOMER),
            counted=run.counted,
            expected=run.expected,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep rows as expected: distance is not negative")
        run.prove_consent(
            "email",
            lakewright.Listed("curated_customer", "email", since="shareWithResearchAsOfDate"),
            events=["sensorReadingTime"],
        )
        run.prove_sole_owner(
            "serialNumber",
            "email",
            "keep rows whose serialNumber belongs to one email only",
        )
        run.publish(result, "trusted_step_trainer")


if __name__ == "__main__":
    main()
