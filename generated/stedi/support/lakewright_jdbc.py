"""Reading a table of a PostgreSQL database: all rows of one moment, by the types that were declared.

Of times and decimals the database gives texts, since Java would round or bend what does not fit; they are
read as strictly as those of CSV.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from lakewright_failures import JobFailed, MissingInput, SchemaMismatch
from lakewright_proofs import quoted
from lakewright_secrets import secret_at
from lakewright_source import Source
from lakewright_texts import value_of
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

_DRIVER = "org.postgresql.Driver"
_READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

# The database's names of the types that hold the values of ours, and of no other.
_TYPES = {
    T.StringType: r"text|citext|uuid|jsonb?|character(?: varying)?(?:\(\d+\))?",
    T.IntegerType: r"integer|smallint",
    T.LongType: r"bigint",
    T.DoubleType: r"double precision|real",
    T.BooleanType: r"boolean",
    T.DateType: r"date",
    T.TimestampType: r"timestamp(?:\(\d\))? with(?:out)? time zone",
}
# As what they are read; the others as texts.
_READ_AS = {
    T.IntegerType: "integer",
    T.LongType: "bigint",
    T.DoubleType: "double precision",
    T.BooleanType: "boolean",
}


class Access:
    """Where a database is, and who reads there; printing it shows nothing of it."""

    def __init__(self, secret: bytes, connection: str) -> None:
        try:
            said = json.loads(secret)
            self.url = str(said["url"])
            self.user, self.password = str(said["user"]), str(said["password"])
        except (KeyError, TypeError, ValueError):
            wanted = "a JSON object with url, user and password"
            raise JobFailed(f"the connection {connection} is not {wanted}") from None
        if not self.url.startswith("jdbc:postgresql://"):
            raise JobFailed(f"the url of the connection {connection} is not jdbc:postgresql://...")

    def __repr__(self) -> str:
        return "Access(hidden)"

    @property
    def properties(self) -> dict[str, str]:
        """The driver's. Nothing goes over the network in the clear unless the URL says so.

        Spark logs why a task failed: without the details, which quote rows.
        """
        said = {"user": self.user, "password": self.password}
        return said | {"sslmode": "require", "logServerErrorDetail": "false"}


@dataclass(frozen=True)
class Jdbc:
    """A table of a database.

    connection: name of the secret that says where the database is.
    split_by: column of whole numbers by which the table is read in several parts at once.
    """

    connection: str
    schema: str
    table: str
    fetch_size: int = 10_000
    split_by: str | None = None
    split_from: int = 0
    split_to: int = 0
    splits: int = 1

    keeps_lines = False

    def rows(self, spark: SparkSession, place: str, source: Source) -> DataFrame:
        """Columns row, bad, fault, unreadable and undeclared: what the table holds now.

        Kept by the executors, so that whatever asks for the rows is given the same; where they are
        lost, the run ends.
        """
        access = Access(secret_at(place, f"--{source.argument}"), self.connection)
        types = self._types(spark, access, source)
        taken = [
            _taken(name, types[name], f"value_{number}", source.schema)
            for number, name in enumerate(self._needed(source))
        ]
        by = [f"{identifier(self.split_by)} AS split"] if self.split_by else []
        query = f"SELECT {', '.join([*taken, *by])} FROM {self._place}"
        with _snapshot(spark, access) if self.splits > 1 else nullcontext() as snapshot:
            found = self._read(spark, access, query, snapshot)
            return self._parsed(found, source, set(types)).localCheckpoint()

    def fault(self, source: Source) -> Column:
        return F.col("fault")

    def said(self, column: str, source: Source) -> Column:
        """What a row says in a column, whether or not the job needs it."""
        if column in source.schema.names:
            return F.col("row")[column].cast("string")
        return F.col(quoted(f"said_{column}"))

    @property
    def _place(self) -> str:
        return f"{identifier(self.schema)}.{identifier(self.table)}"

    @staticmethod
    def _needed(source: Source) -> list[str]:
        """The columns that the job needs, and those that only reading does."""
        beyond = [name for name in (source.about, source.at) if name]
        return list(dict.fromkeys([*source.schema.names, *beyond]))

    def _read(
        self, spark: SparkSession, access: Access, query: str, snapshot: str | None = None
    ) -> DataFrame:
        begin = [_READ_ONLY, *([f"SET TRANSACTION SNAPSHOT {text(snapshot)}"] if snapshot else [])]
        options = {
            "url": access.url,
            "driver": _DRIVER,
            "dbtable": f"({query}) AS declared",
            "fetchsize": str(self.fetch_size),
            "sessionInitStatement": "; ".join(begin),
            # Spark's rules say what equals what and what is less, not those of the database.
            "pushDownPredicate": "false",
            **access.properties,
        }
        if snapshot:
            options |= {
                "partitionColumn": "split",
                "lowerBound": str(self.split_from),
                "upperBound": str(self.split_to),
                "numPartitions": str(self.splits),
            }
        return spark.read.format("jdbc").options(**options).load()

    def _types(self, spark: SparkSession, access: Access, source: Source) -> dict[str, str]:
        """The database's types by column; the run ends where they are not as declared."""
        query = f"""
            SELECT CAST(a.attname AS text) AS name, CASE t.typtype
                WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod)
                WHEN 'e' THEN 'text'
                ELSE format_type(a.atttypid, a.atttypmod) END AS type
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            WHERE n.nspname = {text(self.schema)} AND c.relname = {text(self.table)}
                AND a.attnum > 0 AND NOT a.attisdropped"""
        types = {row["name"]: row["type"] for row in self._read(spark, access, query).collect()}
        argument, name = source.argument, f"{self.schema}.{self.table}"
        if not types:
            raise MissingInput(f"{argument}: the database {self.connection} has no {name}")
        lacking = [one for one in source.columns if one not in types]
        if lacking:
            raise SchemaMismatch(f"{argument}: {name} has no {', '.join(lacking)}")
        for field in source.schema.fields:
            if not re.fullmatch(_held_in(field.dataType), types[field.name]):
                found, wanted = types[field.name], field.dataType.simpleString()
                raise SchemaMismatch(f"{argument}.{field.name} is {found}, expected {wanted}")
        return types

    def _parsed(self, found: DataFrame, source: Source, columns: set[str]) -> DataFrame:
        needed = self._needed(source)
        said = {name: f"value_{number}" for number, name in enumerate(needed)}
        values, lost, fault = {}, [], F.when(F.lit(False), "")
        for field in source.schema.fields:
            name, place = field.name, said[field.name]
            value = _value(place, field.dataType)
            values[name] = value.alias(name)
            if field.nullable:
                lost.append(F.when(F.col(place).isNotNull() & value.isNull(), name))
                continue
            fault = fault.when(F.col(place).isNull(), f"{name} is null")
            fault = fault.when(value.isNull(), f"{name} is not {field.dataType.simpleString()}")
        names = F.array_compact(F.array(F.lit(None).cast("string"), *lost))
        beyond = [name for name in needed if name not in values]
        return found.select(
            F.struct(*values.values()).alias("row"),
            fault.isNotNull().alias("bad"),
            fault.alias("fault"),
            F.when(fault.isNull(), names).alias("unreadable"),
            F.lit(bool(columns - set(source.columns))).alias("undeclared"),
            *(F.col(said[name]).alias(f"said_{name}") for name in beyond),
        )


