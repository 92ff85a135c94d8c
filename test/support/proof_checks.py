"""What is proven before a table is published, one function each: `proof_checks.py <function> <folder>`."""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lakewright_runtime as lakewright
from checks import CANARY, GOOD, KEY, failure, finish, folder, job, published, spark
from lakewright_proofs import consenting
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

VERSION = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=True),
        T.StructField("version", T.LongType(), nullable=True),
        T.StructField("granted", T.LongType(), nullable=True),
        T.StructField("withdrawn", T.LongType(), nullable=True),
    ]
)
NOON = 1704110400000  # 2024-01-01T12:00:00Z


def consent_is_read_strictly() -> None:
    """Who consents at noon, of all ways to say it or not to; by themselves, so also by name."""
    rows = [
        ("yes", 1, 10, None),
        ("at noon", 1, NOON, None),
        ("never", 1, None, None),
        ("later", 1, NOON + 1, None),
        ("no more", 1, 10, None),
        ("no more", 2, None, None),
        ("again", 1, None, None),
        ("again", 2, 10, None),
        ("both ways", 1, 10, None),
        ("both ways", 1, None, None),
        ("two times", 1, 10, None),
        ("two times", 1, 11, None),
        ("twice", 1, 10, None),
        ("twice", 1, 10, None),
        ("undated", None, 10, None),
        ("partly undated", 1, 10, None),
        ("partly undated", None, 10, None),
        ("withdrawn", 1, 10, 20),
        ("granted anew", 1, 30, 20),
        (None, 1, 10, None),
    ]
    willing = {"yes", "at noon", "again", "twice", "granted anew"}
    named = lakewright.Consent(
        "t", "user", granted_at="granted", version="version", withdrawn_at="withdrawn"
    )
    frame = spark.createDataFrame(rows, VERSION)
    since = {row["subject"]: row["since"] for row in consenting(named, frame, NOON).collect()}
    assert since.keys() == willing, since
    assert (since["again"], since["granted anew"], since["at noon"]) == (10, 30, NOON), since
    times = [F.timestamp_millis(name).alias(name) for name in ("granted", "withdrawn")]
    instants = frame.select("user", "version", *times)
    assert {row[0] for row in consenting(named, instants, NOON).collect()} == willing
    forever = lakewright.Consent("t", "user", granted_at="granted", version="version")
    kept = {row[0] for row in consenting(forever, frame, NOON).collect()}
    assert kept == willing | {"withdrawn"}, kept


CONSENT = lakewright.Consent("landing_reading", "user", granted_at="since", version="time")
YES = '{"user":"yes","time":1,"x":1.5,"since":5}'
NO = f'{{"user":"{CANARY}","time":1,"x":1.5}}'


def refused(
    lines: list[str],
    prepare: Callable[[lakewright.Run, DataFrame], DataFrame],
    *said: str,
    **changes: str,
) -> None:
    """The last good table stays, and the error has the counts and no value."""
    before = published()
    arguments = job(lines, consent_as_of="2024-01-01T12:00:00Z", **changes)
    error = failure(arguments, prepare)
    assert isinstance(error, lakewright.ProofFailed), error
    assert CANARY not in str(error) and all(words in str(error) for words in said), error
    assert published() == before
    assert os.listdir(folder / "trusted") == ["reading"], os.listdir(folder / "trusted")


