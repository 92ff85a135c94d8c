"""Runs many small transforms, a Spark job each, and tells every row as texts.

`folder` has `cases.json`, a list of
{"name", "inputs": {parameter: {"schema", "rows", "parts"}}, "parameters", "interpreted"}, and for each of them a module `<name>.py` with a `transform`.
"""

import contextlib
import functools
import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import lakewright_runtime as lakewright
import pyspark.errors.utils
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

_SETTINGS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    # Rows that are given have days and times before 1582, which Java's old classes bend.
    "spark.sql.datetime.java8API.enabled": "true",
    # The same in the JVM as `_quick_columns` in Python; Spark 3.5 knows no such setting.
    "spark.sql.dataFrameQueryContext.enabled": "false",
    # Or rows given here would be computed while planning, by other code than that of real tables.
    "spark.sql.optimizer.excludedRules": (
        "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"
    ),
}

# Java made of each query takes longer to compile than these rows to compute; on Glue it is compiled.
_INTERPRETED = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def transform(*, folder: str, key: str) -> DataFrame:
    cases = json.loads(Path(folder, "cases.json").read_text())
    lines: list[dict[str, str]] = []
    with _settings(_SETTINGS), _quick_columns():
        for case, frames in zip(cases, _frames(cases), strict=True):
            name = case["name"]
            try:
                with _settings(_INTERPRETED if case["interpreted"] else {}):
                    result = _result(case, frames, folder, key)
                    found = _as_texts(result).collect()
            except Exception as error:  # noqa: BLE001 (the test that compares shows it)
                message = str(error)[:2000]
                lines.append({"name": name, "kind": "error", "text": message})
                continue
            types = {field.name: field.dataType.simpleString() for field in result.schema.fields}
            lines.append({"name": name, "kind": "schema", "text": json.dumps(types)})
            lines.extend({"name": name, "kind": "row", "text": row[0]} for row in found)
    told = _local([json.dumps(line) for line in lines])
    line = F.from_json("value", "name string, kind string, text string")
    return told.select(line.alias("line")).select("line.*")


def _as_texts(result: DataFrame) -> DataFrame:
    cells = (_as_text(F.col(f"`{one.name}`"), one.dataType) for one in result.schema.fields)
    return result.select(F.to_json(F.array(*cells)))


def _as_text(cell: Column, of: T.DataType) -> Column:
    if not isinstance(of, T.ArrayType | T.StructType | T.MapType):
        return cell.cast("string")
    return F.to_json(cell.cast(_with_texts(of)), {"ignoreNullFields": "false"})


def _with_texts(of: T.DataType) -> T.DataType:
    """The same nesting with texts for all values, so that JSON loses none of their digits."""
    match of:
        case T.ArrayType():
            return T.ArrayType(_with_texts(of.elementType))
        case T.MapType():
            return T.MapType(T.StringType(), _with_texts(of.valueType))
        case T.StructType():
            fields = [T.StructField(one.name, _with_texts(one.dataType)) for one in of.fields]
            return T.StructType(fields)
    return T.StringType()


def _result(case: dict[str, Any], frames: dict[str, DataFrame], folder: str, key: str) -> DataFrame:
    module = runpy.run_path(str(Path(folder, f"{case['name']}.py")))
    parameters = case["parameters"]
    if parameters.pop("needs_key", False):
        parameters["pseudonym_key"] = lakewright.PseudonymKey(key.encode())
    return module["transform"](**frames, **parameters)


def _frames(cases: list[dict[str, Any]]) -> list[dict[str, DataFrame]]:
    """The tables of each case, by the parameter of its transform."""
    texts: dict[str, list[str]] = {}
    for case in cases:
        for one in case["inputs"].values():
            texts.setdefault(one["schema"], []).extend(one["rows"])
    read = {schema: _Rows(schema, rows) for schema, rows in texts.items()}
    return [
        {
            name: read[one["schema"]].take(len(one["rows"]), one["parts"])
            for name, one in case["inputs"].items()
        }
        for case in cases
    ]


class _Rows:
    """Rows of one schema, read together: read for each case, they would cost as much as the case."""

    def __init__(self, schema: str, texts: list[str]) -> None:
        row = F.from_json("value", schema, {"mode": "FAILFAST"})
        read = _local(texts).select(row.alias("row")).select("row.*")._jdf
        self._rows, self._schema = read.collectAsList(), read.schema()
        self._taken = 0

    def take(self, count: int, parts: int | None) -> DataFrame:
        """The next rows as a table of as many parts, as Spark splits them by default where it is None."""
        rows = self._rows.subList(self._taken, self._taken + count)
        self._taken += count
        spark = SparkSession.getActiveSession()
        frame = DataFrame(spark._jsparkSession.createDataFrame(rows, self._schema), spark)
        return frame if parts is None else frame.repartition(parts)


def _local(texts: list[str]) -> DataFrame:
    """Texts in a column `value`; `createDataFrame` would start Python workers to read them."""
    spark = SparkSession.getActiveSession()
    encoder = spark._jvm.org.apache.spark.sql.Encoders.STRING()
    return DataFrame(spark._jsparkSession.createDataset(texts, encoder).toDF(), spark)


@contextlib.contextmanager
def _quick_columns() -> Iterator[None]:
    """PySpark without what it asks the JVM before each column: which functions there are, and, since 4.0, six times
    how to tell in messages where in Python the column was made.
    """
    functions = sys.modules[F.col.__module__]
    known = functools.cache(functions._get_jvm_function)
    with (
        patch.object(functions, "_get_jvm_function", known),
        patch.object(pyspark.errors.utils, "_enable_debugging_cache", False, create=True),
    ):
        yield


@contextlib.contextmanager
def _settings(settings: dict[str, str]) -> Iterator[None]:
    conf = SparkSession.getActiveSession().conf
    before = {name: conf.get(name, None) for name in settings}
    for name, value in settings.items():
        conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            conf.unset(name) if value is None else conf.set(name, value)