def identifier(name: str) -> str:
    """A name as PostgreSQL's SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as PostgreSQL's SQL has it, however its backslashes are set."""
    return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _held_in(kind: T.DataType) -> str:
    if isinstance(kind, T.DecimalType):
        return rf"numeric(?:\({kind.precision},{kind.scale}\))?"
    return _TYPES[type(kind)]


def _taken(name: str, type_: str, alias: str, schema: T.StructType) -> str:
    """A column as it is asked for."""
    value = identifier(name)
    if type_.endswith(" with time zone"):
        value = f"{value} AT TIME ZONE 'UTC'"
    kind = _READ_AS.get(type(schema[name].dataType), "text") if name in schema.names else "text"
    return f"CAST({value} AS {kind}) AS {alias}"


def _value(column: str, kind: T.DataType) -> Column:
    is_as_given = type(kind) in _READ_AS or isinstance(kind, T.StringType)
    return F.col(column) if is_as_given else value_of(column, kind)


@contextmanager
def _snapshot(spark: SparkSession, access: Access) -> Iterator[str]:
    """Name of a moment that connections may read at, as long as this lasts."""
    jvm = spark.sparkContext._jvm
    jvm.org.apache.spark.sql.execution.datasources.jdbc.DriverRegistry.register(_DRIVER)
    properties = jvm.java.util.Properties()
    for name, value in access.properties.items():
        properties.setProperty(name, value)
    connection = jvm.java.sql.DriverManager.getConnection(access.url, properties)
    try:
        connection.setAutoCommit(False)
        statement = connection.createStatement()
        statement.execute(_READ_ONLY)
        found = statement.executeQuery("SELECT pg_export_snapshot()")
        found.next()
        yield found.getString(1)
    finally:
        connection.close()
