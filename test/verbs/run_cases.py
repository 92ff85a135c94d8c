"""Runs many small transforms in one Spark job and tells every row as texts.

`folder` has `cases.json`, a list of {"name", "inputs": {parameter: {"schema", "rows"}}, "parameters"},
and for each of them a module `<name>.py` with a `transform`.
"""

import functools
import json
import runpy
from pathlib import Path
from typing import Any

import lakewright_runtime as lakewright
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F


def transform(*, folder: str, key: str) -> DataFrame:
    cases = json.loads(Path(folder, "cases.json").read_text())
    told = [frame for case in cases for frame in _told(case, folder, key)]
    return functools.reduce(DataFrame.union, told)


def _told(case: dict[str, Any], folder: str, key: str) -> list[DataFrame]:
    """The schema and the rows of a case, or why it cannot be analysed."""
    name = case["name"]
    try:
        rows = _result(case, folder, key)
    except Exception as error:  # noqa: BLE001 (the test that compares shows it)
        return [_line(name, "error", str(error).splitlines()[0])]
    types = {field.name: field.dataType.simpleString() for field in rows.schema.fields}
    texts = F.array(*(F.col(f"`{column}`").cast("string") for column in rows.columns))
    row = rows.select(F.lit(name).alias("name"), F.lit("row"), F.to_json(texts))
    return [_line(name, "schema", json.dumps(types)), row]


def _result(case: dict[str, Any], folder: str, key: str) -> DataFrame:
    module = runpy.run_path(str(Path(folder, f"{case['name']}.py")))
    frames = {name: _frame(**given) for name, given in case["inputs"].items()}
    parameters = case["parameters"]
    if parameters.pop("needs_key", False):
        parameters["pseudonym_key"] = lakewright.PseudonymKey(key.encode())
    return module["transform"](**frames, **parameters)


def _frame(schema: str, rows: list[str]) -> DataFrame:
    spark = SparkSession.getActiveSession()
    lines = spark.createDataFrame([(row,) for row in rows], "line string")
    row = F.from_json("line", schema, {"mode": "FAILFAST"})
    return lines.select(row.alias("row")).select("row.*")


def _line(name: str, kind: str, text: str) -> DataFrame:
    spark = SparkSession.getActiveSession()
    return spark.createDataFrame([(name, kind, text)], "name string, kind string, text string")
