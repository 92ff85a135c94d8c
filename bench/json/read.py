"""Reads landing feeds strictly and with Spark's own reader: `read.py <library> <data> <repetitions>`.

Prints a JSON object for each feed: the best processor seconds of either, and how often each reader fails a
line that no job may take at its word.
"""

import json
import os
import runpy
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from lakewright_lines import parsed_lines
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Where the schema of each feed stands.
FEEDS = {
    "customer": ("customer_trusted", "LANDING_CUSTOMER"),
    "accelerometer": ("accelerometer_trusted", "LANDING_ACCELEROMETER"),
    "step_trainer": ("step_trainer_trusted", "LANDING_STEP_TRAINER"),
}
# What either reader makes of them is printed; the rows that Spark's own gives are not what the lines say.
DOUBTFUL = {
    "the end is missing": '{"user":"ann","time":1,"since":5',
    "two records in one line": '{"user":"ann","time":1}{"user":"bob","time":2}',
    "a key twice": '{"user":"ann","user":"bob","time":1}',
    "a key in another case": '{"User":"ann","time":1}',
    "a required key is missing": '{"time":1}',
    "a number for a text": '{"user":7,"time":1}',
    "an object for a text": '{"user":{"name":"ann"},"time":1}',
    "a text for a number": '{"user":"ann","time":"1"}',
    "a fraction for a whole number": '{"user":"ann","time":1.5}',
    "an optional value of another type": '{"user":"ann","time":1,"since":"yes"}',
    "an optional key twice": '{"user":"ann","time":1,"since":5,"since":6}',
}
SCHEMA = T.StructType(
    [
        T.StructField("user", T.StringType(), nullable=False),
        T.StructField("time", T.LongType(), nullable=False),
        T.StructField("since", T.LongType(), nullable=True),
    ]
)
spark = SparkSession.builder.getOrCreate()


def strict(place: str, schema: T.StructType) -> DataFrame:
    parsed = parsed_lines(spark.read.text(place), schema)
    # Observed as a job observes it.
    observed = parsed.observe("strict", F.count_if("bad").alias("bad"))
    return observed.where("not bad").select("row.*")


def own(place: str, schema: T.StructType) -> DataFrame:
    return spark.read.schema(schema).json(place)


def processor_seconds() -> float:
    """Of the JVM, as Linux counts them: other work on the machine does not change them much."""
    stat = Path(f"/proc/{spark.sparkContext._gateway.proc.pid}/stat").read_text(encoding="utf-8")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def best(read: Callable[[], DataFrame], repetitions: int) -> float:
    spent = []
    for _ in range(repetitions + 1):
        before = processor_seconds()
        read().write.format("noop").mode("overwrite").save()
        spent.append(processor_seconds() - before)
    return min(spent[1:])  # the first time Java compiles


def compare(library: Path, data: Path, repetitions: int) -> None:
    for feed, (job, name) in FEEDS.items():
        place = str(data / feed / "landing")
        schema = runpy.run_path(str(library / "jobs" / f"{job}.py"), run_name="bench")[name]
        found = {"feed": feed, "lines": spark.read.text(place).count()}
        found["strict"] = best(lambda p=place, s=schema: strict(p, s), repetitions)
        found["own"] = best(lambda p=place, s=schema: own(p, s), repetitions)
        print(json.dumps(found))


def doubts() -> None:
    for doubt, line in DOUBTFUL.items():
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "line.json"
            place.write_text(line + "\n", encoding="utf-8")
            [parsed] = parsed_lines(spark.read.text(str(place)), SCHEMA).collect()
            rows = [str(tuple(row)) for row in own(str(place), SCHEMA).collect()]
        if parsed["bad"]:
            ours = "set aside"
        elif parsed["unreadable"]:
            ours = f"read without {', '.join(parsed['unreadable'])}, and kept to look at"
        else:
            ours = "taken"
        print(json.dumps({"doubt": doubt, "ours": ours, "own": " and ".join(rows)}))


if __name__ == "__main__":
    compare(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    doubts()
