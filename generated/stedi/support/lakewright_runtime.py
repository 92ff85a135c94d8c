"""What every generated job shares: one run of a job, from strict reading to publishing.

Runs unchanged on AWS Glue 5.1 (Spark 3.5) and 6.0 (Spark 4.1) and on a plain local Spark, with nothing
but pyspark. No value of a row ever reaches a message, a log line or a report.
"""

import json
import logging
import secrets
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property, reduce
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lakewright_columnar import Columnar
from lakewright_csv import Csv
from lakewright_expectations import (
    Expectations,
    OfTable,
    complete,
    fresh,
    mean,
    references,
    row_count,
    unique,
)
from lakewright_failures import (
    ExpectationFailed,
    JobFailed,
    MissingInput,
    ProofFailed,
    SchemaMismatch,
    UnreadableInput,
    calling_line,
    error_class,
    line_of,
)
from lakewright_files import (
    Layout,
    files_at,
    nameable,
    projection,
    read_files,
    staged_at,
    write_files,
)
from lakewright_inputs import Inputs
from lakewright_jdbc import Jdbc
from lakewright_json import from_json, to_json
from lakewright_lines import JsonLines
from lakewright_proofs import (
    Consent,
    Listed,
    Question,
    consenting,
    instant_of,
    not_owned_by_one,
    of_fewer,
    quoted,
    require_equal,
    require_permit,
    require_proven,
    strangers,
)
from lakewright_pseudonyms import PseudonymKey, key_at, pseudonyms
from lakewright_pyspark import pyspark
from lakewright_source import Source
from lakewright_sql import sql
from lakewright_steps import (
    band,
    declassified,
    declassified_rows,
    elapsed_since,
    in_calendar,
    unchecked,
    uncounted,
)
from lakewright_tables import (
    RUN_ID,
    catalog_name,
    delete_older_runs,
    delete_versions,
    discard_version,
    replace_folder,
    repoint,
    split_version,
    table_of,
    write_text,
)
from lakewright_work import Work
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# What scripts use.
__all__ = ["Consent", "Csv", "ExpectationFailed", "Jdbc", "JobFailed", "Listed", "MissingInput"]
__all__ += ["ProofFailed", "PseudonymKey", "Run", "SchemaMismatch", "UnreadableInput", "band"]
__all__ += ["complete", "declassified", "declassified_rows", "elapsed_since", "fresh"]
__all__ += ["from_json", "in_calendar", "mean", "pseudonyms", "pyspark", "references"]
__all__ += ["row_count", "sql", "to_json", "unchecked", "uncounted", "unique"]


# Set where a job writes into the restricted zone: for how long it keeps the version before.
_RESTRICTED_DAYS = "spark.lakewright.restricted.days"


