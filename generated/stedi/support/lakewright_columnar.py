"""Strict reading of files that say their own types: Parquet, ORC and Avro."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import unquote

from lakewright_failures import SchemaMismatch
from lakewright_proofs import quoted
from lakewright_source import Source
from pyspark.sql import Column, DataFrame, DataFrameReader
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Files whose heads are read at a time.
_AT_ONCE = 16


def require_types(argument: str, found: T.StructType, expected: T.StructType) -> None:
    """The columns of files have the types that the job was compiled for, nothing close to them."""
    types = {field.name: field.dataType.simpleString() for field in found.fields}
    for field in expected.fields:
        actual, wanted = types.get(field.name, "missing"), field.dataType.simpleString()
        if actual != wanted:
            raise SchemaMismatch(f"{argument}.{field.name} is {actual}, expected {wanted}")


def _of_all(reader: DataFrameReader, found: DataFrame, place: str, argument: str) -> DataFrame:
    """Avro files by the columns of all of them: Spark itself takes those of the first for all."""

    def fields(file: str) -> list[T.StructField]:
        # A name of a file is no pattern of names.
        path = re.sub(r"([\\\[\]{}*?])", r"\\\1", unquote(file))
        return reader.load(path).schema.fields

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        of_files = list(pool.map(fields, found.inputFiles()))
    known: dict[str, T.StructField] = {}
    for field in (field for fields in of_files for field in fields):
        first = known.setdefault(field.name, field).dataType.simpleString()
        if field.dataType.simpleString() != first:
            other = field.dataType.simpleString()
            raise SchemaMismatch(
                f"{argument}.{field.name} is {first} in one file, {other} in another"
            )
    return reader.schema(T.StructType(list(known.values()))).load(place)


@dataclass(frozen=True)
class Columnar:
    """Files of a format in which every file has a schema; rows without a required value are set aside."""

    format: str

    keeps_lines = False
    # Files of different schemas are read by all of them; Spark alone believes the first it finds.
    options = {"mergeSchema": "true"}  # noqa: RUF012 (a constant)

    def load(self, reader: DataFrameReader, place: str, argument: str) -> DataFrame:
        found = reader.format(self.format).load(place)
        return found if self.format != "avro" else _of_all(reader, found, place, argument)

    def parsed(self, files: DataFrame, source: Source) -> DataFrame:
        """Columns row, bad, unreadable and undeclared, besides `told`."""
        found = T.StructType([field for field in files.schema.fields if field.name != "told"])
        require_types(source.argument, found, source.in_files)
        lacking = set(source.columns) - set(source.partitioned_by) - set(found.names)
        if lacking:
            names = ", ".join(name for name in source.columns if name in lacking)
            raise SchemaMismatch(f"{source.argument}: no file has {names}")
        fields = source.in_files.fields
        row = F.struct(*(F.col(quoted(field.name)).alias(field.name) for field in fields))
        required = [F.col(quoted(field.name)).isNull() for field in fields if not field.nullable]
        return files.select(
            "told",
            *(F.col(quoted(name)).alias(f"said_{name}") for name in self._beyond(source)),
            row.alias("row"),
            reduce(or_, required, F.lit(False)).alias("bad"),
            F.array().cast("array<string>").alias("unreadable"),
            F.lit(bool(set(found.names) - set(source.columns))).alias("undeclared"),
        )

    def fault(self, source: Source) -> Column:
        reason = F.when(F.lit(False), "")
        for field in source.in_files.fields:
            if not field.nullable:
                reason = reason.when(F.col("row")[field.name].isNull(), f"{field.name} is null")
        return reason.otherwise("does not fit the schema")

    def said(self, column: str, source: Source) -> Column:
        """What a row says in a column, whether or not the job needs it."""
        if column in self._beyond(source):
            return F.col(quoted(f"said_{column}")).cast("string")
        return F.col("row")[column].cast("string")

    @staticmethod
    def _beyond(source: Source) -> list[str]:
        return [n for n in (source.about, source.at) if n and n not in source.schema.names]
