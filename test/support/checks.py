"""What the support module promises, one function each: `checks.py <function> <folder>`."""

import hashlib
import hmac
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lakewright_runtime as lakewright
from lakewright_arguments import place_of
from lakewright_lines import parsed_lines
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

READING = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("time", T.LongType(), nullable=False),
        T.StructField("x", T.DoubleType(), nullable=False),
        T.StructField("note", T.StringType(), nullable=True),
        T.StructField("since", T.LongType(), nullable=True),
    ]
)
GOOD = '{"user":"u1","time":1,"x":1.5}'
CANARY = "canary-0c7e-value"
KEY = b"canary-0c7e-key-of-32-bytes-long"

folder = Path(sys.argv[2])
spark = SparkSession.builder.getOrCreate()


def job(lines: list[str], **changes: str) -> dict[str, str]:
    landing = Path(tempfile.mkdtemp(dir=folder))
    (landing / "part.json").write_text("\n".join(lines) + "\n", encoding="utf-8")
    places = {
        "landing_reading": landing,
        "trusted_reading": folder / "trusted" / "reading",
        "quarantine": folder / "quarantine",
        "report": folder / "reports",
    }
    return {"JOB_NAME": "check", **{name: str(place) for name, place in places.items()}, **changes}


def finish(
    arguments: dict[str, str], work: Callable[[lakewright.Run, DataFrame], DataFrame]
) -> dict:
    with lakewright.Run(arguments, "check") as run:
        run.publish(work(run, run.read_json("landing_reading", READING)), "trusted_reading")
    return json.loads((folder / "reports" / "check" / f"{run.run_id}.json").read_text())


def failure(arguments: dict[str, str], work: Callable = lambda run, rows: rows) -> Exception:
    try:
        finish(arguments, work)
    except lakewright.JobFailed as error:
        return error
    raise AssertionError("it did not fail")


def published() -> list[T.Row]:
    return spark.read.parquet(str(folder / "trusted" / "reading")).collect()


def counts_equal_rows() -> None:
    lines = [f'{{"user":"u{n % 3}","time":{n},"x":0.5}}' for n in range(90)]

    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        early = run.counted(rows.where("time < 30"), "early", of="landing_reading")
        users = run.counted(rows.groupBy("user").agg(F.max("time").alias("last")), "last")
        # The same input twice in one plan: each row of it is still counted once.
        return run.counted(early.join(users, "user"), "join", of="early")

    report = finish(job(lines), work)
    assert report["inputs"] == {
        "landing_reading": {"rows": 90, "quarantined": {}, "unreadable": {}}
    }, report
    assert [step["rows"] for step in report["steps"]] == [30, 3, 30], report
    assert report["output"]["rows"] == len(published()) == 30, report


