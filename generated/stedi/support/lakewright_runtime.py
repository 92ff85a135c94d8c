"""What every generated job shares: one run of a job, from strict reading to publishing.

Runs unchanged on AWS Glue 5.1 (Spark 3.5) and 6.0 (Spark 4.1) and on a plain local Spark, with nothing
but pyspark. No value of a row ever reaches a message, a log line or a report.
"""

import json
import logging
import secrets
import time
from collections.abc import Callable
from functools import cached_property, reduce
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lakewright_counts import Counts
from lakewright_failures import (
    JobFailed,
    MissingInput,
    ProofFailed,
    SchemaMismatch,
    error_class,
)
from lakewright_lines import fault_of, parsed_lines, tally
from lakewright_proofs import (
    Consent,
    Listed,
    consenting,
    instant_of,
    require_equal,
    require_no_strangers,
    require_sole_owners,
)
from lakewright_pseudonyms import PseudonymKey, key_at, pseudonyms
from lakewright_suppression import subject_of, suppressed_at, with_suppressed
from lakewright_tables import (
    RUN_ID,
    catalog_name,
    delete_versions,
    discard_version,
    replace_folder,
    repoint,
    split_version,
    table_of,
    write_text,
)
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# What scripts use.
__all__ = ["Consent", "JobFailed", "Listed", "MissingInput", "ProofFailed", "PseudonymKey", "Run"]
__all__ += ["SchemaMismatch", "band", "elapsed_since", "pseudonyms", "uncounted"]


