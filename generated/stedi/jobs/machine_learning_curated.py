"""machine_learning_curated: The training set of step detection: phone and sensor readings of one
customer at one time, under a pseudonym.

Reads   trusted.accelerometer, trusted.step_trainer
Writes  curated.machine_learning
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

TRUSTED_ACCELEROMETER = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("timestamp", T.LongType(), nullable=False),
        T.StructField("x", T.DoubleType(), nullable=False),
        T.StructField("y", T.DoubleType(), nullable=False),
        T.StructField("z", T.DoubleType(), nullable=False),
    ]
)

TRUSTED_STEP_TRAINER = T.StructType(
    [
        T.StructField("sensorReadingTime", T.LongType(), nullable=False),
        T.StructField("distanceFromObject", T.IntegerType(), nullable=False),
        T.StructField("email", T.StringType(), nullable=False),
    ]
)


def transform(
    trusted_accelerometer: DataFrame,
    trusted_step_trainer: DataFrame,
    *,
    pseudonym_key: lakewright.PseudonymKey,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of curated.machine_learning.

    pseudonym_key: the key that makes the pseudonyms.
    """
    # Joined on the customer too: at the same millisecond other people's sensors report as well.
    pairs = trusted_accelerometer.join(
        trusted_step_trainer,
        (F.col("timestamp") == F.col("sensorReadingTime")) & (F.col("user") == F.col("email")),
        "inner",
    ).drop("sensorReadingTime", "email")
    pairs = counted(
        pairs,
        "join trusted_step_trainer on timestamp = sensorReadingTime and user = email",
        of="trusted_accelerometer",
    )

    # Make one row for each user.
    first_readings = pairs.groupBy("user").agg(F.min(F.col("timestamp")).alias("firstReading"))
    first_readings = counted(
        first_readings,
        "make one row for each user",
        of="join trusted_step_trainer on timestamp = sensorReadingTime and user = email",
    )

    # A clock time singles people out; the time since one's own first reading does not.
    accelerometer_joined = pairs.join(
        first_readings.withColumnRenamed("user", "_user"),
        F.col("user") == F.col("_user"),
        "inner",
    ).drop("_user")
    accelerometer_joined = counted(
        accelerometer_joined,
        "join first_readings on user",
        of="join trusted_step_trainer on timestamp = sensorReadingTime and user = email",
    )

    # Derive elapsedMs.
    accelerometer_derived = accelerometer_joined.withColumn(
        "elapsedMs",
        lakewright.elapsed_since(F.col("timestamp"), F.col("firstReading")),
    )

    # Pseudonymize participant.
    accelerometer_pseudonymized = lakewright.pseudonyms(
        accelerometer_derived,
        "user",
        "participant",
        pseudonym_key,
    ).drop("user")

    # Select participant, elapsedMs, x, y, z, distanceFromObject.
    readings = accelerometer_pseudonymized.select(
        "participant",
        "elapsedMs",
        "x",
        "y",
        "z",
        "distanceFromObject",
    )

    return readings


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "trusted_accelerometer",
            "trusted_step_trainer",
            "curated_machine_learning",
            "pseudonym_key",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_table("trusted_accelerometer", TRUSTED_ACCELEROMETER),
            run.read_table("trusted_step_trainer", TRUSTED_STEP_TRAINER),
            pseudonym_key=run.pseudonym_key,
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("join first_readings on user")
        run.prove_consent(
            "participant",
            lakewright.Listed("trusted_accelerometer", "user", key=run.pseudonym_key),
            lakewright.Listed("trusted_step_trainer", "email", key=run.pseudonym_key),
        )
        run.publish(result, "curated_machine_learning")


if __name__ == "__main__":
    main()