def counts_survive_the_optimizer() -> None:
    """What Spark leaves out of a plan is observed by nobody; that must neither hang nor lie."""

    def unneeded(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        other = run.counted(rows.select("user", F.col("x").alias("y")), "not needed")
        return rows.join(other, "user", "left").select("user").distinct()

    report = finish(job([GOOD, GOOD]), unneeded)
    assert [step["rows"] for step in report["steps"]] == [2], report

    def empty(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        none = run.counted(rows.where("time > 5").distinct(), "none")
        return run.counted(none.groupBy("user").count(), "groups of none", of="none")

    report = finish(job([GOOD, GOOD]), empty)
    assert report["inputs"]["landing_reading"]["rows"] == 2, report
    assert [step["rows"] for step in report["steps"]] == [0, 0], report
    assert report["output"]["rows"] == 0, report


# Each line that is not exactly one object of the schema, and the reason it is set aside for.
MALFORMED = {
    '{"user":"u1","time":1,"x":1': "not one JSON object",
    "free text": "not one JSON object",
    '["user","u1"]': "not one JSON object",
    "null": "not one JSON object",
    "7": "not one JSON object",
    '{"user":"u1","time":1,"x":NaN}': "not one JSON object",
    f"{GOOD}{GOOD}": "not one JSON object",
    f"{GOOD},{GOOD}": "not one JSON object",
    f"{GOOD} and more": "not one JSON object",
    "{'user':'u1','time':1,'x':1.5}": "not one JSON object",
    '{"user":"u1","user":"u2","time":1,"x":1.5}': "user appears twice or in another case",
    '{"User":"u1","time":1,"x":1.5}': "user appears twice or in another case",
    "{}": "user is missing",
    '{"user":"u1","x":1.5}': "time is missing",
    '{"user":null,"time":1,"x":1.5}': "user is null",
    '{"user":7,"time":1,"x":1.5}': "user is not string",
    '{"user":true,"time":1,"x":1.5}': "user is not string",
    '{"user":{"name":"u1"},"time":1,"x":1.5}': "user is not string",
    '{"user":["u1"],"time":1,"x":1.5}': "user is not string",
    '{"user":"u1","time":"1","x":1.5}': "time is not bigint",
    '{"user":"u1","time":1.5,"x":1.5}': "time is not bigint",
    '{"user":"u1","time":9223372036854775808,"x":1.5}': "time is not bigint",
    '{"user":"u1","time":1,"x":"1.5"}': "x is not double",
    '{"user":"u1","time":1,"x":false}': "x is not double",
}
# Lines whose optional value cannot be read: they stay, without it.
UNREADABLE = [
    '{"user":"u1","time":1,"x":1.5,"note":3}',
    '{"user":"u1","time":1,"x":1.5,"note":["n"]}',
    '{"user":"u1","time":1,"x":1.5,"NOTE":"n"}',
    '{"user":"u1","time":1,"x":1.5,"note":"n","note":"m"}',
    '{"user":"u1","time":1,"x":1.5,"note":"n","Note":"m"}',
    '{"user":"u1","time":1,"x":1.5,"since":"yes"}',
    '{"user":"u1","time":1,"x":1.5,"since":1.5}',
    '{"user":"u1","time":1,"x":1.5,"since":1,"since":2}',
]
WELL_FORMED = [
    GOOD,
    f"  {GOOD}\t\r",
    f"\ufeff{GOOD}",
    '{"user":"7","time":1,"x":2}',
    '{"user":"{\\"user\\": 7}","time":1,"x":1e3}',
    '{"user":"true","time":1,"x":1.5,"note":null}',
    '{"user":"ü\\u00fc\\n","time":-1,"x":-0.0,"note":"","unknown":{"user":1}}',
]


def malformed_lines_are_quarantined() -> None:
    report = finish(job([*MALFORMED, "", "   ", *WELL_FORMED]), lambda run, rows: rows)
    expected: dict[str, int] = {}
    for reason in MALFORMED.values():
        expected[reason] = expected.get(reason, 0) + 1
    found = report["inputs"]["landing_reading"]
    assert found["quarantined"] == expected, found
    assert found["unreadable"] == {}, found
    assert found["rows"] == len(MALFORMED) + len(WELL_FORMED), found
    assert report["output"]["rows"] == len(published()) == len(WELL_FORMED), report
    assert {row["line"]: row["reason"] for row in set_aside(report)} == MALFORMED


def lines_stay_without_what_cannot_be_read() -> None:
    report = finish(job([GOOD, *UNREADABLE]), lambda run, rows: rows)
    found = report["inputs"]["landing_reading"]
    assert found["quarantined"] == {}, found
    assert found["unreadable"] == {"note": 5, "since": 3}, found
    rows = published()
    assert len(rows) == 1 + len(UNREADABLE), rows
    assert {(row["user"], row["note"], row["since"]) for row in rows} == {("u1", None, None)}, rows
    lines = {row["line"]: list(row["unreadable"]) for row in set_aside(report)}
    assert lines == {line: ["note" if "note" in line.lower() else "since"] for line in UNREADABLE}


# A value in a line, and what a timestamp and a date are read of it.
TIMES = {
    '"2020-01-02T12:30:00Z"': ("2020-01-02 12:30:00", None),
    '"2020-01-02 12:30:00.5+01:00"': ("2020-01-02 11:30:00.5", None),
    '"2020-01-02"': ("2020-01-02 00:00:00", "2020-01-02"),
    '"2020-1-2"': ("2020-01-02 00:00:00", None),
    '"2020"': ("2020-01-01 00:00:00", None),
    "null": (None, None),
    **dict.fromkeys(
        ['"12:30"', '"T12:30"', "5", "2020", '"12020-01-02"', '" 2020-01-02"', '"2020-01-02 "'],
        (None, None),
    ),
    '"2020-01-02T00:00:00 Europe/Berlin"': (None, None),
}


def times_are_those_of_a_day() -> None:
    lines = spark.createDataFrame([(f'{{"at":{value}}}',) for value in TIMES], "value string")
    for index, of in enumerate((T.TimestampType(), T.DateType())):
        wanted = [expected[index] for expected in TIMES.values()]
        for nullable in (True, False):
            schema = T.StructType([T.StructField("at", of, nullable)])
            found = parsed_lines(lines, schema).select(
                F.col("row.at").cast("string").alias("at"), "bad"
            )
            read = [None if row["bad"] else row["at"] for row in found.collect()]
            assert read == wanted, (of, nullable, list(zip(TIMES, read, wanted, strict=True)))


def set_aside(report: dict) -> list:
    place = folder / "quarantine" / "reading" / "check" / report["run_id"]
    return spark.read.json(str(place)).collect()


def missing_input_is_an_error() -> None:
    nowhere = failure(job([GOOD], landing_reading=str(folder / "nowhere")))
    assert isinstance(nowhere, lakewright.MissingInput), nowhere
    (folder / "bare").mkdir()
    bare = failure(job([GOOD], landing_reading=str(folder / "bare")))
    assert isinstance(bare, lakewright.MissingInput), bare
    blank = failure(job(["", "  "]))
    assert isinstance(blank, lakewright.MissingInput), blank
    assert not (folder / "trusted").exists() or not os.listdir(folder / "trusted")


def tables_are_read_by_their_types() -> None:
    finish(job([GOOD]), lambda run, rows: rows)
    place = {"trusted_reading": str(folder / "trusted" / "reading")}
    wrong = T.StructType([T.StructField("time", T.StringType())])
    absent = T.StructType([T.StructField("y", T.LongType())])
    for schema, said in ((wrong, "is bigint, expected string"), (absent, "is missing")):
        try:
            with lakewright.Run(job([GOOD], **place), "check") as run:
                run.read_table("trusted_reading", schema)
        except lakewright.SchemaMismatch as error:
            assert said in str(error), error
        else:
            raise AssertionError(f"{schema} was read")


def a_failed_run_leaves_the_last_good_table() -> None:
    finish(job([GOOD]), lambda run, rows: rows)

    def fail(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        return rows.withColumn("x", F.when(F.raise_error(F.lit("no")).isNull(), 1.0))

    failure(job([GOOD, GOOD]), fail)
    failure(job([GOOD, "not JSON"], quarantine=""))
    assert len(published()) == 1
    assert os.listdir(folder / "trusted") == ["reading"], os.listdir(folder / "trusted")


def a_killed_swap_is_mended() -> None:
    finish(job([GOOD]), lambda run, rows: rows)
    trusted = folder / "trusted"
    (trusted / "reading").rename(trusted / ".reading.retired")  # killed between the two renames
    (trusted / ".reading.jr_0123456789abcdef").mkdir()
    failure(job([""]))
    assert not (trusted / "reading").exists() or len(published()) == 1
    finish(job([GOOD, GOOD]), lambda run, rows: rows)
    assert len(published()) == 2
    assert os.listdir(trusted) == ["reading"], os.listdir(trusted)


def errors_hold_no_data() -> None:
    spark.conf.set("spark.sql.ansi.enabled", "true")
    line = json.dumps({"user": CANARY, "time": 1, "x": 1.5})
    error = failure(job([line]), lambda run, rows: rows.withColumn("x", F.col("user").cast("int")))
    text = "".join(traceback.format_exception(error))
    assert CANARY not in text, "the error quotes a row"
    assert "check failed while writing trusted_reading" in text, text


def pseudonyms_are_hmac() -> None:
    texts = ["", "ann@example.com", "ü" * 100, "0", None]
    for key in (KEY, KEY[:16], KEY * 3):
        frame = spark.createDataFrame([(text,) for text in texts], "email string")
        secret = lakewright.PseudonymKey(key)
        named = lakewright.pseudonyms(frame, "email", "visitor", secret)
        assert named.columns == ["email", "visitor"], named.columns
        for row in named.collect():
            text = row["email"]
            expected = text and hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
            if text == "":
                expected = hmac.new(key, b"", hashlib.sha256).hexdigest()
            assert row["visitor"] == expected
        for explained in ("simpleString", "toString"):
            plan = getattr(named._jdf.queryExecution(), explained)()
            for form in (key, *secret._pads):
                assert form.decode("latin-1") not in plan
                assert form.hex().lower() not in plan.lower()
        assert KEY.decode() not in repr(secret) + str(vars(secret).keys())
    try:
        lakewright.PseudonymKey(b"short")
    except lakewright.JobFailed:
        return
    raise AssertionError("a short key was taken")


def consent_is_pinned() -> None:
    def pinned(text: str) -> int:
        return lakewright.Run({"JOB_NAME": "check", "consent_as_of": text}, "check").consent_as_of

    assert pinned("2024-01-01T00:00:00Z") == 1704067200000
    assert pinned("2024-01-01T01:00:00.123+01:00") == 1704067200123
    # Consent that is announced is none, whoever starts the run.
    later = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    for text in ("yesterday", "2024-01-01T00:00:00", "", later, "9999-12-31T00:00:00Z"):
        try:
            given = pinned(text)
        except lakewright.JobFailed:
            continue
        raise AssertionError(f"{text!r} was taken as {given}")


DEPLOYED = {
    "JOB_NAME": "check_reading_trusted",
    "landing_reading": "catalog:check_landing.reading",
    "trusted_reading": "catalog:check_trusted.reading",
    "quarantine": "s3://lake/quarantine",
    "suppression": "s3://lake/suppression/check.json",
    "suppression_key": "secretsmanager:lakewright/check/suppression-key",
    "pseudonym_key": "secretsmanager:lakewright/check/pseudonym-key/research",
    "report": "s3://lake/lakewright/check/reports",
}
IN_DEV = {name: place.replace("check", "check_dev", 1) for name, place in DEPLOYED.items()}
# What somebody might start a deployed job with, to get at what it was not compiled for.
ASTRAY = {
    "landing_reading": ["catalog:check_landing.other", "catalog:other_landing.reading", "/data"],
    "trusted_reading": ["catalog:check_curated.reading", "/tmp/out", "s3://lake/trusted/reading"],
    "quarantine": ["/tmp/quarantine", "s3://lake/trusted/reading", "s3://lake/quarantine/../x"],
    "suppression": [
        "/tmp/none.json",
        "s3://lake/suppression/checks.json",
        "suppression/check.json",
    ],
    "suppression_key": ["file:/etc/hostname", "secretsmanager:lakewright/check/pseudonym-key/x"],
    "pseudonym_key": ["file:/etc/hostname", "secretsmanager:lakewright/other/pseudonym-key/x"],
    "report": ["/tmp/reports", "s3://lake/lakewright/other/reports"],
}


def refuses(arguments: dict[str, str], name: str, place: str) -> None:
    try:
        place_of(arguments | {name: place}, "check", name)
    except lakewright.JobFailed as error:
        assert place not in str(error), error
        return
    raise AssertionError(f"--{name} {place} was taken")


def a_deployed_job_stays_at_its_places() -> None:
    for name, place in DEPLOYED.items():
        if name != "JOB_NAME":
            assert place_of(DEPLOYED, "check", name) == place
            # In an environment, all places are that environment's.
            assert place_of(IN_DEV, "check", name) == IN_DEV[name]
            if IN_DEV[name] != place:
                refuses(IN_DEV, name, place)
    for name, places in ASTRAY.items():
        for place in places:
            refuses(DEPLOYED, name, place)
    for of, deployed in (("check", DEPLOYED), ("check_dev", IN_DEV)):
        own = f"secretsmanager:lakewright/{of}/connection/crm"
        for place in (own, own.replace("check", "other"), own + "2", "file:/etc/hostname"):
            said = deployed | {"landing_reading": place}
            if place == own:
                assert place_of(said, "check", "landing_reading", "crm") == own
                continue
            try:
                place_of(said, "check", "landing_reading", "crm")
            except lakewright.JobFailed:
                continue
            raise AssertionError(f"{place} was taken for a database")
    # In plain folders there is no catalog to publish to.
    assert place_of({"trusted_reading": "/tmp/out"}, "check", "trusted_reading") == "/tmp/out"


if __name__ == "__main__":
    folder.mkdir(parents=True)
    globals()[sys.argv[1]]()
