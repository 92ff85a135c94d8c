"""Who was erased and must not come back: a list of keyed digests, and reading past their lines."""

import json
from datetime import datetime
from pathlib import Path

from lakewright_failures import JobFailed, error_class
from lakewright_pseudonyms import PseudonymKey, pseudonyms
from lakewright_tables import aws, bucket_and_key
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

_DIGEST, _LISTED, _SAID = "_lakewright_digest", "_lakewright_listed", "_lakewright_said"
_UNTIL = "_lakewright_until"

# Digest -> epoch milliseconds up to which rows are left out; None: all rows.
Suppressed = dict[str, int | None]


def suppressed_at(place: str) -> Suppressed:
    """Who is on a suppression list; nobody where nobody was erased yet, and so no list is."""
    if "://" in place:
        bucket, key = bucket_and_key(place)
        try:
            text = aws("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        except Exception as error:
            # Without the right to list, S3 says AccessDenied here; then nobody knows, and the job stops.
            if error_class(error) == "NoSuchKey":
                return {}
            raise
    elif Path(place).exists():
        text = Path(place).read_bytes()
    else:
        return {}
    try:
        known = json.loads(text)
        # A device may be somebody else's since; a person stays the same.
        devices = {one["digest"]: _milliseconds(one["until"]) for one in known["devices"]}
        return devices | dict.fromkeys(map(str, known["digests"]))
    except (KeyError, TypeError, ValueError):
        raise JobFailed("the suppression list cannot be read") from None


def _milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def with_suppressed(
    frame: DataFrame, about: Column, at: Column | None, suppressed: Suppressed, key: PseudonymKey
) -> DataFrame:
    """Add column `suppressed`: whether the subject or device in `about` is on the list.

    `at`: when what a row tells of happened; where that cannot be told, the row is left out.
    """
    spark = frame.sparkSession
    schema = T.StructType(
        [T.StructField(_LISTED, T.StringType()), T.StructField(_UNTIL, T.LongType())]
    )
    listed = F.broadcast(spark.createDataFrame(list(suppressed.items()), schema))
    said = F.lit(None) if at is None else at
    named = frame.withColumn(_DIGEST, about.cast("string")).withColumn(_SAID, said.cast("string"))
    keyed = pseudonyms(named, _DIGEST, _DIGEST, key)
    found = keyed.join(listed, F.col(_DIGEST) == F.col(_LISTED), "left")
    instant = f"coalesce(try_cast({_SAID} AS bigint), unix_millis(try_cast({_SAID} AS timestamp)))"
    is_later = F.coalesce(F.expr(f"{instant} > {_UNTIL}"), F.lit(False))
    marked = found.withColumn("suppressed", F.col(_LISTED).isNotNull() & ~is_later)
    return marked.drop(_DIGEST, _LISTED, _SAID, _UNTIL)
