"""What every generated job shares: strict reading, counting, pseudonyms, publishing, clean errors.

Runs unchanged on AWS Glue 5.1 (Spark 3.5) and 6.0 (Spark 4.1) and on a plain local Spark. It needs
nothing but pyspark; boto3, which Glue has, is imported only for `catalog:`, `secretsmanager:` and
`s3:` arguments. No value of a row ever reaches a message, a log line or a report.
"""

import hashlib
import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, reduce
from operator import or_
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from pyspark.sql import Column, DataFrame, Observation, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

_JSON_OPTIONS = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "corrupt",
    "allowSingleQuotes": "false",
    "allowNonNumericNumbers": "false",
}
_INNER, _OUTER = "_lakewright_inner", "_lakewright_outer"
_RUN_ID = re.compile(r"jr_[0-9A-Za-z_-]{8,}")
# Glue stops a job after 48 hours unless told otherwise: an older unpublished version is a dead one.
_ABANDONED = timedelta(hours=48)
# What UpdateTable takes of what GetTable returns.
_TABLE_INPUT = ["Name", "Description", "Owner", "LastAccessTime", "LastAnalyzedTime", "Retention"]
_TABLE_INPUT += ["StorageDescriptor", "PartitionKeys", "ViewOriginalText", "ViewExpandedText"]
_TABLE_INPUT += ["TableType", "Parameters", "TargetTable"]


class JobFailed(RuntimeError):
    """A job that stopped, said in words that hold no data."""


class MissingInput(JobFailed):
    """An input that does not exist or holds nothing; zero rows would look like success."""


class SchemaMismatch(JobFailed):
    """A table whose columns are not those that the job was compiled for."""


def uncounted(frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
    """The `counted` of a transform whose rows nobody counts, as in a unit test."""
    return frame


class PseudonymKey:
    """An HMAC-SHA-256 key as its two padded halves; printing it shows nothing of it."""

    def __init__(self, key: bytes) -> None:
        if len(key) < 16:
            raise JobFailed("the pseudonym key is shorter than 16 bytes")
        block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        self._pads = tuple(bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C))

    def __repr__(self) -> str:
        return "PseudonymKey(hidden)"

    def pads(self, spark: SparkSession) -> DataFrame:
        """One row to join with: plans and event logs show such rows' columns, not their values."""
        return spark.createDataFrame([self._pads], f"{_INNER} binary, {_OUTER} binary")


def elapsed_since(later: Column, earlier: Column) -> Column:
    """The time between two events of one person, which says no clock time; null if it is too long."""
    return F.try_subtract(later, earlier)


def pseudonyms(frame: DataFrame, column: str, name: str, key: PseudonymKey) -> DataFrame:
    """Add column `name`: the lowercase hex HMAC-SHA-256 of the text in `column`; null stays null.

    HMAC (RFC 2104) is two nested hashes over key pads, so Spark's own `sha2` is enough.
    """
    padded = frame.crossJoin(F.broadcast(key.pads(frame.sparkSession)))
    inner = F.unhex(F.sha2(F.concat(_INNER, padded[column].cast("binary")), 256))
    return padded.withColumn(name, F.sha2(F.concat(_OUTER, inner), 256)).drop(_INNER, _OUTER)


