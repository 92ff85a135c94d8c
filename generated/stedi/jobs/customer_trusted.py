"""customer_trusted: Customers who share their data with research, each in the newest version.

Reads   landing.customer
Writes  trusted.customer
"""

import sys

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T

LANDING_CUSTOMER = T.StructType(
    [
        T.StructField("customerName", T.StringType(), nullable=True),
        T.StructField("email", T.StringType(), nullable=False),
        T.StructField("phone", T.StringType(), nullable=True),
        T.StructField("birthDay", T.StringType(), nullable=True),
        T.StructField("serialNumber", T.StringType(), nullable=False),
        T.StructField("registrationDate", T.LongType(), nullable=True),
        T.StructField("lastUpdateDate", T.LongType(), nullable=False),
        T.StructField("shareWithResearchAsOfDate", T.LongType(), nullable=True),
        T.StructField("shareWithPublicAsOfDate", T.LongType(), nullable=True),
        T.StructField("shareWithFriendsAsOfDate", T.LongType(), nullable=True),
    ]
)


def transform(
    landing_customer: DataFrame,
    *,
    consent_as_of: int,
    counted=lakewright.uncounted,
) -> DataFrame:
    """Compute the rows of trusted.customer.

    consent_as_of: the instant, in epoch milliseconds, up to which consent counts.
    """
    # Keep the newest version of each email that consents to research.
    newest_first = Window.partitionBy("email").orderBy(F.col("lastUpdateDate").desc_nulls_first())
    customer_newest = (
        landing_customer.where(F.col("email").isNotNull())
        .withColumn("_age", F.rank().over(newest_first))
        .where(F.col("_age") == 1)
    )
    # Equally new versions have to agree, or there is no consent; the first is kept.
    equally_new = Window.partitionBy("email")
    first_of_them = equally_new.orderBy(
        F.col("customerName").asc_nulls_last(),
        F.col("phone").asc_nulls_last(),
        F.col("birthDay").asc_nulls_last(),
        F.col("serialNumber").asc_nulls_last(),
        F.col("registrationDate").asc_nulls_last(),
        F.col("shareWithResearchAsOfDate").asc_nulls_last(),
        F.col("shareWithPublicAsOfDate").asc_nulls_last(),
        F.col("shareWithFriendsAsOfDate").asc_nulls_last(),
    )
    customer_consented = (
        customer_newest.withColumn(
            "_answers",
            F.size(F.collect_set(F.struct("shareWithResearchAsOfDate")).over(equally_new)),
        )
        .withColumn("_row", F.row_number().over(first_of_them))
        .where(
            (F.col("_answers") == 1)
            & (F.col("_row") == 1)
            & F.col("lastUpdateDate").isNotNull()
            & F.col("shareWithResearchAsOfDate").isNotNull()
            & (F.col("shareWithResearchAsOfDate") <= consent_as_of)
        )
        .drop("_age", "_answers", "_row")
    )
    customer_consented = counted(
        customer_consented,
        "keep the newest version of each email that consents to research",
        of="landing_customer",
    )

    return customer_consented


def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(
        sys.argv,
        [
            "JOB_NAME",
            "landing_customer",
            "trusted_customer",
            "quarantine",
            "consent_as_of",
            "suppression",
            "suppression_key",
            "report",
        ],
    )
    with lakewright.Run(arguments, library="stedi") as run:
        result = transform(
            run.read_json("landing_customer", LANDING_CUSTOMER, about="email"),
            consent_as_of=run.consent_as_of,
            counted=run.counted,
        )
        # Asked once more of the files themselves, before anybody can read them; a doubt leaves the
        # last version.
        run.prove_rows("keep the newest version of each email that consents to research")
        run.prove_consent(
            "email",
            lakewright.Consent(
                "landing_customer",
                "email",
                granted_at="shareWithResearchAsOfDate",
                version="lastUpdateDate",
            ),
        )
        # What is expected of the table as a whole; one query answers all of it.
        run.expect("unique by email", lakewright.unique("email"), on_unmet="fail")
        run.publish(result, "trusted_customer")


if __name__ == "__main__":
    main()