def uncounted(frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
    """The `counted` of a transform whose rows nobody counts, as in a unit test."""
    return frame


def elapsed_since(later: Column, earlier: Column) -> Column:
    """The time between two events of one person, which says no clock time; null if it is too long."""
    return F.try_subtract(later, earlier)


def band(value: Column, width: int) -> Column:
    """The start of the band of a width that holds a whole number, which its declaration lets be shown."""
    return F.try_subtract(value, F.pmod(value, F.lit(width)))


class Run:
    """One run of one job: `with Run(arguments) as run`. Errors leave it scrubbed of data values."""

    def __init__(self, arguments: dict[str, str]) -> None:
        self._arguments = arguments
        self.job = arguments["JOB_NAME"]
        self.run_id = arguments.get("JOB_RUN_ID") or f"jr_{secrets.token_hex(16)}"
        if not RUN_ID.fullmatch(self.run_id):
            raise JobFailed("JOB_RUN_ID must look like jr_0123456789abcdef")
        self._phase = "starting"
        self._started = time.monotonic()
        self._counts = Counts(self.run_id)
        self._inputs: dict[str, bool] = {}  # argument -> whether it is JSON lines
        self._schemas: dict[str, T.StructType] = {}
        self._about: dict[str, str | None] = {}  # argument -> whose its rows are, by column
        self._well_formed: dict[str, int] = {}  # argument -> rows handed on
        self._proofs: list[tuple[str, Callable[[DataFrame], None]]] = []
        self._lines: dict[str, DataFrame] = {}  # argument -> its odd lines
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
        instant = instant_of(self._argument("consent_as_of"))
        pinned = instant.isoformat(timespec="milliseconds")
        self._report["consent_as_of"] = pinned
        print(f"lakewright: {self.job}: consent as of {pinned}", flush=True)
        return int(instant.timestamp() * 1000)

    @cached_property
    def pseudonym_key(self) -> PseudonymKey:
        """The key of `secretsmanager:<secret id>` or, to develop, of `file:<path>`."""
        self._phase = "reading the pseudonym key"
        return key_at(self._argument("pseudonym_key"))

    @cached_property
    def _suppressed(self) -> list[str]:
        self._phase = "reading the suppression list"
        return suppressed_at(self._argument("suppression"))

    @cached_property
    def _suppression_key(self) -> PseudonymKey:
        self._phase = "reading the suppression key"
        return key_at(self._argument("suppression_key"))

    def read_json(self, argument: str, schema: T.StructType, about: str | None = None) -> DataFrame:
        """Read JSON lines; a line without the required columns of `schema` is quarantined.

        Lines about people who were erased are left out, delivered again or not: `about` says whose.

        An optional value that cannot be read is null; its line is kept for a person to look at too.
        """
        self._inputs[argument], self._schemas[argument] = True, schema
        self._about[argument] = about
        parsed = self._parsed(argument, schema)
        if about and self._suppressed:
            everybody = F.count_if("suppressed").alias("suppressed")
            parsed = self._counts.observe(parsed, f"all of {argument}", everybody)
            parsed = parsed.where("not suppressed")
        reason = F.when(F.col("bad"), fault_of(schema)).alias("reason")
        odd = parsed.where("bad or size(unreadable) > 0").select(reason, "unreadable", "line")
        self._lines[argument] = odd
        # Observing also keeps Spark from pushing the filter down, where it would parse once more.
        counts = F.count_if(F.expr("bad or size(unreadable) > 0")).alias("odd")
        is_odd = F.count_if(F.expr("bad or size(unreadable) > 0")).alias("odd")
        counts = (is_odd, F.count_if("bad").alias("bad"))
        return self._counts.observe(parsed, argument, *counts).where("not bad").select("row.*")

    def _parsed(self, argument: str, schema: T.StructType) -> DataFrame:
        reader = self.spark.read.option("recursiveFileLookup", "true")
        lines = self._read(argument, reader.text)
        if not lines.inputFiles():
            raise MissingInput(f"{argument}: no files in {self._argument(argument)}")
        parsed = parsed_lines(lines, schema)
        about = self._about[argument]
        if not about or not self._suppressed:
            return parsed
        whose = subject_of(schema, about)
        return with_suppressed(parsed, whose, self._suppressed, self._suppression_key)

    def read_table(
        self, argument: str, schema: T.StructType, about: str | None = None
    ) -> DataFrame:
        """Read the columns of `schema` from a published table and check their types.

        Of a table from outside, rows about people who were erased are left out: `about` says whose.
        """
        table = self._read(argument, self.spark.read.parquet)
        found = {field.name: field.dataType.simpleString() for field in table.schema.fields}
        for field in schema.fields:
            actual, expected = found.get(field.name, "missing"), field.dataType.simpleString()
            if actual != expected:
                raise SchemaMismatch(f"{argument}.{field.name} is {actual}, expected {expected}")
        self._inputs[argument], self._schemas[argument] = False, schema
        columns = [F.col(_quoted(name)) for name in schema.names]
        self._about[argument] = about
        if about and self._suppressed:
            whose = F.col(_quoted(about))
            table = with_suppressed(table, whose, self._suppressed, self._suppression_key)
            table = table.where("not suppressed")
        return self._counts.observe(table.select(columns), argument)

    def counted(self, frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
        """Count the rows of a step in the pass that computes them; `of` names what it came from."""
        self._phase = "transforming"
        self._steps.append({"name": name, "of": of, "rows": None})
        return self._counts.observe(frame, f"step {len(self._steps)}")

    def prove_rows(self, of: str) -> None:
        """Before publishing, ask: are there as many rows as after the step, or in the input, `of`?"""

        def prove(_: DataFrame) -> None:
            rows = [one["rows"] for one in self._steps if one["name"] == of]
            rows += [count for argument, count in self._well_formed.items() if argument == of]
            if len(rows) != 1:
                raise ProofFailed(f"not published: no such step: {of}")
            require_equal(f"output of {of}", self._counts["output"], rows[0])

        self._proofs.append((f"all rows are those of {of}", prove))

    def prove_consent(self, key: str, *known: Consent | Listed) -> None:
        """Before publishing, ask anew: is every row about somebody, named by `key`, who consents?"""

        def prove(staged: DataFrame) -> None:
            subjects = reduce(DataFrame.union, [self._subjects(one) for one in known])
            require_no_strangers(staged, key, subjects)

        self._proofs.append((f"every {key} consents", prove))

    def prove_sole_owner(self, alias: str, subject: str, step: str) -> None:
        """Before publishing, ask anew: does each `alias` after a step belong to one subject?"""

        def prove(_: DataFrame) -> None:
            numbers = [n for n, one in enumerate(self._steps, start=1) if one["name"] == step]
            if len(numbers) != 1:
                raise ProofFailed(f"not published: no such step: {step}")
            joined = self._counts.frame(f"step {numbers[0]}")
            require_sole_owners(joined, alias, subject, step)

        self._proofs.append((f"every {alias} has one {subject}", prove))

    def _subjects(self, known: Consent | Listed) -> DataFrame:
        """Read anew: what was delivered or withdrawn since the run began counts too."""
        schema = self._schemas[known.table]
        if self._inputs[known.table]:
            rows = self._parsed(known.table, schema).where("not bad").select("row.*")
        else:
            rows = self._read(known.table, self.spark.read.parquet)
        if isinstance(known, Listed):
            subjects = rows.select(F.col(_quoted(known.subject)).alias("subject"))
        else:
            subjects = consenting(known, rows, self.consent_as_of)
        if known.key:
            subjects = pseudonyms(subjects, "subject", "pseudonym", known.key)
        return subjects.select(F.col(subjects.columns[-1]).alias("subject"))

    def publish(self, frame: DataFrame, argument: str) -> None:
        """Write Parquet and make it the table in one move; a failure leaves the last good one."""
        place = self._argument(argument)
        observed = self._counts.observe(frame, "output")
        if place.startswith("catalog:"):
            location = self._publish_to_catalog(observed, argument, *catalog_name(place))
        elif "://" in place:
            raise JobFailed(f"{argument}: only a catalog table or a local folder can be swapped")
        else:
            location = self._publish_to_folder(observed, argument, Path(place))
        output = {"table": argument, "rows": self._counts["output"], "location": location}
        self._report["output"] = output

    def _publish_to_folder(self, frame: DataFrame, argument: str, final: Path) -> str:
        replace_folder(final, self.run_id, lambda staged: self._write(frame, argument, staged))
        return str(final)

    def _publish_to_catalog(self, frame: DataFrame, argument: str, database: str, name: str) -> str:
        root, _ = split_version(table_of(database, name))
        location = f"{root}/{self.run_id}/"
        try:
            self._write(frame, argument, location)
        except BaseException:
            discard_version(root, self.run_id)
            raise
        parameters = {"lakewright:run_id": self.run_id}
        if "consent_as_of" in self._report:
            parameters["lakewright:consent_as_of"] = self._report["consent_as_of"]
        previous, superseded = repoint(database, name, location, frame.columns, parameters)
        self._phase = f"deleting old versions of {argument}"
        delete_versions(root, superseded, keep={self.run_id, previous})
        return location

    def _write(self, frame: DataFrame, argument: str, location: str) -> None:
        self._phase = f"writing {argument}"
        frame.write.option("compression", "zstd").parquet(location)
        self._settle()
        self._prove(argument, self.spark.read.parquet(location))
        self._phase = f"publishing {argument}"

    def _prove(self, argument: str, staged: DataFrame) -> None:
        """Of the files themselves, as they would be published."""
        self._phase = f"proving {argument}"
        output = self._counts["output"]
        require_equal(f"{argument} read back", staged.count(), output)
        for _, prove in self._proofs:
            prove(staged)
        self._report["proofs"] = [name for name, _ in self._proofs]

    def _settle(self) -> None:
        """Collect the counts and account for every input line before anything is published."""
        self._counts.settle(self.spark)
        for number, step in enumerate(self._steps, start=1):
            step["rows"] = self._counts[f"step {number}"]
        for argument in self._inputs:
            self._settle_input(argument)

    def _settle_input(self, argument: str) -> None:
        self._phase = f"reading {argument}"
        rows, is_json = self._counts[argument], self._inputs[argument]
        if is_json and rows == 0:
            raise MissingInput(f"{argument}: no lines in {self._argument(argument)}")
        odd = is_json and self._counts.known(argument, "odd") != 0
        quarantined, unreadable = self._quarantine(argument) if odd else ({}, {})
        bad = self._counts.known(argument, "bad") if is_json else None
        if bad is not None:
            require_equal(f"quarantine of {argument}", sum(quarantined.values()), bad)
        if is_json and self._about[argument] and self._suppressed:
            suppressed = self._counts[f"all of {argument}"] - rows
            self._report["suppressed"] = self._report.get("suppressed", {}) | {argument: suppressed}
        self._well_formed[argument] = rows - sum(quarantined.values())
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
        return tally(reasons), tally(columns)

    def _argument(self, name: str) -> str:
        value = self._arguments.get(name)
        if not value:
            raise JobFailed(f"the argument --{name} is missing")
        return value

    def _read(self, argument: str, reader: Callable[[str], DataFrame]) -> DataFrame:
        self._phase = f"reading {argument}"
        place = self._argument(argument)
        if place.startswith("catalog:"):
            place = table_of(*catalog_name(place))["StorageDescriptor"]["Location"]
        try:
            return reader(place)
        except Exception as error:
            if error_class(error) in ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA"):
                raise MissingInput(f"{argument}: nothing in {place}") from None
            raise

    def _clean(self, error: Exception) -> JobFailed:
        """The error without its text, which may quote a row (as ANSI cast errors do)."""
        if isinstance(error, JobFailed):
            return type(error)(f"{self.job}: {error}")
        return JobFailed(f"{self.job} failed while {self._phase}: {error_class(error)}")

    def _write_report(self) -> None:
        text = json.dumps(self._report)
        print(f"lakewright: {text}", flush=True)
        folder = self._arguments.get("report")
        if not folder:
            return
        place = f"{folder.rstrip('/')}/{self.job}/{self.run_id}.json"
        write_text(place, text)


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