class Run:
    """One run of one job: `with Run(arguments) as run`. Errors leave it scrubbed of data values."""

    def __init__(self, arguments: dict[str, str]) -> None:
        self._arguments = arguments
        self.job = arguments["JOB_NAME"]
        self.run_id = arguments.get("JOB_RUN_ID") or f"jr_{secrets.token_hex(16)}"
        if not _RUN_ID.fullmatch(self.run_id):
            raise JobFailed("JOB_RUN_ID must look like jr_0123456789abcdef")
        self._phase = "starting"
        self._started = time.monotonic()
        self._observed: dict[str, tuple[DataFrame, Observation]] = {}
        self._rows: dict[str, int] = {}
        self._inputs: dict[str, bool] = {}  # argument -> whether it is JSON lines
        self._lines: dict[str, DataFrame] = {}  # argument -> its odd lines, until known to be none
        self._steps: list[dict[str, Any]] = []
        self._report: dict[str, Any] = {"job": self.job, "run_id": self.run_id}
        self._report |= {"inputs": {}, "steps": self._steps}

    def __enter__(self) -> Self:
        self.spark = SparkSession.builder.getOrCreate()
        self.spark.conf.set("spark.sql.session.timeZone", "UTC")
        # PySpark 4 writes each error with its whole text, and so with rows, to the job's log.
        for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._report["spark"] = self.spark.version
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failure = self._clean(error) if isinstance(error, Exception) else None
        self._report["seconds"] = round(time.monotonic() - self._started, 3)
        if failure:
            self._report["failed"] = str(failure)
        try:
            self._write_report()
        except Exception as unwritten:  # noqa: BLE001 (whatever it is, its text may quote data)
            self._phase = "writing the report"
            failure = failure or self._clean(unwritten)
        if failure:
            raise failure from None

    @cached_property
    def consent_as_of(self) -> int:
        """The pinned instant, in epoch milliseconds, at which consent is read."""
        text = self._argument("consent_as_of")
        try:
            instant = datetime.now(UTC) if text == "now" else datetime.fromisoformat(text)
        except ValueError:
            raise JobFailed(f"--consent_as_of {text!r} is not an ISO-8601 instant") from None
        if instant.tzinfo is None:
            raise JobFailed(f"--consent_as_of {text!r} lacks its offset, such as Z")
        pinned = instant.astimezone(UTC).isoformat(timespec="milliseconds")
        self._report["consent_as_of"] = pinned
        print(f"lakewright: {self.job}: consent as of {pinned}", flush=True)
        return int(instant.timestamp() * 1000)

    @cached_property
    def pseudonym_key(self) -> PseudonymKey:
        """The key of `secretsmanager:<secret id>` or, to develop, of `file:<path>`."""
        self._phase = "reading the pseudonym key"
        kind, _, place = self._argument("pseudonym_key").partition(":")
        if kind == "file":
            return PseudonymKey(Path(place).read_bytes().strip())
        if kind == "secretsmanager":
            secret = _aws("secretsmanager").get_secret_value(SecretId=place)
            text = secret.get("SecretString")
            return PseudonymKey(text.strip().encode() if text else secret["SecretBinary"])
        raise JobFailed("--pseudonym_key is neither secretsmanager:<secret id> nor file:<path>")

    def read_json(self, argument: str, schema: T.StructType) -> DataFrame:
        """Read JSON lines; a line without the required columns of `schema` is quarantined.

        An optional value that cannot be read is null; its line is kept for a person to look at too.
        """
        reader = self.spark.read.option("recursiveFileLookup", "true")
        lines = self._read(argument, reader.text)
        if not lines.inputFiles():
            raise MissingInput(f"{argument}: no files in {self._argument(argument)}")
        parsed = _parse(lines, schema)
        self._inputs[argument] = True
        reason = F.when(F.col("bad"), _reason(schema)).alias("reason")
        odd = parsed.where("bad or size(unreadable) > 0").select(reason, "unreadable", "line")
        self._lines[argument] = odd
        # Observing also keeps Spark from pushing the filter down, where it would parse once more.
        count = F.count_if(F.expr("bad or size(unreadable) > 0")).alias("odd")
        return self._observe(parsed, argument, count).where("not bad").select("row.*")

    def read_table(self, argument: str, schema: T.StructType) -> DataFrame:
        """Read the columns of `schema` from a published table and check their types."""
        table = self._read(argument, self.spark.read.parquet)
        found = {field.name: field.dataType.simpleString() for field in table.schema.fields}
        for field in schema.fields:
            actual, expected = found.get(field.name, "missing"), field.dataType.simpleString()
            if actual != expected:
                raise SchemaMismatch(f"{argument}.{field.name} is {actual}, expected {expected}")
        self._inputs[argument] = False
        return self._observe(table.select([F.col(_quoted(n)) for n in schema.names]), argument)

    def counted(self, frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
        """Count the rows of a step in the pass that computes them; `of` names what it came from."""
        self._phase = "transforming"
        self._steps.append({"name": name, "of": of, "rows": None})
        return self._observe(frame, f"step {len(self._steps)}")

    def publish(self, frame: DataFrame, argument: str) -> None:
        """Write Parquet and make it the table in one move; a failure leaves the last good one."""
        place = self._argument(argument)
        observed = self._observe(frame, "output")
        if place.startswith("catalog:"):
            location = self._publish_to_catalog(observed, argument, *_catalog_name(place))
        elif "://" in place:
            raise JobFailed(f"{argument}: only a catalog table or a local folder can be swapped")
        else:
            location = self._publish_to_folder(observed, argument, Path(place))
        output = {"table": argument, "rows": self._rows["output"], "location": location}
        self._report["output"] = output

    def _publish_to_folder(self, frame: DataFrame, argument: str, final: Path) -> str:
        retired = final.with_name(f".{final.name}.retired")
        staged = final.with_name(f".{final.name}.{self.run_id}")
        if retired.exists() and not final.exists():
            retired.rename(final)  # a run was killed between the two renames below
        for leftover in (retired, *final.parent.glob(f".{final.name}.jr_*")):
            shutil.rmtree(leftover, ignore_errors=True)
        try:
            self._write(frame, argument, str(staged))
            if final.exists():
                final.rename(retired)
            staged.rename(final)
        except BaseException:
            if retired.exists() and not final.exists():
                retired.rename(final)
            shutil.rmtree(staged, ignore_errors=True)
            raise
        shutil.rmtree(retired, ignore_errors=True)
        return str(final)

    def _publish_to_catalog(self, frame: DataFrame, argument: str, database: str, name: str) -> str:
        root, _ = _split_version(_table(database, name))
        location = f"{root}/{self.run_id}/"
        self._write(frame, argument, location)
        parameters = {"lakewright:run_id": self.run_id}
        if "consent_as_of" in self._report:
            parameters["lakewright:consent_as_of"] = self._report["consent_as_of"]
        previous, superseded = _repoint(database, name, location, frame.columns, parameters)
        self._phase = f"deleting old versions of {argument}"
        _delete_versions(root, superseded, keep={self.run_id, previous})
        return location

    def _write(self, frame: DataFrame, argument: str, location: str) -> None:
        self._phase = f"writing {argument}"
        frame.write.option("compression", "zstd").parquet(location)
        self._settle()
        self._phase = f"publishing {argument}"

    def _settle(self) -> None:
        """Collect the counts and account for every input line before anything is published.

        An observation that the optimizer removed from the plan, as it does below an empty input, would
        make `get` wait for ever. A second query that observes -1 under the same names ends that wait,
        and comes after; what is unknown then is counted by itself.
        """
        sentinel = Observation(f"{self.run_id} sentinel")
        closing = self.spark.range(1).observe(sentinel, F.lit(-1).alias("rows"))
        for key in self._observed:
            closing = closing.observe(f"{self.run_id} {key}", F.lit(-1).alias("rows"))
        closing.collect()
        _wait(sentinel, seconds=60)
        for key, (frame, observation) in self._observed.items():
            counts = _wait(observation, seconds=2)
            known = counts.get("rows", -1) >= 0
            self._rows[key] = counts["rows"] if known else frame.count()
            if key in self._lines and known and counts["odd"] == 0:
                self._lines.pop(key)
        for number, step in enumerate(self._steps, start=1):
            step["rows"] = self._rows[f"step {number}"]
        for argument in self._inputs:
            self._settle_input(argument)

    def _settle_input(self, argument: str) -> None:
        self._phase = f"reading {argument}"
        rows, is_json = self._rows[argument], self._inputs[argument]
        if is_json and rows == 0:
            raise MissingInput(f"{argument}: no lines in {self._argument(argument)}")
        quarantined, unreadable = (
            self._quarantine(argument) if argument in self._lines else ({}, {})
        )
        counts = {"rows": rows, "quarantined": quarantined, "unreadable": unreadable}
        self._report["inputs"][argument] = counts

    def _quarantine(self, argument: str) -> tuple[dict[str, int], dict[str, int]]:
        """Keep the odd lines for a person to look at; count those set aside by reason, and values
        that were read as null by column."""
        self._phase = f"quarantining lines of {argument}"
        folder = f"{argument.removeprefix('landing_')}/{self.job}/{self.run_id}"
        location = f"{self._argument('quarantine').rstrip('/')}/{folder}"
        self._lines[argument].repartition(1).write.json(location)
        kept = self.spark.read.schema("reason string, unreadable array<string>").json(location)
        reasons = kept.where("reason IS NOT NULL").select(F.col("reason").alias("word"))
        columns = kept.select(F.explode("unreadable").alias("word"))
        return _tally(reasons), _tally(columns)

    def _observe(self, frame: DataFrame, key: str, *more: Column) -> DataFrame:
        observation = Observation(f"{self.run_id} {key}")
        self._observed[key] = (frame, observation)
        return frame.observe(observation, F.count(F.lit(1)).alias("rows"), *more)

    def _argument(self, name: str) -> str:
        value = self._arguments.get(name)
        if not value:
            raise JobFailed(f"the argument --{name} is missing")
        return value

    def _read(self, argument: str, reader: Callable[[str], DataFrame]) -> DataFrame:
        self._phase = f"reading {argument}"
        place = self._argument(argument)
        if place.startswith("catalog:"):
            place = _table(*_catalog_name(place))["StorageDescriptor"]["Location"]
        try:
            return reader(place)
        except Exception as error:
            if _error_class(error) in ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA"):
                raise MissingInput(f"{argument}: nothing in {place}") from None
            raise

    def _clean(self, error: Exception) -> JobFailed:
        """The error without its text, which may quote a row (as ANSI cast errors do)."""
        if isinstance(error, JobFailed):
            return type(error)(f"{self.job}: {error}")
        return JobFailed(f"{self.job} failed while {self._phase}: {_error_class(error)}")

    def _write_report(self) -> None:
        text = json.dumps(self._report)
        print(f"lakewright: {text}", flush=True)
        folder = self._arguments.get("report")
        if not folder:
            return
        place = f"{folder.rstrip('/')}/{self.job}/{self.run_id}.json"
        if place.startswith("s3"):
            bucket, key = _bucket_and_key(place)
            _aws("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())
        else:
            Path(place).parent.mkdir(parents=True, exist_ok=True)
            Path(place).write_text(text)


def _tally(words: DataFrame) -> dict[str, int]:
    return {
        row["word"]: row["count"] for row in words.groupBy("word").count().sort("word").collect()
    }


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _parse(lines: DataFrame, schema: T.StructType) -> DataFrame:
    """Columns line, keys, row, bad and unreadable. Spark alone would accept all that they name.

    It stops reading a line at the end of its first object, takes the last of two equal keys, turns
    any value into a string, and gives null for a key in another case. A line whose required columns
    are doubtful is bad. A doubtful optional value is null, and its line stays: the newest version of
    a record must not vanish because its consent cannot be read, or an older consent would revive.
    """
    line = F.expr("trim(BOTH ' \t\r\ufeff' FROM value)")
    wrapped = T.StructType([T.StructField("rows", T.ArrayType(schema))]).add("corrupt", "string")
    text = F.concat(F.lit('{"rows":['), "line", F.lit("]}"))
    parsed = F.from_json(text, wrapped, _JSON_OPTIONS)
    read = lines.select(line.alias("line")).where("line <> ''")
    read = read.select("line", F.json_object_keys("line").alias("keys"), parsed.alias("parsed"))
    read = read.withColumn("odd", _has_odd_keys(schema))
    row = F.get("parsed.rows", 0)
    corrupt = F.col("parsed.corrupt").isNotNull()
    optional = [field for field in schema.fields if field.nullable]
    doubts = [_is_doubtful(field, row) for field in schema.fields if not field.nullable]
    several = (F.size("parsed.rows") != 1) | (corrupt & _is_not_one_value())
    faults = [F.col("keys").isNull(), several, row.isNull(), *doubts]
    bad = F.coalesce(reduce(or_, faults), F.lit(True))
    # Few lines give cause for doubt; only they pay for a look at each of their values.
    cause = reduce(or_, [_is_not_text(field, row) for field in optional], corrupt | F.col("odd"))
    doubtful = [F.when(_is_doubtful(field, row), F.lit(field.name)) for field in optional]
    names = F.array_compact(F.array(F.lit(None).cast("string"), *doubtful))
    unreadable = F.when(~bad & F.coalesce(cause, F.lit(True)), names).alias("unreadable")
    read = read.select("line", "keys", "odd", row.alias("row"), bad.alias("bad"), unreadable)
    values = [
        F.when(F.array_contains("unreadable", f.name), None).otherwise(F.col("row")[f.name])
        if f.nullable
        else F.col("row")[f.name]
        for f in schema.fields
    ]
    named = [value.alias(name) for value, name in zip(values, schema.names, strict=True)]
    cleaned = F.when(F.size("unreadable") > 0, F.struct(*named)).otherwise(F.col("row"))
    return read.select("line", "keys", "odd", cleaned.alias("row"), "bad", "unreadable")


def _has_odd_keys(schema: T.StructType) -> Column:
    """Whether any key appears twice, or one of the schema's appears in another case."""
    lowered = [name.lower() for name in schema.names]
    repeated = F.size("keys") != F.size(F.array_distinct(F.transform("keys", F.lower)))
    known = F.exists("keys", lambda key: F.lower(key).isin(lowered) & ~key.isin(schema.names))
    return repeated | known


def _is_not_one_value() -> Column:
    """Whether a line is no JSON, or several values; asked of lines that Spark found fault with."""
    values = F.from_json(F.concat(F.lit("["), "line", F.lit("]")), "array<string>", _JSON_OPTIONS)
    return F.coalesce(F.size(values), F.lit(-1)) != 1


def _is_doubtful(field: T.StructField, row: Column) -> Column:
    """Whether a value is not what the line says, or the line says two things, or nothing at all."""
    lost = row[field.name].isNull()
    if field.nullable:
        lost &= _is_given(field)
    return lost | _is_ambiguous(field) | _is_not_text(field, row)


def _is_given(field: T.StructField) -> Column:
    bare = field.name.replace("'", "")
    return F.get_json_object("line", f"$['{bare}']").isNotNull()


def _is_ambiguous(field: T.StructField) -> Column:
    """Whether a key appears twice, or in another case."""
    count = F.size(_spellings(field))
    once = (count == 0) | ((count == 1) & F.array_contains("keys", field.name))
    return F.col("odd") & ~once


def _spellings(field: T.StructField) -> Column:
    return F.filter("keys", lambda key: F.lower(key) == field.name.lower())


def _is_not_text(field: T.StructField, row: Column) -> Column:
    """Whether a string was a number, boolean, object or array in the line (null stays null).

    Only a value that looks like one costs a look into the line, so usual text is cheap.
    """
    if not isinstance(field.dataType, T.StringType):
        return F.lit(False)
    key = rf"\Q{json.dumps(field.name, ensure_ascii=False)}\E\s*:\s*"
    looks = row[field.name].rlike(r"^(-?\d[\d.eE+-]*|true|false|[\[{].*)$")
    unquoted = F.col("line").rlike(key + r"[^\"\s]") | ~F.col("line").rlike(key + '"')
    return F.coalesce(looks, F.lit(False)) & unquoted


def _reason(schema: T.StructType) -> Column:
    """Why a bad line is bad, in words that hold none of its values."""
    reason = F.when(F.col("keys").isNull(), "not a JSON object")
    reason = reason.when(_is_not_one_value(), "not one JSON object")
    for field in schema.fields:
        if field.nullable:
            continue
        name, kind = field.name, field.dataType.simpleString()
        absent = F.size(_spellings(field)) == 0
        reason = reason.when(absent, f"{name} is missing")
        reason = reason.when(_is_ambiguous(field), f"{name} appears twice or in another case")
        null = F.col("row")[name].isNull()
        reason = reason.when(null & ~_is_given(field), f"{name} is null")
        reason = reason.when(null | _is_not_text(field, F.col("row")), f"{name} is not {kind}")
    return reason.otherwise("does not fit the schema")


def _wait(observation: Observation, seconds: float) -> dict[str, Any]:
    """The observed counts, or nothing if they do not come; `get` itself knows no time limit."""
    counts: dict[str, Any] = {}
    waiting = threading.Thread(target=lambda: counts.update(observation.get), daemon=True)
    waiting.start()
    waiting.join(seconds)
    return dict(counts)


def _error_class(error: Exception) -> str:
    """The class of the innermost error that has one: Spark's own, AWS's or Python's."""
    found = type(error).__name__
    if hasattr(error, "response"):  # botocore's ClientError
        return str(error.response.get("Error", {}).get("Code", found))
    for method in ("getCondition", "getErrorClass"):
        if hasattr(error, method) and (named := getattr(error, method)()):
            return named
    cause = getattr(error, "java_exception", None)
    while cause is not None:
        found = cause.getClass().getSimpleName()
        cause = cause.getCause()
    return found


@cache
def _aws(service: str) -> Any:
    import boto3

    return boto3.client(service)


def _catalog_name(place: str) -> tuple[str, str]:
    database, dot, table = place.removeprefix("catalog:").partition(".")
    if not (database and dot and table):
        raise JobFailed(f"{place!r} is not catalog:<database>.<table>")
    return database, table


def _table(database: str, name: str) -> dict[str, Any]:
    return _aws("glue").get_table(DatabaseName=database, Name=name)["Table"]


def _split_version(table: dict[str, Any]) -> tuple[str, str]:
    """The folder that holds a table's versions, and the run that published the current one."""
    location = table["StorageDescriptor"]["Location"].rstrip("/")
    root, _, run_id = location.rpartition("/")
    published = _RUN_ID.fullmatch(run_id) and root.rpartition("/")[2] == table["Name"]
    return (root, run_id) if published else (location, "")


def _repoint(
    database: str, name: str, location: str, columns: list[str], parameters: dict[str, str]
) -> tuple[str, str]:
    """Move the table to a new version unless somebody else changes it at that moment.

    Gives the run whose version was replaced, and the run that had been replaced by that one.
    """
    table = _table(database, name)
    expected = sorted(column["Name"].lower() for column in table["StorageDescriptor"]["Columns"])
    if expected != sorted(column.lower() for column in columns):
        raise SchemaMismatch(f"{database}.{name} has other columns in the catalog")
    _, previous = _split_version(table)
    old = table.get("Parameters", {})
    update = {key: table[key] for key in _TABLE_INPUT if key in table}
    update["StorageDescriptor"] = table["StorageDescriptor"] | {"Location": location}
    update["Parameters"] = old | parameters | {"lakewright:previous_run_id": previous}
    guard = {"VersionId": table["VersionId"]} if "VersionId" in table else {}
    _aws("glue").update_table(DatabaseName=database, TableInput=update, **guard)
    return previous, old.get("lakewright:previous_run_id", "")


def _delete_versions(root: str, superseded: str, keep: set[str]) -> None:
    """Delete the version before the last, and what runs that died left long ago."""
    bucket, prefix = _bucket_and_key(f"{root}/")
    abandoned_before = datetime.now(UTC) - _ABANDONED
    pages = _aws("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    for page in pages:
        doomed = []
        for item in page.get("Contents", []):
            run_id = item["Key"].removeprefix(prefix).partition("/")[0]
            old = run_id == superseded or item["LastModified"] < abandoned_before
            if old and run_id not in keep and _RUN_ID.fullmatch(run_id):
                doomed.append({"Key": item["Key"]})
        if doomed:
            _aws("s3").delete_objects(Bucket=bucket, Delete={"Objects": doomed, "Quiet": True})


def _bucket_and_key(uri: str) -> tuple[str, str]:
    parts = urlsplit(uri)
    return parts.netloc, parts.path.lstrip("/")
