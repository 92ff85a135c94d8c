"""step_features_curated: What a step detector looks at: distance and acceleration of each
participant, summed up every ten seconds.

Reads   curated.machine_learning
Writes  curated.step_features
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

CURATED_MACHINE_LEARNING = T.StructType(
    [
        T.StructField("participant", T.StringType(), nullable=False),
        T.StructField("elapsedMs", T.LongType(), nullable=True),
        T.StructField("x", T.DoubleType(), nullable=False),
        T.StructField("y", T.DoubleType(), nullable=False),
        T.StructField("z", T.DoubleType(), nullable=False),
        T.StructField("distanceFromObject", T.IntegerType(), nullable=False),
    ]
)


def transform(curated_machine_learning: DataFrame, *, counted=lakewright.uncounted) -> DataFrame:
    """Compute the rows of curated.step_features."""
    # Derive windowStartMs, acceleration.
    machine_learning_derived = curated_machine_learning.withColumns(
        {
            "windowStartMs": F.try_subtract(
                F.col("elapsedMs"),
                F.pmod(F.col("elapsedMs"), F.lit(10000)),
            ),
            "acceleration": F.sqrt(
                ((F.col("x") * F.col("x")) + (F.col("y") * F.col("y"))) + (F.col("z") * F.col("z"))
            ),
        }
    )

    # Make one row for each participant, windowStartMs.
    features = machine_learning_derived.groupBy("participant", "windowStartMs").agg(
        F.count(F.lit(1)).alias("readings"),
        F.avg(F.col("distanceFromObject")).alias("distanceMean"),
        F.stddev_samp(F.col("distanceFromObject")).alias("distanceDeviation"),
        F.min(F.col("distanceFromObject")).alias("distanceMin"),
        F.max(F.col("distanceFromObject")).alias("distanceMax"),
        F.avg(F.col("acceleration")).alias("accelerationMean"),
        F.stddev_samp(F.col("acceleration")).alias("accelerationDeviation"),
        F.min(F.col("acceleration")).alias("accelerationMin"),
        F.max(F.col("acceleration")).alias("accelerationMax"),
    )
    features = counted(
        features,
        "make one row for each participant, windowStartMs",
        of="curated_machine_learning",
    )

    return features


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        ["JOB_NAME", "curated_machine_learning", "curated_step_features", "report"],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_table("curated_machine_learning", CURATED_MACHINE_LEARNING),
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("make one row for each participant, windowStartMs")
        run.prove_consent(
            "participant",
            lakewright.Listed("curated_machine_learning", "participant"),
        )
        # What is expected of the table as a whole; one query answers all of it.
        run.expect(
            "unique by participant, windowStartMs",
            lakewright.unique("participant", "windowStartMs"),
            on_unmet="fail",
        )
        run.expect("rows: 1 or more", lakewright.row_count(least=1), on_unmet="warn")
        run.publish(result, "curated_step_features")


if __name__ == "__main__":
    main()
