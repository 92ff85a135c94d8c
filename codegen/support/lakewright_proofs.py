"""Consent read anew, and what is proven of a table before anybody sees it.

A doubt keeps the last good version.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce

from lakewright_failures import JobFailed, PermitExpired, ProofFailed
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

    `since`: where it says since when they consent.
    `key`: what is published names them by pseudonyms of this key.
    """

    table: str
    subject: str
    since: str | None = None
    key: PseudonymKey | None = None


def instant_of(text: str) -> datetime:
    """The instant at which consent is read: ISO-8601 with an offset, or `now`; none that is to come.

    Who has announced to consent does not consent yet.
    """
    now = datetime.now(UTC)
    try:
        instant = now if text == "now" else datetime.fromisoformat(text)
    except ValueError:
        raise JobFailed(f"--consent_as_of {text!r} is not an ISO-8601 instant") from None
    if instant.tzinfo is None:
        raise JobFailed(f"--consent_as_of {text!r} lacks its offset, such as Z")
    if instant > now:
        raise JobFailed("--consent_as_of is later than now")
    return instant.astimezone(UTC)


def consenting(consent: Consent, rows: DataFrame, as_of: int) -> DataFrame:
    """The subjects whose newest version consents at `as_of`, in epoch milliseconds, and since when.

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
    answers = versions.groupBy("subject", "version").agg(
        F.min(F.struct("granted", "withdrawn")).alias("least"),
        F.max(F.struct("granted", "withdrawn")).alias("answer"),
    )
    # Equally new versions have to agree. A struct is as great as its first column, null being least.
    agree = F.col("least").eqNullSafe(F.col("answer")).alias("agree")
    newest = answers.groupBy("subject").agg(
        F.max(F.struct("version", agree, "answer")).alias("newest"),
        F.count_if(F.expr("version IS NULL")).alias("undated"),
    )
    said = newest.where("undated = 0 AND newest.agree").select("subject", "newest.answer.*")
    lasting = said.where("withdrawn IS NULL OR withdrawn < granted")
    willing = lasting.where(F.col("granted") <= instant)
    return willing.select("subject", F.col("granted").alias("since"))


def quoted(name: str) -> str:
    """A column's name as it is said to Spark, dots and all."""
    return f"`{name.replace('`', '``')}`"


def require_permit(until: str) -> None:
    """A permit holds until the end of its last day, in UTC."""
    if datetime.now(UTC).date() > date.fromisoformat(until):
        raise PermitExpired(f"a permit to declassify expired: it held until {until}")


def _null_like(column: Column) -> Column:
    return F.when(F.lit(False), column)


def _is_time(consent: Consent, rows: DataFrame) -> bool:
    return rows.schema[consent.granted_at].dataType.simpleString() == "timestamp"


def strangers(
    staged: DataFrame, key: str, known: DataFrame, events: Sequence[str] = ()
) -> DataFrame:
    """Rows to be published about somebody whom `known`, of columns subject and since, does not list.

    With `events`, columns of times, also rows of what was before that subject's consent.
    """
    listed = (known if events else known.select("subject")).distinct()
    same = F.col(f"row.{quoted(key)}") == F.col("listed.subject")
    for event in events:
        time = F.col(f"row.{quoted(event)}")
        same &= time.isNull() | (time >= F.col("listed.since"))
    return staged.alias("row").join(listed.alias("listed"), same, "left_anti")


def not_owned_by_one(joined: DataFrame, alias: str, subject: str) -> DataFrame:
    """Of what is joined by an alias, such as a device, those that do not name one subject each."""
    owners = joined.groupBy(alias).agg(F.min(subject).alias("one"), F.max(subject).alias("other"))
    return owners.where("one IS NULL OR one <> other")


def of_fewer(
    rows: DataFrame, groups: DataFrame, subject: str, least: int, by: list[str], values: list[str]
) -> DataFrame:
    """Groups of fewer subjects than the least, or in which fewer have one of the values.

    By the distinct pairs of a group and a subject, where the script counts within each group.
    """
    keys = [F.col(quoted(name)).alias(f"key_{number}") for number, name in enumerate(by)]
    found = groups.select(F.lit(1).alias("one"), *keys).alias("found")
    whose = F.col(quoted(subject)).alias("whose")
    small = []
    for known in [rows, *(rows.where(F.col(quoted(name)).isNotNull()) for name in values)]:
        names = [f"key_{number}" for number in range(len(by))]
        pairs = known.select(whose, *keys).distinct()
        sizes = pairs.groupBy(*names).agg(F.count(F.lit(1)).alias("size"))
        enough = sizes.where(F.col("size") >= least).alias("enough")
        same = [F.col(f"found.{name}").eqNullSafe(F.col(f"enough.{name}")) for name in names]
        small.append(found.join(enough, reduce(Column.__and__, same, F.lit(True)), "left_anti"))
    return reduce(DataFrame.union, small).distinct()


@dataclass(frozen=True)
class Question:
    """Asked of a table before anybody sees it: no row may speak against what it promises."""

    promise: str
    against: Callable[[DataFrame], DataFrame]
    doubt: str
    """What is said of the number of such rows."""
    people: str | None = None
    """Column that names the people it is about."""
    line: int | None = None
    """Line of the script that asks."""


def require_proven(
    staged: DataFrame, argument: str, rows: int, asked: list[Question]
) -> dict[str, int]:
    """The files hold that many rows, and none against any promise; all is asked in one query.

    Gives how many people each column names that a question is about.
    """
    keys = [question.people for question in asked if question.people]
    frames = [staged, *(question.against(staged) for question in asked)]
    frames += [staged.select(F.col(key)).distinct() for key in keys]
    counts = [
        frame.agg(F.count(F.lit(1)).alias("rows")).select(F.lit(number).alias("of"), "rows")
        for number, frame in enumerate(frames)
    ]
    found = {row["of"]: row["rows"] for row in reduce(DataFrame.union, counts).collect()}
    require_equal(f"{argument} read back", found[0], rows)
    for number, question in enumerate(asked, start=1):
        if found[number]:
            failed = ProofFailed(f"not published: {found[number]} {question.doubt}")
            raise failed.at(question.line)
    return {key: found[number] for number, key in enumerate(keys, start=1 + len(asked))}


def require_equal(what: str, found: int, expected: int) -> None:
    """Rows that came in are rows that went out, or were counted on the way."""
    if found != expected:
        raise ProofFailed(f"not published: {what}: {found} rows, expected {expected}")
