"""Columns that the names of folders tell, `day=2024-01-31/`, as Hive and Spark write them."""

from functools import reduce
from operator import or_

from lakewright_source import Source
from lakewright_texts import value_of
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

_NULL = "__HIVE_DEFAULT_PARTITION__"


def told_by_folders(names: tuple[str, ...]) -> Column:
    """The texts in the path of a row's file, in the order of the names; null where it has none."""
    return F.array(F.lit(None).cast("string"), *map(_told, names))


def _told(name: str) -> Column:
    text = F.regexp_extract("_metadata.file_path", rf".*/{name}=([^/]*)/", 1)
    # Once as a part of an address, once as Hive escapes values; neither writes a space as plus.
    for _ in range(2):
        text = F.url_decode(F.replace(text, F.lit("+"), F.lit("%2B")))
    return F.when((text != "") & (text != _NULL), text)


def with_told(parsed: DataFrame, source: Source) -> DataFrame:
    """Complete the rows by what their folders tell; without it a row is bad."""
    if not source.partitioned_by:
        return parsed
    told = {
        field.name: value_of(f"told[{_place(field.name, source)}]", field.dataType)
        for field in source.schema.fields
        if field.name in source.partitioned_by
    }
    if not told:
        return parsed
    columns = [told.get(name, F.col("row")[name]).alias(name) for name in source.schema.names]
    completed = parsed.withColumn("row", F.struct(*columns))
    lacks = reduce(or_, [F.col("row")[name].isNull() for name in told])
    return completed.withColumn("bad", F.col("bad") | lacks)


def fault_of_folders(source: Source) -> Column | None:
    """Why a row is bad whose folder does not tell what it has to; null where it does."""
    reason = None
    for name in source.schema.names:
        if name in source.partitioned_by:
            kind = source.schema[name].dataType.simpleString()
            absent = F.get("told", F.lit(_place(name, source))).isNull()
            reason = (F if reason is None else reason).when(
                absent, f"{name} is in no folder's name"
            )
            lost = F.col("row")[name].isNull()
            reason = reason.when(lost, f"{name} of the folder is not {kind}")
    return reason


def _place(name: str, source: Source) -> int:
    return source.partitioned_by.index(name) + 1
