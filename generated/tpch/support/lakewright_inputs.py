"""Reading the inputs of a run: strictly, past the lines of whoever was erased, each line accounted for."""

from functools import cached_property

from lakewright_failures import MissingInput, SchemaMismatch
from lakewright_lines import fault_of, parsed_lines, tallies
from lakewright_proofs import quoted, require_equal
from lakewright_pseudonyms import PseudonymKey, key_at
from lakewright_suppression import Suppressed, said_of, suppressed_at, with_suppressed
from lakewright_work import Work
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

_IS_ODD = "bad or size(unreadable) > 0"


class Inputs:
    """The inputs of one run, by the names of their arguments."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._schemas: dict[str, T.StructType] = {}
        self._about: dict[str, str | None] = {}  # whose its rows are, by column
        self._at: dict[str, str | None] = {}  # when what they tell of happened, by column
        self._odd: dict[str, DataFrame] = {}  # the odd lines, of JSON lines only
        self.well_formed: dict[str, int] = {}  # rows handed on, once they were settled

    def json(
        self, argument: str, schema: T.StructType, about: str | None, at: str | None
    ) -> DataFrame:
        self._schemas[argument], self._about[argument], self._at[argument] = schema, about, at
        counts, parsed = self._work.counts, self._parsed(argument)
        if about and self._suppressed:
            everybody = F.count_if("suppressed").alias("suppressed")
            parsed = counts.observe(parsed, f"all of {argument}", everybody)
            parsed = parsed.where("not suppressed")
        reason = F.when(F.col("bad"), fault_of(schema)).alias("reason")
        self._odd[argument] = parsed.where(_IS_ODD).select(reason, "unreadable", "line")
        # Observing also keeps Spark from pushing the filter down, where it would parse once more.
        odd, bad = F.count_if(F.expr(_IS_ODD)).alias("odd"), F.count_if("bad").alias("bad")
        return counts.observe(parsed, argument, odd, bad).where("not bad").select("row.*")

    def table(
        self, argument: str, schema: T.StructType, about: str | None, at: str | None
    ) -> DataFrame:
        table = self._work.read(argument, self._work.spark.read.parquet)
        found = {field.name: field.dataType.simpleString() for field in table.schema.fields}
        for field in schema.fields:
            actual, expected = found.get(field.name, "missing"), field.dataType.simpleString()
            if actual != expected:
                raise SchemaMismatch(f"{argument}.{field.name} is {actual}, expected {expected}")
        self._schemas[argument], self._about[argument], self._at[argument] = schema, about, at
        if about and self._suppressed:
            whose, when = F.col(quoted(about)), F.col(quoted(at)) if at else None
            table = with_suppressed(table, whose, when, self._suppressed, self._suppression_key)
            table = table.where("not suppressed")
        columns = [F.col(quoted(name)) for name in schema.names]
        return self._work.counts.observe(table.select(columns), argument)

    def anew(self, argument: str) -> DataFrame:
        """The rows that are there now: what was delivered since the run began is among them."""
        if argument not in self._odd:
            return self._work.read(argument, self._work.spark.read.parquet)
        # Without something in between Spark would look into each line again for each column of it.
        parsed = self._parsed(argument).observe("anew", F.count(F.lit(1)).alias("rows"))
        return parsed.where("not bad").select("row.*")

    def settle(self) -> None:
        """Account for every line and row, once what reads them has run."""
        for argument in self._schemas:
            self._work.phase = f"reading {argument}"
            self._settle(argument)

    @cached_property
    def _suppressed(self) -> Suppressed:
        self._work.phase = "reading the suppression list"
        return suppressed_at(self._work.argument("suppression"))

    @cached_property
    def _suppression_key(self) -> PseudonymKey:
        self._work.phase = "reading the suppression key"
        return key_at(self._work.argument("suppression_key"))

    def _parsed(self, argument: str) -> DataFrame:
        reader = self._work.spark.read.option("recursiveFileLookup", "true")
        lines = self._work.read(argument, reader.text)
        if not lines.inputFiles():
            raise MissingInput(f"{argument}: no files in {self._work.argument(argument)}")
        schema, about = self._schemas[argument], self._about[argument]
        parsed = parsed_lines(lines, schema)
        if not about or not self._suppressed:
            return parsed
        at = self._at[argument]
        whose, when = said_of(schema, about), said_of(schema, at) if at else None
        return with_suppressed(parsed, whose, when, self._suppressed, self._suppression_key)

    def _settle(self, argument: str) -> None:
        counts, report = self._work.counts, self._work.report
        rows, is_json = counts[argument], argument in self._odd
        if is_json and rows == 0:
            raise MissingInput(f"{argument}: no lines in {self._work.argument(argument)}")
        has_odd = is_json and counts.known(argument, "odd") != 0
        quarantined, unreadable = self._quarantine(argument) if has_odd else ({}, {})
        bad = counts.known(argument, "bad") if is_json else None
        if bad is not None:
            require_equal(f"quarantine of {argument}", sum(quarantined.values()), bad)
        if is_json and self._about[argument] and self._suppressed:
            suppressed = counts[f"all of {argument}"] - rows
            report["suppressed"] = report.get("suppressed", {}) | {argument: suppressed}
        self.well_formed[argument] = rows - sum(quarantined.values())
        found = {"rows": rows, "quarantined": quarantined, "unreadable": unreadable}
        report["inputs"][argument] = found

    def _quarantine(self, argument: str) -> tuple[dict[str, int], dict[str, int]]:
        """Keep the odd lines for a person to look at; count those set aside by reason, and values
        that were read as null by column."""
        work = self._work
        work.phase = f"quarantining lines of {argument}"
        folder = f"{argument.removeprefix('landing_')}/{work.job}/{work.run_id}"
        location = f"{work.argument('quarantine').rstrip('/')}/{folder}"
        self._odd[argument].repartition(1).write.json(location)
        kept = work.spark.read.schema("reason string, unreadable array<string>").json(location)
        return tallies(kept)
