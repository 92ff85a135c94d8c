"""Lines that cannot be read, kept for a person to look at: under a key of their own, and not for long.

They may be about anybody, whoever consents to what. The deployed job says the key and the days in its
settings; without them, as on a developer's machine, lines are kept as everything else is.
"""

from datetime import timedelta

from lakewright_tables import delete_older_runs
from lakewright_work import Work
from pyspark.sql import DataFrame

_KEY = "spark.lakewright.quarantine.key"
_DAYS = "spark.lakewright.quarantine.days"
# Hadoop keeps one file system for each scheme, with one key for all that it writes: the bucket's other
# name here is the same bucket with the other key.
_SCHEME = "quarantine"
_S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem"


class Quarantine:
    """The odd lines of one input, a folder for each run."""

    def __init__(self, work: Work, argument: str) -> None:
        self._work = work
        table = argument.removeprefix("landing_")
        self._root = f"{work.argument('quarantine').rstrip('/')}/{table}/{work.job}"

    def keep(self, odd: DataFrame) -> DataFrame:
        """Write lines with their reasons; gives what was written, without the lines."""
        spark, place = self._work.spark, f"{self._root}/{self._work.run_id}"
        key, options = spark.conf.get(_KEY, None), {}
        if key and place.startswith("s3://"):
            place = f"{_SCHEME}{place.removeprefix('s3')}"
            options = {f"fs.{_SCHEME}.impl": _S3A, "fs.s3a.encryption.key": key}
            options["fs.s3a.encryption.algorithm"] = "SSE-KMS"
        odd.repartition(1).write.options(**options).json(place)
        known = "reason string, unreadable array<string>"
        return spark.read.options(**options).schema(known).json(place)

    def expire(self) -> None:
        """Delete what earlier runs kept, but for the last one's, and for that one's too once it is old."""
        days = self._work.spark.conf.get(_DAYS, None)
        if days and self._root.startswith("s3://"):
            delete_older_runs(self._root, self._work.run_id, timedelta(days=int(days)))
