"""How the files of a published table lie: `layout_checks.py <function> <folder>`."""

import os
import sys
from datetime import date
from pathlib import Path

import checks
import lakewright_runtime as lakewright
from lakewright_files import Layout, projection, read_files, staged_at, write_files
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

spark = checks.spark
TABLE = checks.folder / "trusted" / "reading"
LINES = [f'{{"user":"u{n:03}","time":{n},"x":{n}.5}}' for n in range(40)]
DAYS = ("00", "01", "1e3")


def days(rows: DataFrame) -> DataFrame:
    """Columns that folders can tell: a text that looks like a number, a day, a number."""
    text = F.element_at(F.array(*map(F.lit, DAYS)), (F.col("time") % 3 + 1).cast("int"))
    day = F.date_add(F.lit(date(2024, 2, 27)), (F.col("time") % 4).cast("int"))
    return rows.select("user", "x", text.alias("code"), day.alias("day"), "time")


def publish(lines: list[str], **layout: object) -> lakewright.Run:
    with lakewright.Run(checks.job(lines), "check") as run:
        rows = days(run.read_json("landing_reading", checks.READING))
        run.publish(rows, "trusted_reading", **layout)
    return run


def files() -> list[Path]:
    return sorted(path for path in TABLE.rglob("*.parquet"))


SCHEMA = T.StructType(
    [
        T.StructField("day", T.DateType(), nullable=False),
        T.StructField("code", T.StringType(), nullable=False),
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("time", T.LongType(), nullable=False),
    ]
)


def read(folders: list[str]) -> set[tuple]:
    """As the next job reads it."""
    with lakewright.Run(checks.job(LINES), "check") as run:
        rows = run.read_table("trusted_reading", SCHEMA, partitioned_by=folders)
        return {tuple(row) for row in rows.collect()}


def expected(count: int) -> set[tuple]:
    return {
        (date.fromordinal(date(2024, 2, 27).toordinal() + n % 4), DAYS[n % 3], f"u{n:03}", n)
        for n in range(count)
    }


def folders_tell_columns_of_their_types() -> None:
    folders = ["day", "code"]
    publish(LINES[:40], partitioned_by=folders)
    assert read(folders) == expected(40)
    told = [str(path.relative_to(TABLE).parent) for path in files()]
    days_and_codes = {f"day={row[0]}/code={row[1]}" for row in expected(40)}
    assert told == sorted(days_and_codes), "one file a folder, however many tasks wrote"
    # A table from before it was partitioned is read all the same.
    publish(LINES[:40])
    assert read(folders) == expected(40)


def an_empty_table_has_its_columns() -> None:
    layout = {"partitioned_by": ["day", "code"], "target_file_size": 2**20}
    with lakewright.Run(checks.job(LINES[:1]), "check") as run:
        rows = days(run.read_json("landing_reading", checks.READING)).where("time > 0")
        run.publish(rows, "trusted_reading", **layout)
    assert read(["day", "code"]) == set()


# The last is one.
NAMES = ["", "a/b", "a,b", "a=b", "50%", "a\nb", ":", "Ü .-_1"]


def what_is_no_name_of_a_folder_stops_the_run() -> None:
    publish(LINES[:9], partitioned_by=["code"])
    try:
        with lakewright.Run(checks.job(LINES[: len(NAMES)]), "check") as run:
            name = F.element_at(F.array(*map(F.lit, NAMES)), (F.col("time") + 1).cast("int"))
            rows = run.read_json("landing_reading", checks.READING).withColumn("user", name)
            run.publish(rows, "trusted_reading", partitioned_by=["user"])
    except lakewright.ProofFailed as error:
        said = "not published: 7 rows whose user cannot be the name of a folder"
        assert said in str(error), error
    else:
        raise AssertionError("it was published")
    assert read(["code"]) == expected(9)
    assert os.listdir(TABLE.parent) == ["reading"], os.listdir(TABLE.parent)


