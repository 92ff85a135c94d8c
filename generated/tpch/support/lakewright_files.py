"""The files of a table that a job writes: folders for values of columns, and files near a size."""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_

from lakewright_iceberg import is_metadata, metadata_of, read_iceberg, write_iceberg
from lakewright_proofs import Question, quoted
from lakewright_tables import discard_folder
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Parquet's row groups, which no reader can split.
_ROW_GROUP = 128 * 1024 * 1024
# At least so many are in a file of Iceberg, whose size is known but for that of one.
_ROW_GROUPS = 8
# Rows of one size in bytes are none: without some room a few of them would make a file of their own.
_ROOM = 1.25
# Signs that Hive and Spark write otherwise in the names of folders; commas separate values in the catalog.
_NAMEABLE = r"""^[^\x00-\x1f"#%'*,/:=?\\\x7f{}\[\]^]+$"""


@dataclass(frozen=True)
class Layout:
    """How the files of a table lie."""

    partitioned_by: tuple[str, ...] = ()
    """Columns whose values are names of folders, `day=2024-01-31`."""
    target_file_size: int | None = None
    """Bytes; None: files are as the tasks of the job write them."""
    is_iceberg: bool = False
    """Whether metadata says which files they are."""


def write_files(
    frame: DataFrame, location: str, layout: Layout, about: Mapping[str, str] | None = None
) -> None:
    """Write Parquet; with a target, merge and cut what the job's tasks wrote, without computing it again.

    about: what metadata says of the table, where there is any.
    """
    about, target = about or {}, layout.target_file_size
    if target is not None:
        loose = f"{location.rstrip('/')}_loose"
        try:
            _write(frame, loose, layout)
            with _read_in_parts(frame.sparkSession, max(target, _ROW_GROUP)):
                _write_sized(frame, loose, location, layout, target, about)
        finally:
            discard_folder(loose)
    elif layout.is_iceberg:
        write_iceberg(frame, location, layout.partitioned_by, about)
    else:
        _write(frame, location, layout)


def staged_at(location: str, layout: Layout) -> str:
    """What is read of a version: its folder, or its metadata."""
    return metadata_of(location) if layout.is_iceberg else location


def files_at(location: str, layout: Layout) -> str:
    """The folder of Parquet alone; beside it Iceberg has metadata."""
    return f"{location}data/" if layout.is_iceberg else location


def read_files(
    spark: SparkSession, location: str, schema: T.StructType, folders: tuple[str, ...]
) -> DataFrame:
    """The rows of a written table, told by its folder or its metadata.

    What folders tell has its type in `schema`.
    """
    if is_metadata(location):
        return read_iceberg(spark, location)
    found = spark.read.parquet(location)
    # An empty table has no folders, and all columns in its file.
    texts = {field.name for field in found.schema if isinstance(field.dataType, T.StringType)}
    told = [name for name in folders if name in texts and name in schema.names]
    return found.withColumns(
        {name: F.col(quoted(name)).cast(schema[name].dataType) for name in told}
    )


def nameable(layout: Layout, schema: T.StructType) -> list[Question]:
    """Whether the values are names of folders that every reader finds."""
    if not layout.partitioned_by:
        return []

    def lost(name: str) -> Column:
        column = F.col(quoted(name))
        is_text = isinstance(schema[name].dataType, T.StringType)
        return column.isNull() | ~column.rlike(_NAMEABLE) if is_text else column.isNull()

    astray = reduce(or_, map(lost, layout.partitioned_by))
    names = " or ".join(layout.partitioned_by)
    doubt = f"rows whose {names} cannot be the name of a folder"
    promise = f"every {' and '.join(layout.partitioned_by)} is the name of a folder"
    return [Question(promise, lambda staged: staged.where(astray), doubt)]


