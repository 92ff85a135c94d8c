"""Answers the queries by the `transform` of each generated script, over tables that are read once.

`queries` has the file of a script and the columns of its answer, by name; `data` holds `<table>/landing/` as JSON lines.
"""

import inspect
import json
import runpy
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F


def transform(*, queries: dict[str, dict], data: str) -> DataFrame:
    spark = SparkSession.getActiveSession()
    tables: dict[str, DataFrame] = {}

    def table(parameter: str, script: dict) -> DataFrame:
        if parameter not in tables:
            folder = Path(data, parameter.removeprefix("landing_"), "landing")
            rows = spark.read.schema(script[parameter.upper()]).json(str(folder), mode="FAILFAST")
            tables[parameter] = rows.cache()
        return tables[parameter]

    rows: list[tuple[str, str]] = []
    try:
        for name, query in queries.items():
            script = runpy.run_path(query["script"])
            parameters = inspect.signature(script["transform"]).parameters.values()
            inputs = [table(one.name, script) for one in parameters if one.default is one.empty]
            answer = script["transform"](*inputs)
            cells = F.to_json(F.array(*(F.col(one).cast("string") for one in query["columns"])))
            rows.extend((name, row[0]) for row in answer.select(cells).collect())
    finally:
        for frame in tables.values():
            frame.unpersist()
    encoder = spark._jvm.org.apache.spark.sql.Encoders.STRING()
    texts = [json.dumps({"name": name, "row": row}) for name, row in rows]
    told = DataFrame(spark._jsparkSession.createDataset(texts, encoder).toDF(), spark)
    return told.select(F.from_json("value", "name string, row string").alias("a")).select("a.*")