def files_come_near_their_size() -> None:
    lines = [f'{{"user":"u{n * 7919 % 9973:05}","time":{n},"x":{n}.25}}' for n in range(9000)]
    publish(lines)
    before = {tuple(row) for row in spark.read.parquet(str(TABLE)).collect()}
    size = sum(path.stat().st_size for path in files())
    publish(lines, target_file_size=size // 4)
    sizes = [path.stat().st_size for path in files()]
    assert 3 <= len(sizes) <= 5 and max(sizes) < 1.5 * size / 4, (size, sizes)
    assert {tuple(row) for row in spark.read.parquet(str(TABLE)).collect()} == before
    # In each of the three folders too.
    publish(lines, partitioned_by=["code"], target_file_size=size // 6)
    sizes = [path.stat().st_size for path in files()]
    assert 6 <= len(sizes) <= 9 and max(sizes) < 1.5 * size / 6, (size, sizes)
    rows = read_files(spark, str(TABLE), SCHEMA, ("code",))
    assert {
        tuple(row) for row in rows.select("user", "x", "code", "day", "time").collect()
    } == before
    assert spark.conf.get("spark.sql.files.openCostInBytes") != "0", "settings are as before"


def files_of_iceberg_come_near_their_size() -> None:
    target, place = 2**20, checks.folder / "jr_0123456789abcdef"
    number = F.col("id").cast("string")
    rows = spark.range(60_000, numPartitions=9).select("id", F.sha2(number, 256).alias("digest"))
    write_files(rows, str(place), layout := Layout((), target, is_iceberg=True))
    sizes = [path.stat().st_size for path in place.rglob("*.parquet")]
    assert 2 <= len(sizes) <= 4 and max(sizes) < 1.1 * target, sizes
    found = read_files(spark, staged_at(str(place), layout), rows.schema, ())
    assert found.exceptAll(rows).count() == 0 and found.count() == 60_000
    assert os.listdir(checks.folder) == [place.name], os.listdir(checks.folder)


def what_a_killed_run_left_is_no_part_of_the_table() -> None:
    layout = {"partitioned_by": ["code"], "target_file_size": 2**20}
    dead = ".reading.jr_0123456789abcdef"
    publish(LINES[:9], **layout)
    # While its files were written, brought to their size, and between the two renames of the swap.
    for name in (f"{dead}_loose/code=00", f"{dead}/code=00"):
        place = TABLE.parent / name
        place.mkdir(parents=True)
        (place / "part-0.parquet").write_text("half a file")
    assert read(["code"]) == expected(9)
    TABLE.rename(TABLE.with_name(".reading.retired"))
    publish(LINES[:12], **layout)
    assert read(["code"]) == expected(12)
    assert os.listdir(TABLE.parent) == ["reading"], os.listdir(TABLE.parent)


def the_catalog_is_told_of_folders() -> None:
    rows = [
        ("a", 5, date(2024, 1, 2)),
        ("B c", -7, date(2023, 12, 31)),
        ("a", 11, date(2024, 1, 2)),
    ]
    frame = spark.createDataFrame(rows, "name string, n long, day date")
    layout = Layout(("name", "n", "day"))
    assert projection(frame, Layout()) == {}
    assert projection(frame, layout) == {
        "projection.enabled": "true",
        "projection.name.type": "enum",
        "projection.name.values": "B c,a",
        "projection.n.type": "integer",
        "projection.n.range": "-7,11",
        "projection.n.interval": "6",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": "2023-12-31,2024-01-02",
    }
    of_none = projection(frame.limit(0), layout)
    ranges = ("name.values", "n.range", "n.interval", "day.range")
    said = [of_none[f"projection.{key}"] for key in ranges]
    assert said == ["none", "0,0", "1", "1970-01-01,1970-01-01"], said


if __name__ == "__main__":
    checks.folder.mkdir(parents=True)
    globals()[sys.argv[1]]()
