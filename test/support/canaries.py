"""Runs that fail over rows of canaries: `canaries.py <group> <place> <how many>`.

The place is a folder or `s3://canaries/...` of the embedded endpoint. Of every failing run the error as Python
prints it, the plans of its frames and the names of all that it left are searched for canaries here; what was
printed, logged and asked of S3 is searched by whoever started this.
"""

import contextlib
import itertools
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import lakewright_runtime as lakewright
from lakewright_tables import aws, write_text
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
    """A place with one landing line, and the arguments of a run over it: a folder, or in S3 and Glue.

    format: of the table in Glue, `parquet` or `iceberg`.
    """

    def __init__(self, root: str, name: str, format: str) -> None:
        self.name, self.format = name, format
        self.is_local = "://" not in root
        self._root = f"{root}/{name}"
        self.plans: list[str] = []
        self.line(LINE + "\n")
        self.arguments = {"JOB_NAME": "canaries", "consent_as_of": "2024-01-01T00:00:00Z"}
        self.arguments["landing_reading"] = self.place("landing")
        self.arguments |= {one: self.place(one) for one in ("quarantine", "report")}
        self.publishes_at(self.place("trusted"))

    def place(self, name: str) -> str:
        return f"{self._root}/{name}"

    def write(self, name: str, text: str) -> str:
        write_text(self.place(name), text)
        return self.place(name)

    def line(self, text: str) -> None:
        self.write("landing/part.json", text)

    def publishes_at(self, place: str) -> None:
        """Folders are their own tables; in S3 the catalog says where a table lies."""
        self.arguments["trusted_reading"] = place
        if not self.is_local:
            self.arguments["trusted_reading"] = f"catalog:canaries.{self.name}"
            # The columns of `counted`.
            columns = [{"Name": "user", "Type": "string"}, {"Name": "last", "Type": "bigint"}]
            storage = {"Columns": columns, "Location": place}
            table = {"Name": self.name, "StorageDescriptor": storage}
            if self.format == "iceberg":
                table["Parameters"] = {"table_type": "ICEBERG"}
            with contextlib.suppress(aws("glue").exceptions.EntityNotFoundException):
                aws("glue").delete_table(DatabaseName="canaries", Name=self.name)
            aws("glue").create_table(DatabaseName="canaries", TableInput=table)

    def nowhere_to_write(self) -> str:
        """Where nobody can write: a file is in the way, or there is no such bucket."""
        return f"{self.write('file', '')}/below" if self.is_local else "s3://canaries-nowhere/below"

    def key(self, text: str | None) -> str:
        """Where a job finds that key."""
        if self.is_local:
            return f"file:{self.place('key') if text is None else self.write('key', text)}"
        if text is not None:
            aws("secretsmanager").create_secret(Name=self.name, SecretString=text)
        return f"secretsmanager:{self.name}"

    def names(self) -> list[str]:
        """Of all that was written."""
        if self.is_local:
            return [str(path) for path in Path(self._root).rglob("*")]
        pages = aws("s3").get_paginator("list_objects_v2").paginate(Bucket="canaries")
        return [item["Key"] for page in pages for item in page.get("Contents", [])]

    def run(self, work: Work) -> str:
        try:
            with lakewright.Run(self.arguments, "canaries") as run:
                result = work(run, run.read_json("landing_reading", SCHEMA))
                self.plans.append(result._jdf.queryExecution().toString())
                run.publish(result, "trusted_reading", format=self.format)
        except lakewright.JobFailed as error:
            return "".join(traceback.format_exception(error))
        raise AssertionError(f"{self.name} did not fail")


def unchanged(_: lakewright.Run, rows: DataFrame) -> DataFrame:
    return rows


def counted(run: lakewright.Run, rows: DataFrame) -> DataFrame:
    rows = run.counted(rows.where(F.col("note").isNotNull()), "kept", of="landing_reading")
    return run.counted(rows.groupBy("user").agg(F.max("time").alias("last")), "last", of="kept")


# What can go wrong around a script as it was generated.


def key_missing(case: Case) -> Work:
    case.arguments["pseudonym_key"] = case.key(None)
    return lambda run, rows: lakewright.pseudonyms(rows, "user", "who", run.pseudonym_key)


def key_short(case: Case) -> Work:
    case.arguments["pseudonym_key"] = case.key("canary-0c7e")
    return lambda run, rows: lakewright.pseudonyms(rows, "user", "who", run.pseudonym_key)


def nowhere_to_write(case: Case) -> Work:
    case.publishes_at(case.nowhere_to_write())
    return counted


def no_quarantine(case: Case) -> Work:
    case.line(LINE + "\n" + LINE[:-1])
    case.arguments["quarantine"] = case.nowhere_to_write()
    return counted


def no_report(case: Case) -> Work:
    case.arguments["report"] = case.nowhere_to_write()
    return counted


def half_swapped(case: Case) -> Work:
    case.write(".trusted.retired/part", "")
    case.line("\n\n")
    return unchanged


def input_missing(case: Case) -> Work:
    case.arguments["landing_reading"] = case.place("nowhere")
    return unchanged


def broken_archive(case: Case) -> Work:
    case.write("landing/part.json.gz", LINE)
    return counted


def other_types(case: Case) -> Work:
    place = case.place("other")
    spark.createDataFrame([(ROW["user"],)], "time string").write.parquet(place)
    case.arguments["trusted_other"] = place
    return lambda run, rows: run.read_table("trusted_other", SCHEMA)


def no_parquet(case: Case) -> Work:
    case.write("other/part.parquet", LINE * 20)
    case.arguments["trusted_other"] = case.place("other")
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


def main(group: str, root: str, wanted: int) -> None:
    spark.conf.set("spark.sql.ansi.enabled", "true")
    if "://" in root:
        aws("s3").create_bucket(Bucket="canaries")
        aws("glue").create_database(DatabaseInput={"Name": "canaries"})
    cases = [(one.__name__, one) for one in AROUND] if group == "around" else list(within())
    # Spread over all of them where not all are wanted.
    chosen = [cases[number * len(cases) // wanted] for number in range(min(wanted, len(cases)))]
    for (name, prepare), format in zip(chosen, itertools.cycle(("iceberg", "parquet"))):
        case = Case(root, name.replace(" ", "_"), format)
        error = case.run(prepare(case))
        for what, texts in (("error", [error]), ("plan", case.plans), ("names", case.names())):
            found = [canary for canary in CANARIES if any(canary in text for text in texts)]
            assert not found, f"the {what} of {name} shows a row"
    print(f"failed as they should: {len(chosen)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