def strangers_are_not_published() -> None:
    def honest(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_consent("user", CONSENT)
        return rows.where("since IS NOT NULL")

    def leaky(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_consent("user", CONSENT)
        return rows

    report = finish(job([YES, NO], consent_as_of="now"), honest)
    assert report["proofs"] == ["every user consents"], report
    assert report["people"] == {"user": 1}, report
    assert [row["user"] for row in published()] == ["yes"]
    refused([YES, NO, NO], leaky, "2 rows whose user is of nobody who consents")

    def pseudonymous(key: bytes) -> Callable[[lakewright.Run, DataFrame], DataFrame]:
        def named(run: lakewright.Run, rows: DataFrame) -> DataFrame:
            secret = lakewright.PseudonymKey(key)
            listed = lakewright.Listed("landing_reading", "user", key=secret)
            run.prove_consent("participant", listed)
            secret = lakewright.PseudonymKey(KEY)
            return lakewright.pseudonyms(rows, "user", "participant", secret).drop("user")

        return named

    finish(job([YES, NO]), pseudonymous(KEY))
    assert len(published()) == 2
    refused([YES, NO], pseudonymous(KEY[::-1]), "2 rows whose participant is of nobody")


def events_before_consent_are_not_published() -> None:
    """Of people who consent at 5; a time that nobody knows tells nothing, and who does not consent stays out."""
    finish(job([GOOD]), lambda run, rows: rows)
    once = '{"user":"yes","time":5,"x":1,"since":5}'
    early = '{"user":"yes","time":4,"x":1,"since":5}'
    withdrawn = f'{{"user":"{CANARY}","time":9,"x":1}}'

    def asking(lines: str, *known: lakewright.Consent | lakewright.Listed) -> Callable:
        def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
            run.prove_consent("user", *known, events=["time"])
            return rows.where(lines)

        return work

    listed = lakewright.Listed("landing_reading", "user", since="since")
    report = finish(job([once], consent_as_of="now"), asking("true", CONSENT))
    assert report["proofs"] == ["every user consents, since time or before"], report
    said = "1 rows whose user is of nobody who consents, or whose time is before the consent"
    for known in (CONSENT, listed):
        refused([early], asking("true", known), said)
        refused([once, withdrawn], asking("true", known), said)
        finish(job([once, early, withdrawn], consent_as_of="now"), asking("time = 5", known))

    def unknown(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_consent("user", CONSENT, events=["time"])
        return rows.withColumn("time", F.when(F.lit(False), F.col("time")))

    finish(job([early], consent_as_of="now"), unknown)


def consent_is_asked_anew() -> None:
    """What is delivered while a job runs can stop it: here, that somebody withdraws."""
    finish(job([GOOD]), lambda run, rows: rows)
    place = Path(tempfile.mkdtemp(dir=folder))
    (place / "part.json").write_text(YES + "\n", encoding="utf-8")

    def overtaken(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_consent("user", CONSENT)
        newer = '{"user":"yes","time":2,"x":1.5,"since":null}'
        (place / "more.json").write_text(newer + "\n", encoding="utf-8")
        return rows.where("since IS NOT NULL")

    refused([], overtaken, "1 rows whose user", landing_reading=str(place))


def owners_are_counted_again() -> None:
    """A device of two people, or of nobody, and a proof of a step that is not there."""
    finish(job([GOOD]), lambda run, rows: rows)
    shared = ['{"user":"a","time":1,"x":1,"note":"d"}', '{"user":"b","time":1,"x":1,"note":"d"}']

    def joined(step: str) -> Callable[[lakewright.Run, DataFrame], DataFrame]:
        def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
            run.prove_sole_owner("note", "user", step)
            return run.counted(rows, "owners", of="landing_reading")

        return work

    refused(shared, joined("owners"), "1 of note do not have one user each after: owners")
    refused(shared[:1], joined("elsewhere"), "no such step: elsewhere")
    finish(job(shared[:1]), joined("owners"))


def small_groups_are_not_published() -> None:
    """Of groups by time of at least two users; `user` may be null, and so may x."""
    lines = [f'{{"user":"u{n}","time":{1 + n // 2},"x":{n}.5}}' for n in range(4)]

    def grouped(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_subjects("user", 2, by=["time"], values=["x"], rows="all", groups="groups")
        rows = run.counted(rows, "all", of="landing_reading")
        return run.counted(rows.groupBy("time").count(), "groups", of="all")

    def whole(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_subjects("user", 4, by=[], values=["x"], rows="all", groups="groups")
        rows = run.counted(rows, "all", of="landing_reading")
        return run.counted(rows.agg(F.count("x").alias("n")), "groups", of="all")

    one = '{"user":"u9","time":9,"x":1}'
    valueless = '{"user":"u9","time":9}'
    said = "groups of fewer than 2 user after: groups"
    finish(job(lines), grouped)
    finish(job(lines), whole)
    refused([*lines, one], grouped, f"1 {said}")
    refused([*lines, one, one], grouped, f"1 {said}")
    refused([*lines, one, '{"user":"u8","time":9}'], grouped, f"1 {said}")
    refused([*lines, one, valueless], grouped, said)
    refused(lines[:3], whole, "groups of fewer than 4 user")


def permits_end() -> None:
    today = datetime.now(UTC).date()
    yesterday, last = str(today - timedelta(days=1)), str(today)

    def allowed(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.require_permits(last, "9999-12-31")
        lowered = lakewright.declassified(rows, "user", labels=["identifier"], kept=[], until=last)
        return lakewright.declassified_rows(lowered, purposes=["research"], until=last)

    def over(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.require_permits("9999-12-31", yesterday)
        return rows

    def lowered(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        return lakewright.declassified(rows, "user", labels=["a"], kept=[], until=yesterday)

    def lowered_rows(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        return lakewright.declassified_rows(rows, purposes=["research"], until=yesterday)

    finish(job([GOOD]), allowed)
    for work in (over, lowered, lowered_rows):
        error = failure(job([GOOD, GOOD]), work)
        words = f"a permit to declassify expired: it held until {yesterday} (line "
        assert words in str(error), error
        # By this name a run that is followed in AWS knows it for a refusal.
        assert type(error).__name__ == "PermitExpired", error
    assert len(published()) == 1


def rows_are_accounted_for() -> None:
    finish(job([GOOD]), lambda run, rows: rows)

    def uncounted(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_rows("all")
        return run.counted(rows, "all", of="landing_reading").where("time > 1")

    def untouched(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_rows("landing_reading")
        return rows

    refused([GOOD, GOOD], uncounted, "output of all: 0 rows, expected 2")
    finish(job([GOOD, "{}"]), untouched)


if __name__ == "__main__":
    folder.mkdir(parents=True)
    globals()[sys.argv[1]]()