def projection(staged: DataFrame, layout: Layout) -> dict[str, str]:
    """Parameters of the catalog's table by which Athena finds its folders below the table's location.

    They change together with the location, in one call; partitions of the catalog would each be changed
    alone, and readers see some of this version and some of the last (Athena's user guide, "Use
    partition projection", "Supported types for partition projection").
    """
    folders = layout.partitioned_by
    if layout.is_iceberg or not folders:
        return {}
    said = [F.sort_array(F.collect_set(F.col(quoted(n)).cast("string"))).alias(n) for n in folders]
    (values,) = staged.agg(*said).collect()
    parameters = {"projection.enabled": "true"}
    for name in folders:
        told = _projected(staged.schema[name].dataType, values[name])
        parameters |= {f"projection.{name}.{key}": value for key, value in told.items()}
    return parameters


def _projected(kind: T.DataType, values: list[str]) -> dict[str, str]:
    """Without values, one that no folder has."""
    match kind:
        case T.DateType():
            first, last = (values[0], values[-1]) if values else ("1970-01-01", "1970-01-01")
            return {"type": "date", "format": "yyyy-MM-dd", "range": f"{first},{last}"}
        case T.IntegerType() | T.LongType():
            numbers = sorted(map(int, values)) or [0]
            steps = math.gcd(*(number - numbers[0] for number in numbers)) or 1
            limits = f"{numbers[0]},{numbers[-1]}"
            return {"type": "integer", "range": limits, "interval": str(steps)}
    return {"type": "enum", "values": ",".join(values) or "none"}


def _write(frame: DataFrame, location: str, layout: Layout) -> None:
    folders = list(layout.partitioned_by)
    if not folders:
        frame.write.option("compression", "zstd").parquet(location)
        return
    # Rows of one folder come together; otherwise every task would write a file into each. Python
    # can hand over no columns to a hint.
    spark = frame.sparkSession
    hint = f"REBALANCE({', '.join(map(quoted, folders))})"
    together = spark.sql(f"SELECT /*+ {hint} */ * FROM {{rows}}", rows=frame)
    together.write.option("compression", "zstd").partitionBy(*folders).parquet(location)
    if not _sizes(spark, location):
        none = spark.createDataFrame([], frame.schema)
        none.write.mode("append").option("compression", "zstd").parquet(location)


def _write_sized(
    frame: DataFrame,
    loose: str,
    location: str,
    layout: Layout,
    target: int,
    about: Mapping[str, str],
) -> None:
    """Each task reads files of about the size of one, or of a row group, and cuts them: by rows, or as Iceberg does."""
    spark, folders = frame.sparkSession, layout.partitioned_by
    rows = read_files(spark, loose, frame.schema, folders)
    if layout.is_iceberg:
        ordered = rows.select([F.col(quoted(name)) for name in frame.columns])
        write_iceberg(ordered, location, folders, {**about, **_cut_at(target)})
        return
    share, count = target / max(target, sum(_sizes(spark, loose))), rows.count()
    most = max(1, math.ceil(count * share * _ROOM))
    writer = rows.write.option("compression", "zstd").option("maxRecordsPerFile", most)
    (writer.partitionBy(*folders) if count > 0 else writer).parquet(location)


def _cut_at(target: int) -> dict[str, str]:
    """Iceberg knows how large the finished row groups of a file are, and of the one it is at how large it was uncompressed."""
    group = min(_ROW_GROUP, target // _ROW_GROUPS)
    sizes = {"target-file-size-bytes": target, "parquet.row-group-size-bytes": group}
    return {f"write.{name}": str(size) for name, size in sizes.items()}


@contextmanager
def _read_in_parts(spark: SparkSession, size: int) -> Iterator[None]:
    settings = {"maxPartitionBytes": size, "openCostInBytes": 0, "minPartitionNum": 1}
    names = {f"spark.sql.files.{name}": str(value) for name, value in settings.items()}
    before = {name: spark.conf.get(name, None) for name in names}
    try:
        for name, value in names.items():
            spark.conf.set(name, value)
        yield
    finally:
        for name, value in before.items():
            if value is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, value)


def _sizes(spark: SparkSession, location: str) -> list[int]:
    """Bytes of each file."""
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    found = files.option("pathGlobFilter", "*.parquet").load(location).select("length")
    return [row["length"] for row in found.collect()]
