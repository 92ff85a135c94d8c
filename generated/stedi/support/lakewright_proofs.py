"""Consent read anew, and what is proven of a table before anybody sees it.

A doubt keeps the last good version.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from lakewright_failures import JobFailed, ProofFailed
from lakewright_pseudonyms import PseudonymKey
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


@dataclass(frozen=True)
class Consent:
    """The subjects of a table, by argument, who consent there; the columns are the table's own.

    `key`: what is published names them by pseudonyms of this key.
    """

    table: str
    subject: str
    granted_at: str
    version: str
    withdrawn_at: str | None = None
    key: PseudonymKey | None = None


@dataclass(frozen=True)
class Listed:
    """The subjects that a published table of consenting people lists in a column.

    `key`: what is published names them by pseudonyms of this key.
    """

    table: str
    subject: str
    key: PseudonymKey | None = None


def instant_of(text: str) -> datetime:
    """The instant at which consent is read: ISO-8601 with an offset, or `now`."""
    try:
        instant = datetime.now(UTC) if text == "now" else datetime.fromisoformat(text)
    except ValueError:
        raise JobFailed(f"--consent_as_of {text!r} is not an ISO-8601 instant") from None
    if instant.tzinfo is None:
        raise JobFailed(f"--consent_as_of {text!r} lacks its offset, such as Z")
    return instant.astimezone(UTC)


def consenting(consent: Consent, rows: DataFrame, as_of: int) -> DataFrame:
    """The subjects whose newest version consents at `as_of`, in epoch milliseconds.

    Said by aggregates, where the scripts use windows, so that one mistake cannot be in both.
    """
    granted = F.col(consent.granted_at)
    withdrawn = F.col(consent.withdrawn_at) if consent.withdrawn_at else _null_like(granted)
    instant = F.timestamp_millis(F.lit(as_of)) if _is_time(consent, rows) else F.lit(as_of)
    versions = rows.select(
        F.col(consent.subject).alias("subject"),
        F.col(consent.version).alias("version"),
        granted.alias("granted"),
        withdrawn.alias("withdrawn"),
    ).where("subject IS NOT NULL")
    newest = versions.groupBy("subject").agg(
        F.max("version").alias("version"), F.count_if(F.expr("version IS NULL")).alias("undated")
    )
    # Equally new versions have to agree.
    said = versions.join(newest.where("undated = 0"), ["subject", "version"]).groupBy("subject")
    answers = said.agg(
        F.count_distinct(F.struct("granted", "withdrawn")).alias("answers"),
        F.max("granted").alias("granted"),
        F.max("withdrawn").alias("withdrawn"),
    )
    agreed = answers.where("answers = 1 AND granted IS NOT NULL")
    lasting = agreed.where("withdrawn IS NULL OR withdrawn < granted")
    return lasting.where(F.col("granted") <= instant).select("subject")


def _null_like(column: Column) -> Column:
    return F.when(F.lit(False), column)


def _is_time(consent: Consent, rows: DataFrame) -> bool:
    return rows.schema[consent.granted_at].dataType.simpleString() == "timestamp"


def require_no_strangers(staged: DataFrame, key: str, known: DataFrame) -> None:
    """Every row to be published is about somebody whom `known` lists."""
    rows = staged.select(F.col(key).alias("subject"))
    strangers = rows.join(known.distinct(), "subject", "left_anti").count()
    if strangers:
        said = f"{strangers} rows whose {key} is of nobody who consents"
        raise ProofFailed(f"not published: {said}")


def require_sole_owners(joined: DataFrame, alias: str, subject: str, step: str) -> None:
    """What is joined by an alias, such as a device, names one subject for each."""
    owners = joined.groupBy(alias).agg(F.count_distinct(subject).alias("owners"))
    shared = owners.where("owners <> 1").count()
    if shared:
        said = f"{shared} of {alias} do not have one {subject} each after: {step}"
        raise ProofFailed(f"not published: {said}")


def require_equal(what: str, found: int, expected: int) -> None:
    """Rows that came in are rows that went out, or were counted on the way."""
    if found != expected:
        raise ProofFailed(f"not published: {what}: {found} rows, expected {expected}")