class Run:
    """One run of one job of a library: `with Run(arguments, library) as run`.

    Errors leave it scrubbed of data values.
    """

    def __init__(self, arguments: dict[str, str], library: str) -> None:
        run_id = arguments.get("JOB_RUN_ID") or f"jr_{secrets.token_hex(16)}"
        if not RUN_ID.fullmatch(run_id):
            raise JobFailed("JOB_RUN_ID must look like jr_0123456789abcdef")
        self.run_id = run_id
        self._started = time.monotonic()
        self._work = Work(arguments, library, run_id)
        self._inputs = Inputs(self._work)
        self._expectations = Expectations(self._work)
        # Steps whose rows are the output's, and the lines that say so.
        self._accounted: list[tuple[str, int | None]] = []
        self._questions: list[Question] = []
        self._layout = Layout()

    def __enter__(self) -> Self:
        spark = SparkSession.builder.getOrCreate()
        spark.conf.set("spark.sql.session.timeZone", "UTC")
        # Days that do not exist are none; Spark would stop where it once read them as others.
        spark.conf.set("spark.sql.legacy.timeParserPolicy", "CORRECTED")
        # A file that is cut off, or gone since it was listed, stops the run; Spark can be told to go on.
        # The type of what folders tell is declared; Spark would read "01" as a number.
        spark.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        for kind in ("Corrupt", "Missing"):
            spark.conf.set(f"spark.sql.files.ignore{kind}Files", "false")
        # PySpark 4 writes each error with its whole text, and so with rows, to the job's log.
        for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._work.spark = spark
        self._work.report["spark"] = spark.version
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failure = self._clean(error) if isinstance(error, Exception) else None
        report = self._work.report
        report["seconds"] = round(time.monotonic() - self._started, 3)
        if failure:
            report["failed"] = str(failure)
            if failure.line:
                report["failed_line"] = failure.line
        try:
            self._write_report()
        except Exception as unwritten:  # noqa: BLE001 (whatever it is, its text may quote data)
            self._work.phase = "writing the report"
            failure = failure or self._clean(unwritten)
        if failure:
            # Glue tells of an error its class, its words and where it was raised, which is here.
            at = f" (line {failure.line})" if failure.line else ""
            raise type(failure)(f"{failure}{at}") from None

    @cached_property
    def consent_as_of(self) -> int:
        """The pinned instant, in epoch milliseconds, at which consent is read."""
        instant = instant_of(self._work.argument("consent_as_of"))
        pinned = instant.isoformat(timespec="milliseconds")
        self._work.report["consent_as_of"] = pinned
        print(f"lakewright: {self._work.job}: consent as of {pinned}", flush=True)
        return int(instant.timestamp() * 1000)

    @cached_property
    def pseudonym_key(self) -> PseudonymKey:
        """The key of `secretsmanager:<secret id>` or, to develop, of `file:<path>`."""
        self._work.phase = "reading the pseudonym key"
        return key_at(self._work.argument("pseudonym_key"))

    def require_permits(self, *until: str) -> None:
        """Before anything is read: every permit that the job was written under still holds."""
        self._work.phase = "looking at the permits"
        for day in until:
            require_permit(day)

    def read_json(self, argument: str, schema: T.StructType, **declared: Any) -> DataFrame:
        """Read JSON lines; a line without the required columns of `schema` is quarantined.

        An optional value that cannot be read is null; its line is kept for a person to look at too.

        declared: see `_source`.
        """
        return self._inputs.outside(JsonLines(), _source(argument, schema, **declared))

    def read_csv(
        self, argument: str, schema: T.StructType, form: Csv, **declared: Any
    ) -> DataFrame:
        """Read CSV as `read_json` reads lines; a header that lacks a declared column stops the run."""
        return self._inputs.outside(form, _source(argument, schema, **declared))

    def read_parquet(self, argument: str, schema: T.StructType, **declared: Any) -> DataFrame:
        """Read Parquet files that others write; their types are those of `schema`, or the run stops.

        A row without a required value is left out and counted.
        """
        return self._inputs.outside(Columnar("parquet"), _source(argument, schema, **declared))

    def read_orc(self, argument: str, schema: T.StructType, **declared: Any) -> DataFrame:
        """Read ORC files as `read_parquet` reads Parquet."""
        return self._inputs.outside(Columnar("orc"), _source(argument, schema, **declared))

    def read_avro(self, argument: str, schema: T.StructType, **declared: Any) -> DataFrame:
        """Read Avro files as `read_parquet` reads Parquet."""
        return self._inputs.outside(Columnar("avro"), _source(argument, schema, **declared))

    def read_jdbc(
        self, argument: str, schema: T.StructType, form: Jdbc, **declared: Any
    ) -> DataFrame:
        """Read a table of a database, whose types are those of `schema`, or the run stops.

        A row without a required value is left out and counted; an optional value that no value of
        its type can hold is null and counted.
        """
        return self._inputs.outside(form, _source(argument, schema, **declared))

    def read_table(
        self, argument: str, schema: T.StructType, *, partitioned_by: Sequence[str] = ()
    ) -> DataFrame:
        """Read the columns of `schema` from a table that a job published and check their types."""
        return self._inputs.table(argument, schema, tuple(partitioned_by))

    def counted(self, frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
        """Count the rows of a step in the pass that computes them; `of` names what it came from."""
        self._work.phase = "transforming"
        self._steps.append({"name": name, "of": of, "rows": None})
        return self._work.counts.observe(frame, f"step {len(self._steps)}")

    def expected(
        self, frame: DataFrame, expectations: dict[str, Column], *, of: str, on_unmet: str
    ) -> DataFrame:
        """The same rows; those that do not meet a condition are counted, by its name.

        on_unmet: `fail` ends the run before anything is published.
        """
        return self._expectations.of_rows(frame, expectations, of, on_unmet)

    def expect(self, name: str, of_table: OfTable, *, on_unmet: str) -> None:
        """Before publishing, ask of the whole table what its author expects; `fail` ends the run."""
        self._expectations.of_table(name, of_table, on_unmet)

    def prove_rows(self, of: str) -> None:
        """Before publishing, ask: are there as many rows as after the step, or in the input, `of`?"""
        self._accounted.append((of, calling_line()))

    def prove_consent(self, key: str, *known: Consent | Listed, events: Sequence[str] = ()) -> None:
        """Before publishing, ask anew: is every row about somebody, named by `key`, who consents?

        And are the times in the columns `events` at or after that consent, where they are known?
        """

        def against(staged: DataFrame) -> DataFrame:
            subjects = reduce(DataFrame.union, map(self._subjects, known))
            return strangers(staged, key, subjects, events)

        times = " and ".join(events)
        before = f", or whose {times} is before the consent" if times else ""
        doubt = f"rows whose {key} is of nobody who consents{before}"
        promise = f"every {key} consents" + (f", since {times} or before" if times else "")
        self._questions.append(Question(promise, against, doubt, key, calling_line()))

    def prove_sole_owner(self, alias: str, subject: str, step: str) -> None:
        """Before publishing, ask anew: does each `alias` after a step belong to one subject?"""

        def against(_: DataFrame) -> DataFrame:
            return not_owned_by_one(self._after(step), alias, subject)

        doubt = f"of {alias} do not have one {subject} each after: {step}"
        promise = f"every {alias} has one {subject}"
        self._questions.append(Question(promise, against, doubt, line=calling_line()))

    def prove_subjects(
        self, subject: str, least: int, *, by: list[str], values: list[str], rows: str, groups: str
    ) -> None:
        """Before publishing, ask anew: are at least so many subjects in each of the groups?

        rows, groups: the steps before and after; values: columns of which as many must have a value.
        """

        def against(_: DataFrame) -> DataFrame:
            known = self._after(rows).where(F.col(quoted(subject)).isNotNull())
            return of_fewer(known, self._after(groups), subject, least, by, values)

        doubt = f"groups of fewer than {least} {subject} after: {groups}"
        promise = f"every group has {least} {subject}"
        self._questions.append(Question(promise, against, doubt, line=calling_line()))

    def _after(self, step: str) -> DataFrame:
        """The rows of a counted step."""
        numbers = [n for n, one in enumerate(self._steps, start=1) if one["name"] == step]
        if len(numbers) != 1:
            raise ProofFailed(f"not published: no such step: {step}")
        return self._work.counts.frame(f"step {numbers[0]}")

    def publish(
        self,
        frame: DataFrame,
        argument: str,
        *,
        format: str = "parquet",
        partitioned_by: Sequence[str] = (),
        target_file_size: int | None = None,
    ) -> None:
        """Write a new version and make it the table in one move; a failure leaves the last good one.

        format: `parquet`, or `iceberg`, which is for tables of the catalog: a folder is of Parquet alone.
        partitioned_by: columns whose values become names of folders.
        target_file_size: bytes that each file is brought near to.
        """
        place = self._work.argument(argument)
        is_iceberg = format == "iceberg" and place.startswith("catalog:")
        self._layout = Layout(tuple(partitioned_by), target_file_size, is_iceberg)
        observed = self._work.counts.observe(frame, "output")
        if place.startswith("catalog:"):
            location = self._publish_to_catalog(observed, argument, *catalog_name(place))
        elif "://" in place:
            raise JobFailed(f"{argument}: only a catalog table or a local folder can be swapped")
        else:
            location = self._publish_to_folder(observed, argument, Path(place))
        rows = self._work.counts["output"]
        self._work.report["output"] = {"table": argument, "rows": rows, "location": location}

    @property
    def _steps(self) -> list[dict[str, Any]]:
        return self._work.report["steps"]

    def _subjects(self, known: Consent | Listed) -> DataFrame:
        """Subject and since when, read anew: what was withdrawn since the run began counts too."""
        rows = self._inputs.anew(known.table)
        if isinstance(known, Listed):
            since = F.col(quoted(known.since)) if known.since else F.lit(None)
            subject = F.col(quoted(known.subject))
            subjects = rows.select(subject.alias("subject"), since.alias("since"))
        else:
            subjects = consenting(known, rows, self.consent_as_of)
        if not known.key:
            return subjects
        named = pseudonyms(subjects, "subject", "pseudonym", known.key)
        return named.select(F.col("pseudonym").alias("subject"), "since")

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
        staged = self._staged(location, frame)
        parameters = self._about | projection(staged, self._layout)
        folders = self._layout.partitioned_by
        if self._layout.is_iceberg:
            # Its metadata has the columns that folders tell, and tells where they are.
            parameters["metadata_location"], folders = staged_at(location, self._layout), ()
        previous, superseded = repoint(database, name, location, frame.columns, folders, parameters)
        self._work.phase = f"deleting old versions of {argument}"
        days = self._work.spark.conf.get(_RESTRICTED_DAYS, None)
        if days:
            delete_older_runs(root, self.run_id, timedelta(days=int(days)))
        else:
            delete_versions(root, superseded, keep={self.run_id, previous})
        self._inputs.expire()
        return files_at(location, self._layout)

    @property
    def _about(self) -> dict[str, str]:
        """What is said of a version besides its rows."""
        said = {"lakewright:run_id": self.run_id}
        if "consent_as_of" in self._work.report:
            said["lakewright:consent_as_of"] = self._work.report["consent_as_of"]
        return said

    def _write(self, frame: DataFrame, argument: str, location: str) -> None:
        self._work.phase = f"writing {argument}"
        write_files(frame, location, self._layout, self._about)
        self._settle()
        self._questions += nameable(self._layout, frame.schema)
        self._prove(argument, self._staged(location, frame))
        self._work.phase = f"publishing {argument}"

    def _staged(self, location: str, frame: DataFrame) -> DataFrame:
        """What was written, read back."""
        place, folders = staged_at(location, self._layout), self._layout.partitioned_by
        return read_files(self._work.spark, place, frame.schema, folders)

    def _settle(self) -> None:
        """Collect the counts and account for every input line before anything is published."""
        self._work.counts.settle(self._work.spark)
        for number, step in enumerate(self._steps, start=1):
            step["rows"] = self._work.counts[f"step {number}"]
        self._inputs.settle()
        self._expectations.settle()

    def _prove(self, argument: str, staged: DataFrame) -> None:
        """Of the files themselves, as they would be published."""
        self._work.phase = f"proving {argument}"
        output = self._work.counts["output"]
        people = require_proven(staged, argument, output, self._questions)
        for of, line in self._accounted:
            rows = [one["rows"] for one in self._steps if one["name"] == of]
            rows += [count for name, count in self._inputs.well_formed.items() if name == of]
            if len(rows) != 1:
                raise ProofFailed(f"not published: no such step: {of}").at(line)
            require_equal(f"output of {of}", output, rows[0])
        promises = [f"all rows are those of {of}" for of, _ in self._accounted]
        promises += [question.promise for question in self._questions]
        self._work.report |= {"proofs": promises, "people": people}
        self._expectations.require(argument, staged, output, self._inputs.anew)

    def _clean(self, error: Exception) -> JobFailed:
        """The error without its text, which may quote a row (as ANSI cast errors do)."""
        if isinstance(error, JobFailed):
            return type(error)(f"{self._work.job}: {error}").at(line_of(error))
        phase, kind = self._work.phase, error_class(error)
        return JobFailed(f"{self._work.job} failed while {phase}: {kind}").at(line_of(error))

    def _write_report(self) -> None:
        text = json.dumps(self._work.report)
        print(f"lakewright: {text}", flush=True)
        folder = self._work.optional("report")
        if folder:
            place = f"{folder.rstrip('/')}/{self._work.job}/{self.run_id}.json"
            write_text(place, text)


def _source(
    argument: str,
    schema: T.StructType,
    *,
    about: str | None = None,
    at: str | None = None,
    columns: Sequence[str] = (),
    partitioned_by: Sequence[str] = (),
) -> Source:
    """What is declared of a table that others fill.

    about: whose its rows are. Those of people who were erased are left out, delivered again or not.
    at: when what they tell of happened. A device may be somebody else's since: its rows from before
        the erasure are left out.
    columns: all that were declared, where the job does not need each of them.
    partitioned_by: columns that the names of folders tell.
    """
    known = tuple(columns or schema.names)
    return Source(argument, schema, known, tuple(partitioned_by), about, at)
