"""One process of several that are killed while they publish: `killed.py <settings.json> <bucket> <format> <version>`.

Says what a reader of the table sees before, then `begins`, and `published` where it lives that long.
"""

import json
import sys
from pathlib import Path

import lakewright_runtime as lakewright
from lakewright_files import read_files
from lakewright_tables import aws, rows_place
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

settings, bucket, format, version = Path(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4])
ROWS = 400
GROUP = T.StructField("group", T.StringType(), nullable=False)
NUMBER = T.StructField("number", T.LongType(), nullable=False)
SCHEMA = T.StructType([GROUP, NUMBER])
DATABASES = ("check_landing", "check_trusted")
ARGUMENTS = {
    "JOB_NAME": "check_reading",
    "landing_reading": "catalog:check_landing.reading",
    "trusted_reading": "catalog:check_trusted.reading",
    "quarantine": f"s3://{bucket}/quarantine",
    "report": f"s3://{bucket}/lakewright/check/reports",
}


def say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def make_tables() -> None:
    lines = "".join(f'{{"group":"g{n % 4}","number":{n}}}\n' for n in range(ROWS))
    aws("s3").create_bucket(Bucket=bucket)
    aws("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    aws("s3").put_object(Bucket=bucket, Key="landing/reading/a.json", Body=lines.encode())
    columns = [{"Name": "number", "Type": "bigint"}, {"Name": "version", "Type": "int"}]
    for database in DATABASES:
        place = f"s3://{bucket}/{database.removeprefix('check_')}/reading/"
        table = {"Name": "reading", "StorageDescriptor": {"Columns": columns, "Location": place}}
        aws("glue").create_database(DatabaseInput={"Name": database})
        keys = [{"Name": "group", "Type": "string"}]
        if format == "iceberg" and database == "check_trusted":
            columns += keys
            table["Parameters"] = {"table_type": "ICEBERG"}
        else:
            table["PartitionKeys"] = keys
        aws("glue").create_table(DatabaseName=database, TableInput=table)


def seen(spark: SparkSession) -> list[int]:
    """Versions of the rows that the catalog leads to; each is whole, or this ends here."""
    table = aws("glue").get_table(DatabaseName="check_trusted", Name="reading")["Table"]
    place = rows_place(table)
    if not place or place.endswith("/reading/"):
        return []
    found = read_files(spark, place, SCHEMA, ("group",))
    rows = found.groupBy("version").count().collect()
    numbers = found.select("group", "number").distinct().count()
    assert [row["count"] for row in rows] == [ROWS] and numbers == ROWS, rows
    return [row["version"] for row in rows]


def publish() -> None:
    with lakewright.Run(ARGUMENTS, library="check") as run:
        rows = run.read_json("landing_reading", SCHEMA).withColumn("version", F.lit(version))
        layout = {"partitioned_by": ["group"], "target_file_size": 2**20}
        run.publish(rows, "trusted_reading", format=format, **layout)


if __name__ == "__main__":
    builder = SparkSession.builder
    for key, value in json.loads(settings.read_text()).items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    if version == 0:
        make_tables()
    say(seen=seen(session))
    say(begins=version)
    publish()
    say(published=version, seen=seen(session))
