"""What one run was given, what it is at, and what it says of itself."""

from collections.abc import Callable
from typing import Any

from lakewright_arguments import place_of
from lakewright_counts import Counts
from lakewright_failures import MissingInput, error_class
from lakewright_tables import catalog_name, rows_place, table_of
from pyspark.sql import DataFrame, SparkSession


class Work:
    """The arguments of one run, its counts, its report, and the phase that an error is told with."""

    spark: SparkSession

    def __init__(self, arguments: dict[str, str], library: str, run_id: str) -> None:
        self._arguments, self._library = arguments, library
        self.job = arguments["JOB_NAME"]
        self.run_id = run_id
        self.phase = "starting"
        self.counts = Counts(run_id)
        self.report: dict[str, Any] = {"job": self.job, "run_id": run_id, "inputs": {}, "steps": []}

    def argument(self, name: str) -> str:
        return place_of(self._arguments, self._library, name)

    def connection(self, argument: str, name: str) -> str:
        """Where the secret is with which the table of an argument is read."""
        return place_of(self._arguments, self._library, argument, name)

    def optional(self, name: str) -> str | None:
        return self.argument(name) if self._arguments.get(name) else None

    def read(self, argument: str, reader: Callable[[str], DataFrame]) -> DataFrame:
        """What lies now at the place that an argument names, a folder or a table of the catalog."""
        self.phase = f"reading {argument}"
        place = self.argument(argument)
        if place.startswith("catalog:"):
            place = rows_place(table_of(*catalog_name(place)))
        if not place:
            raise MissingInput(f"{argument}: nothing was published yet")
        try:
            return reader(place)
        except Exception as error:
            if error_class(error) in ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA"):
                raise MissingInput(f"{argument}: nothing in {place}") from None
            raise
