"""Reading the inputs of a run: strictly, past the lines of whoever was erased, each line accounted for."""

from functools import cached_property

from lakewright_columnar import Columnar, require_types
from lakewright_csv import Csv
from lakewright_failures import MissingInput, UnreadableInput
from lakewright_files import read_files
from lakewright_folders import fault_of_folders, told_by_folders, with_told
from lakewright_jdbc import Jdbc
from lakewright_lines import JsonLines, tallies
from lakewright_proofs import quoted, require_equal
from lakewright_pseudonyms import PseudonymKey, key_at
from lakewright_quarantine import Quarantine
from lakewright_source import Source
from lakewright_suppression import Suppressed, suppressed_at, with_suppressed
from lakewright_work import Work
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

_IS_ODD = "bad or size(unreadable) > 0"

# How a table that others fill is read.
Form = JsonLines | Csv | Columnar | Jdbc


class Inputs:
    """The inputs of one run, by the names of their arguments."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._read: list[str] = []
        self._sources: dict[str, tuple[Form, Source]] = {}  # what others fill
        self._odd: dict[str, DataFrame] = {}  # their odd rows
        # What jobs publish, with the columns that folders tell.
        self._published: dict[str, tuple[T.StructType, tuple[str, ...]]] = {}
        self.well_formed: dict[str, int] = {}  # rows handed on, once they were settled

    def outside(self, form: Form, source: Source) -> DataFrame:
        """The rows of a table that others fill; the bad ones are set aside."""
        argument, counts = source.argument, self._work.counts
        self._read.append(argument)
        self._sources[argument] = form, source
        parsed = self._parsed(argument)
        if source.about and self._suppressed:
            everybody = F.count_if("suppressed").alias("suppressed")
            parsed = counts.observe(parsed, f"all of {argument}", everybody)
            parsed = parsed.where("not suppressed")
        line = ["line"] if form.keeps_lines else []
        reason = F.when(F.col("bad"), _fault(form, source)).alias("reason")
        self._odd[argument] = parsed.where(_IS_ODD).select(reason, "unreadable", *line)
        # Observing also keeps Spark from pushing the filter down, where it would parse once more.
        odd, bad = F.count_if(F.expr(_IS_ODD)).alias("odd"), F.count_if("bad").alias("bad")
        more = F.count_if(F.expr("undeclared and not bad")).alias("undeclared")
        return counts.observe(parsed, argument, odd, bad, more).where("not bad").select("row.*")

    def table(
        self, argument: str, schema: T.StructType, folders: tuple[str, ...] = ()
    ) -> DataFrame:
        """The rows of a table that a job published."""
        self._published[argument] = schema, folders
        table = self._published_rows(argument)
        require_types(argument, table.schema, schema)
        self._read.append(argument)
        columns = [F.col(quoted(name)) for name in schema.names]
        return self._work.counts.observe(table.select(columns), argument)

    def anew(self, argument: str) -> DataFrame:
        """The rows that are there now: what was delivered since the run began is among them."""
        if argument not in self._sources:
            return self._published_rows(argument)
        # Without something in between Spark would look into each line again for each column of it.
        parsed = self._parsed(argument).observe("anew", F.count(F.lit(1)).alias("rows"))
        return parsed.where("not bad").select("row.*")

    def _published_rows(self, argument: str) -> DataFrame:
        schema, folders = self._published.get(argument, (T.StructType(), ()))
        spark = self._work.spark
        return self._work.read(argument, lambda place: read_files(spark, place, schema, folders))

    def settle(self) -> None:
        """Account for every line and row, once what reads them has run."""
        for argument in self._read:
            self._work.phase = f"reading {argument}"
            self._settle(argument)

    def expire(self) -> None:
        """Let go of the lines that earlier runs set aside."""
        for argument, (form, _) in self._sources.items():
            if form.keeps_lines:
                self._work.phase = f"deleting old lines of {argument}"
                Quarantine(self._work, argument).expire()

    @cached_property
    def _suppressed(self) -> Suppressed:
        self._work.phase = "reading the suppression list"
        return suppressed_at(self._work.argument("suppression"))

    @cached_property
    def _suppression_key(self) -> PseudonymKey:
        self._work.phase = "reading the suppression key"
        return key_at(self._work.argument("suppression_key"))

    def _parsed(self, argument: str) -> DataFrame:
        form, source = self._sources[argument]
        if isinstance(form, Jdbc):
            self._work.phase = f"reading {argument}"
            place = self._work.connection(argument, form.connection)
            parsed = form.rows(self._work.spark, place, source)
        else:
            parsed = self._of_files(form, source)
        if not source.about or not self._suppressed:
            return parsed
        whose, at = form.said(source.about, source), source.at
        when = form.said(at, source) if at else None
        return with_suppressed(parsed, whose, when, self._suppressed, self._suppression_key)

    def _of_files(self, form: JsonLines | Csv | Columnar, source: Source) -> DataFrame:
        argument = source.argument
        reader = self._work.spark.read.options(**form.options).option("recursiveFileLookup", "true")

        def load(place: str) -> DataFrame:
            if isinstance(form, Columnar):
                return form.load(reader, place, argument)
            return reader.format("text").load(place)

        files = self._work.read(argument, load)
        if not files.inputFiles():
            raise MissingInput(f"{argument}: no files in {self._work.argument(argument)}")
        told = told_by_folders(source.partitioned_by).alias("told")
        place = F.col("_metadata.file_path").alias("file")
        start = F.col("_metadata.file_block_start").alias("start")
        more = [told] if isinstance(form, Columnar) else [told, place, start]
        return with_told(form.parsed(files.select("*", *more), source), source)

    def _settle(self, argument: str) -> None:
        counts, report = self._work.counts, self._work.report
        rows, is_outside = counts[argument], argument in self._sources
        if is_outside and rows == 0:
            form, _ = self._sources[argument]
            is_table = isinstance(form, Jdbc)
            place = f"{form.schema}.{form.table}" if is_table else self._work.argument(argument)
            raise MissingInput(f"{argument}: no {'rows' if is_table else 'lines'} in {place}")
        has_odd = is_outside and counts.known(argument, "odd") != 0
        quarantined, unreadable = self._quarantine(argument) if has_odd else ({}, {})
        bad = counts.known(argument, "bad") if is_outside else None
        if bad is not None:
            require_equal(f"quarantine of {argument}", sum(quarantined.values()), bad)
        if is_outside and self._sources[argument][1].about and self._suppressed:
            suppressed = counts[f"all of {argument}"] - rows
            report["suppressed"] = report.get("suppressed", {}) | {argument: suppressed}
        self.well_formed[argument] = rows - sum(quarantined.values())
        found = {"rows": rows, "quarantined": quarantined, "unreadable": unreadable}
        if undeclared := is_outside and counts.known(argument, "undeclared"):
            found["undeclared"] = undeclared
        report["inputs"][argument] = found
        if quarantined and self.well_formed[argument] == 0:
            # Something else was delivered than was declared; no rows would look like success.
            said = ", ".join(f"{reason}: {count}" for reason, count in quarantined.items())
            raise UnreadableInput(f"{argument}: none of its rows can be read ({said})")

    def _quarantine(self, argument: str) -> tuple[dict[str, int], dict[str, int]]:
        """Keep the odd lines for a person to look at; count those set aside by reason, and values
        that were read as null by column. Rows of other files stay where they are, and are counted."""
        work, (form, _) = self._work, self._sources[argument]
        if not form.keeps_lines:
            return tallies(self._odd[argument])
        work.phase = f"quarantining lines of {argument}"
        return tallies(Quarantine(work, argument).keep(self._odd[argument]))


def _fault(form: Form, source: Source) -> Column:
    told = fault_of_folders(source)
    return form.fault(source) if told is None else F.coalesce(told, form.fault(source))
