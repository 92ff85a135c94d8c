"""Queries of the author's, held to what is declared of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lakewright_failures import ProofFailed, SchemaMismatch
from pyspark.sql import DataFrame

# Ends of a plan that read nothing: a row without a table, and a part of the query under a name.
_BARE = {"OneRowRelation", "CTERelationRef"}
# What of the run itself Spark's expressions give, though it calls them deterministic, by their classes
# (Spark 3.5 and 4.1, `ComputeCurrentTime` and `ReplaceCurrentLike` of its optimizer).
_OF_THE_RUN = {
    "CurrentCatalog": "current_catalog()",
    "CurrentDatabase": "current_database()",
    "CurrentDate": "current_date()",
    "CurrentTime": "current_time()",
    "CurrentTimeZone": "current_timezone()",
    "CurrentTimestamp": "current_timestamp()",
    "CurrentUser": "current_user()",
    "LocalTimestamp": "localtimestamp()",
    "Now": "now()",
    "SparkVersion": "version()",
}
# Texts that are times of the run where Spark casts a constant or reads a typed literal (Spark's SQL
# reference, "Datetime Literals"): the parser puts the time itself in place of the latter.
_WORD = r"\s*(?:now|today|tomorrow|yesterday)\b"
_CASTS = {"Cast", "ParseToDate", "ParseToTimestamp"}
_LITERAL = re.compile(rf"""\b(?:date|time|timestamp\w*)\s*r?\\?['"]{_WORD}""", re.IGNORECASE)
_EXPRESSIONS = "org.apache.spark.sql.catalyst.expressions."


def sql(frame: DataFrame, query: str, columns: dict[str, str]) -> DataFrame:
    """What a query makes of the rows of a frame, which it knows as `input`.

    Within parentheses, so that it is a query and no command. It may read nothing but its input, and
    must give exactly the columns.
    """
    spark = frame.sparkSession
    frame.createOrReplaceTempView("input")
    try:
        result = spark.sql(f"SELECT * FROM (\n{query}\n)")
    finally:
        spark.catalog.dropTempView("input")
    return held(result, frame, columns, "the query", "`input`", query)


def held(
    result: DataFrame, frame: DataFrame, columns: dict[str, str], what: str, given: str, text: str
) -> DataFrame:
    """The result of the author's text, if it has exactly the columns and reads only the frame.

    what, given: how a message calls the text, and what it was given.
    """
    found = {field.name: field.dataType.simpleString() for field in result.schema.fields}
    if len(found) != len(result.columns) or found != columns:
        said = ", ".join(f"{name} {kind}" for name, kind in found.items())
        wanted = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        raise SchemaMismatch(f"{what} gives {said}; declared are {wanted}")
    own = list(_leaves(frame))
    for leaf in _leaves(result):
        if leaf.nodeName() not in _BARE and not any(leaf.sameResult(one) for one in own):
            raise ProofFailed(f"{what} reads something else than {given}")
    if not all(plan.deterministic() for plan in _plans(result)):
        raise ProofFailed(f"{what} does not give the same whenever it is run")
    for asked in _of_the_run(result, text):
        said = f"{what} asks for {asked}, which is another in another run"
        raise ProofFailed(f"{said}: take it from a column of the rows, or write a constant")
    return result.select(*columns)


def _of_the_run(result: DataFrame, text: str) -> Iterator[str]:
    """What of the run itself is in a result: the time, the user, where it runs."""
    if _LITERAL.search(text):
        yield "the time, by a word such as 'now'"
    nodes = list(_nodes(json.loads(result._jdf.queryExecution().analyzed().toJSON())))
    for node, after in zip(nodes, [*nodes[1:], {}], strict=True):
        name = node["class"].removeprefix(_EXPRESSIONS)
        if name in _OF_THE_RUN:
            yield _OF_THE_RUN[name]
        # An expression stands right before the first of those that it is made of.
        is_time = name in _CASTS and node.get("dataType") != "string"
        if is_time and re.match(_WORD, str(after.get("value", "")), re.IGNORECASE):
            yield "the time, by a word such as 'now'"


def _nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """The nodes and expressions of a plan in JSON, each before those within it."""
    match plan:
        case {"class": str()}:
            yield plan
    for part in plan.values() if isinstance(plan, dict) else plan if isinstance(plan, list) else ():
        yield from _nodes(part)


def _leaves(frame: DataFrame) -> Iterator[Any]:
    for plan in _plans(frame):
        yield from _each(plan.collectLeaves())


def _plans(frame: DataFrame) -> Iterator[Any]:
    """The plan of a frame, and of the queries within its expressions."""
    plan = frame._jdf.queryExecution().analyzed()
    yield plan
    yield from _each(plan.subqueriesAll())


def _each(found: Any) -> Iterator[Any]:
    return (found.apply(index) for index in range(found.size()))
