"""What an author expects of rows: those that are otherwise are counted, and may end the run."""

from dataclasses import dataclass

from lakewright_failures import ExpectationFailed
from lakewright_work import Work
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


@dataclass(frozen=True)
class _OfRows:
    """Expectations of the rows of one step."""

    frame: DataFrame
    names: list[str]
    unmet: list[Column]
    """How many rows do not meet each of them."""
    of: str
    on_unmet: str


class Expectations:
    """The expectations of one run."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._of_rows: list[_OfRows] = []

    def of_rows(
        self, frame: DataFrame, expectations: dict[str, Column], of: str, on_unmet: str
    ) -> DataFrame:
        # What is null is not met.
        unmet = [
            F.count_if(~F.coalesce(condition, F.lit(False))).alias(f"unmet {number}")
            for number, condition in enumerate(expectations.values())
        ]
        self._of_rows.append(_OfRows(frame, list(expectations), unmet, of, on_unmet))
        return self._work.counts.observe(frame, f"expected {len(self._of_rows)}", *unmet)

    def settle(self) -> None:
        """Report what was counted, once the rows were computed; end the run where that is asked."""
        self._work.phase = "looking at what is expected"
        found = [
            {"name": name, "of": step.of, "on_unmet": step.on_unmet, "unmet": unmet, "rows": rows}
            for number, step in enumerate(self._of_rows, start=1)
            for rows, counts in [self._counts(f"expected {number}", step)]
            for name, unmet in zip(step.names, counts, strict=True)
        ]
        if found:
            self._work.report["expectations"] = found
        failed = [
            f"{one['unmet']} of {one['rows']} rows of {one['of']} do not meet: {one['name']}"
            for one in found
            if one["on_unmet"] == "fail" and one["unmet"]
        ]
        if failed:
            raise ExpectationFailed(f"not published: {'; '.join(failed)}")

    def _counts(self, name: str, step: _OfRows) -> tuple[int, list[int]]:
        """The rows, and how many of them do not meet each expectation."""
        counts = self._work.counts
        known = [counts.known(name, f"unmet {number}") for number in range(len(step.unmet))]
        if None in known:  # the optimizer left them out
            known = list(step.frame.agg(*step.unmet).collect()[0])
        return counts[name], known
