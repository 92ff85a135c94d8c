"""Versions of a table as Iceberg tables, for readers that know Iceberg.

Each run writes an Iceberg table of its own into its folder, with one snapshot; the catalog's table is then pointed at its
metadata, as that of Parquet is pointed at its folder. So no earlier snapshot is in it, with rows of people who have
withdrawn since, and what a run supersedes goes with its folder, metadata and all.

Asks for Iceberg's classes, which Glue has with `--datalake-formats iceberg`, and for no catalog, extension of SQL or file
system beside Spark's own: so the files are under the key that Spark writes with.
"""

from collections.abc import Mapping, Sequence

from lakewright_proofs import quoted
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

_CATALOG = "org.apache.iceberg.spark.SparkCatalog"
# Iceberg takes this one for tables that are told by their place; its own would ask for Hive.
_BY_PLACE = "default_iceberg"
_PROPERTIES = {
    # The one that Athena knows (its user guide, "Query Apache Iceberg tables").
    "format-version": "2",
    # Metadata would have the least and the greatest value of each column, for whoever may see any of them.
    "write.metadata.metrics.default": "counts",
}


def metadata_of(location: str) -> str:
    """The metadata of a version, which is the first and only of its table (Iceberg's specification, "File System Tables")."""
    return f"{location.rstrip('/')}/metadata/v1.metadata.json"


def is_metadata(place: str) -> bool:
    return place.endswith(".metadata.json")


def write_iceberg(
    frame: DataFrame, location: str, folders: Sequence[str], properties: Mapping[str, str]
) -> None:
    """Write a new Iceberg table whose place is a folder that is not there yet, in one commit."""
    root, _, name = location.rstrip("/").rpartition("/")
    catalog = f"lakewright_{name}"
    _use_catalog(frame.sparkSession, catalog, root)
    writer = frame.writeTo(f"{quoted(catalog)}.{quoted(name)}").using("iceberg")
    for key, value in {**_PROPERTIES, **properties}.items():
        writer = writer.tableProperty(key, value)
    if folders:
        writer = writer.partitionedBy(*(F.col(quoted(folder)) for folder in folders))
    writer.create()


def read_iceberg(spark: SparkSession, metadata: str) -> DataFrame:
    """The rows of the snapshot that a file of metadata says to be the current one."""
    _use_catalog(spark, _BY_PLACE, metadata.rpartition("/")[0])
    return spark.read.format("iceberg").load(metadata)


def _use_catalog(spark: SparkSession, name: str, root: str) -> None:
    settings = {"": _CATALOG, ".type": "hadoop", ".warehouse": root, ".cache-enabled": "false"}
    for key, value in settings.items():
        spark.conf.set(f"spark.sql.catalog.{name}{key}", value)
