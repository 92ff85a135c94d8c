"""Who was erased and must not come back: a list of keyed digests, and reading past their lines."""

import json
from pathlib import Path

from lakewright_failures import JobFailed, error_class
from lakewright_pseudonyms import PseudonymKey, pseudonyms
from lakewright_tables import aws, bucket_and_key
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

_DIGEST, _LISTED = "_lakewright_digest", "_lakewright_listed"


def suppressed_at(place: str) -> list[str]:
    """The digests of a suppression list; none where nobody was erased yet, and so no list is."""
    if "://" in place:
        bucket, key = bucket_and_key(place)
        try:
            text = aws("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        except Exception as error:
            # Without the right to list, S3 says AccessDenied here; then nobody knows, and the job stops.
            if error_class(error) == "NoSuchKey":
                return []
            raise
    elif Path(place).exists():
        text = Path(place).read_bytes()
    else:
        return []
    try:
        digests = json.loads(text)["digests"]
    except (KeyError, TypeError, ValueError):
        raise JobFailed("the suppression list cannot be read") from None
    return [str(one) for one in digests]


def with_suppressed(
    frame: DataFrame, about: Column, digests: list[str], key: PseudonymKey
) -> DataFrame:
    """Add column `suppressed`: whether the subject or device in `about` is on the list."""
    spark = frame.sparkSession
    schema = T.StructType([T.StructField(_LISTED, T.StringType())])
    listed = F.broadcast(spark.createDataFrame([(one,) for one in digests], schema))
    named = frame.withColumn(_DIGEST, about.cast("string"))
    keyed = pseudonyms(named, _DIGEST, _DIGEST, key)
    found = keyed.join(listed, F.col(_DIGEST) == F.col(_LISTED), "left")
    return found.withColumn("suppressed", F.col(_LISTED).isNotNull()).drop(_DIGEST, _LISTED)


def subject_of(schema: T.StructType, column: str) -> Column:
    """Whom a parsed line is about, also where it was not fit to be a row."""
    said = F.get_json_object("line", f"$['{column.replace(chr(39), '')}']")
    if column not in schema.names:
        return said
    return F.coalesce(F.col("row")[column].cast("string"), said)
