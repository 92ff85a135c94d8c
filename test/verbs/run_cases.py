"""Runs many small transforms, a Spark job each, and tells every row as texts.

`folder` has `cases.json`, a list of {"name", "inputs": {parameter: {"schema", "rows", "parts"}}, "parameters"},
and for each of them a module `<name>.py` with a `transform`.
"""

import contextlib
import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lakewright_runtime as lakewright
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

_SETTINGS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    # Or rows given here would be computed while planning, by other code than that of real tables.
    "spark.sql.optimizer.excludedRules": (
        "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation"
    ),
}


def transform(*, folder: str, key: str) -> DataFrame:
    cases = json.loads(Path(folder, "cases.json").read_text())
    lines: list[dict[str, str]] = []
    with _settings():
        for case in cases:
            name = case["name"]
            try:
                result = _result(case, folder, key)
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


def _result(case: dict[str, Any], folder: str, key: str) -> DataFrame:
    module = runpy.run_path(str(Path(folder, f"{case['name']}.py")))
    frames = {name: _frame(**given) for name, given in case["inputs"].items()}
    parameters = case["parameters"]
    if parameters.pop("needs_key", False):
        parameters["pseudonym_key"] = lakewright.PseudonymKey(key.encode())
    return module["transform"](**frames, **parameters)


def _frame(schema: str, rows: list[str], parts: int | None) -> DataFrame:
    row = F.from_json("value", schema, {"mode": "FAILFAST"})
    texts = _local(rows) if parts is None else _local(rows).repartition(parts)
    return texts.select(row.alias("row")).select("row.*")


def _local(texts: list[str]) -> DataFrame:
    """Texts in a column `value`; `createDataFrame` would start Python workers to read them."""
    spark = SparkSession.getActiveSession()
    encoder = spark._jvm.org.apache.spark.sql.Encoders.STRING()
    return DataFrame(spark._jsparkSession.createDataset(texts, encoder).toDF(), spark)


@contextlib.contextmanager
def _settings() -> Iterator[None]:
    conf = SparkSession.getActiveSession().conf
    before = {name: conf.get(name, None) for name in _SETTINGS}
    for name, value in _SETTINGS.items():
        conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            conf.unset(name) if value is None else conf.set(name, value)
