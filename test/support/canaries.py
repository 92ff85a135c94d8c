"""Runs that fail over rows of canaries: `canaries.py <group> <folder> <how many>`.

Of every failing run the error as Python prints it, the plans of its frames and all names below its folder
are searched for canaries here; what was printed and logged is searched by whoever started this.
"""

import itertools
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

SCHEMA = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("time", T.LongType(), nullable=False),
        T.StructField("x", T.DoubleType(), nullable=True),
        T.StructField("note", T.StringType(), nullable=True),
        T.StructField("since", T.LongType(), nullable=True),
    ]
)
ROW = {
    "user": "canary-0c7e-user",
    "time": 918273645000001,
    "x": 918273.645002,
    "note": "canary-0c7e-note",
    "since": 918273645000003,
}
CANARIES = ("canary-0c7e", "918273645000", "918273.645", "918273645002")
LINE = json.dumps(ROW)

Work = Callable[[lakewright.Run, DataFrame], DataFrame]
spark = SparkSession.builder.getOrCreate()


class Case:
    """A folder with one landing line, and the arguments of a run over it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plans: list[str] = []
        landing = folder / "landing"
        landing.mkdir(parents=True)
        (landing / "part.json").write_text(LINE + "\n", encoding="utf-8")
        self.arguments = {"JOB_NAME": "canaries", "consent_as_of": "2024-01-01T00:00:00Z"}
        for name in ("landing_reading", "trusted_reading", "quarantine", "report"):
            self.arguments[name] = str(folder / name.removesuffix("_reading"))

    def line(self, text: str) -> None:
        (self.folder / "landing" / "part.json").write_text(text, encoding="utf-8")

    def blocked(self, argument: str) -> None:
        """Nothing can be written there, by nobody: a file is in the way."""
        (self.folder / "file").write_text("", encoding="utf-8")
        self.arguments[argument] = str(self.folder / "file" / "below")

    def run(self, work: Work) -> str:
        try:
            with lakewright.Run(self.arguments, "canaries") as run:
                result = work(run, run.read_json("landing_reading", SCHEMA))
                self.plans.append(result._jdf.queryExecution().toString())
                run.publish(result, "trusted_reading")
        except lakewright.JobFailed as error:
            return "".join(traceback.format_exception(error))
        raise AssertionError(f"{self.folder.name} did not fail")


def unchanged(_: lakewright.Run, rows: DataFrame) -> DataFrame:
    return rows


def counted(run: lakewright.Run, rows: DataFrame) -> DataFrame:
    rows = run.counted(rows.where(F.col("note").isNotNull()), "kept", of="landing_reading")
    return run.counted(rows.groupBy("user").agg(F.max("time").alias("last")), "last", of="kept")


# What can go wrong around a script as it was generated.


def key_missing(case: Case) -> Work:
    case.arguments["pseudonym_key"] = f"file:{case.folder}/nowhere"
    return lambda run, rows: lakewright.pseudonyms(rows, "user", "who", run.pseudonym_key)


def key_short(case: Case) -> Work:
    (case.folder / "key").write_text("canary-0c7e", encoding="utf-8")
    case.arguments["pseudonym_key"] = f"file:{case.folder}/key"
    return lambda run, rows: lakewright.pseudonyms(rows, "user", "who", run.pseudonym_key)


def nowhere_to_write(case: Case) -> Work:
    case.blocked("trusted_reading")
    return counted


def no_quarantine(case: Case) -> Work:
    case.line(LINE + "\n" + LINE[:-1])
    case.blocked("quarantine")
    return counted


def no_report(case: Case) -> Work:
    case.blocked("report")
    return counted


def half_swapped(case: Case) -> Work:
    (case.folder / ".trusted.retired").mkdir()
    case.line("\n\n")
    return unchanged


def input_missing(case: Case) -> Work:
    case.arguments["landing_reading"] = str(case.folder / "nowhere")
    return unchanged


def broken_archive(case: Case) -> Work:
    (case.folder / "landing" / "part.json.gz").write_text(LINE, encoding="utf-8")
    return counted


def other_types(case: Case) -> Work:
    spark.createDataFrame([(ROW["user"],)], "time string").write.parquet(f"{case.folder}/landing_t")
    case.arguments["trusted_other"] = f"{case.folder}/landing_t"
    return lambda run, rows: run.read_table("trusted_other", SCHEMA)


def no_parquet(case: Case) -> Work:
    place = case.folder / "no_parquet"
    place.mkdir()
    (place / "part.parquet").write_text(LINE * 20, encoding="utf-8")
    case.arguments["trusted_other"] = str(place)
    return lambda run, rows: run.read_table("trusted_other", SCHEMA)


def stranger(case: Case) -> Work:
    case.line(json.dumps({**ROW, "since": None}))

    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        consent = lakewright.Consent("landing_reading", "user", granted_at="since", version="time")
        run.prove_consent("user", consent)
        return rows

    return work


def shared_device(case: Case) -> Work:
    case.line(LINE + "\n" + json.dumps({**ROW, "user": "canary-0c7e-other"}))

    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_sole_owner("note", "user", "owners")
        return run.counted(rows, "owners", of="landing_reading")

    return work


def lost_row(case: Case) -> Work:
    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        run.prove_rows("all")
        return run.counted(rows, "all", of="landing_reading").where("time < 0")

    return work


def unknown_column(case: Case) -> Work:
    return lambda run, rows: rows.select("nowhere")


def exception_that_quotes(case: Case) -> Work:
    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        raise KeyError(json.dumps(rows.first().asDict()))

    return work


def kind_of_exception_that_quotes(case: Case) -> Work:
    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        try:
            raise ValueError(rows.first())
        except ValueError as error:
            raise OSError(2, str(error), str(rows.first())) from error

    return work


AROUND = [
    *(key_missing, key_short, nowhere_to_write, no_quarantine, no_report, half_swapped),
    *(input_missing, broken_archive, other_types, no_parquet, stranger, shared_device, lost_row),
    *(unknown_column, exception_that_quotes, kind_of_exception_that_quotes),
]

# What no generated script says, since Spark quotes the value: each stops a task in the middle.
EXPRESSIONS = {
    "cast": "CAST(user AS INT)",
    "time": "CAST(note AS TIMESTAMP)",
    "raised": "raise_error(concat(user, note))",
    "decimal": "CAST(time AS DECIMAL(3, 0))",
    "overflow": "time * since * since",
    "narrow": "CAST(since AS INT)",
    "map": "map_from_arrays(array(user, user), array(1, 2))",
    "json": "from_json(concat('{', note), 'a int', map('mode', 'FAILFAST')).a",
    "cast to double": "CAST(user AS DOUBLE)",
}
PLACES: dict[str, Callable[[lakewright.Run, DataFrame, str], DataFrame]] = {
    "select": lambda run, rows, text: rows.withColumn("y", F.expr(text).cast("string")),
    "where": lambda run, rows, text: rows.where(F.expr(text).cast("string") != ""),
    "group": lambda run, rows, text: rows.groupBy(F.expr(text).cast("string").alias("y")).count(),
    "counted": lambda run, rows, text: run.counted(
        counted(run, rows).join(
            rows.select("user", F.expr(text).cast("string").alias("y")), "user"
        ),
        "joined",
    ),
}


def within() -> Iterator[tuple[str, Callable[[Case], Work]]]:
    for (what, text), (where, place) in itertools.product(EXPRESSIONS.items(), PLACES.items()):
        yield (
            f"{what} in {where}",
            lambda _, text=text, place=place: lambda run, rows: place(run, rows, text),
        )


def main(group: str, folder: Path, wanted: int) -> None:
    spark.conf.set("spark.sql.ansi.enabled", "true")
    cases = [(one.__name__, one) for one in AROUND] if group == "around" else list(within())
    # Spread over all of them where not all are wanted.
    chosen = [cases[number * len(cases) // wanted] for number in range(min(wanted, len(cases)))]
    for name, prepare in chosen:
        case = Case(folder / name.replace(" ", "_"))
        error = case.run(prepare(case))
        names = [str(Path(top) / one) for top, *_, files in os.walk(folder) for one in files]
        for what, texts in (("error", [error]), ("plan", case.plans), ("names", names)):
            found = [canary for canary in CANARIES if any(canary in text for text in texts)]
            assert not found, f"the {what} of {name} shows a row"
    print(f"failed as they should: {len(chosen)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
