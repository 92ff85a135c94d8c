"""Queries of the author's, held to what is declared of them."""

from collections.abc import Iterator
from typing import Any

from lakewright_failures import ProofFailed, SchemaMismatch
from pyspark.sql import DataFrame

# Ends of a plan that read nothing: a row without a table, and a part of the query under a name.
_BARE = {"OneRowRelation", "CTERelationRef"}


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
    return held(result, frame, columns, "the query", "`input`")


def held(
    result: DataFrame, frame: DataFrame, columns: dict[str, str], what: str, given: str
) -> DataFrame:
    """The result of what the author wrote, if it has exactly the columns and reads only the frame.

    what, given: how a message calls the author's text, and what it was given.
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
    return result.select(*columns)


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
