"""What an author expects of rows and of a whole table: what is otherwise is counted, and may end the run."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from lakewright_failures import ExpectationFailed, calling_line
from lakewright_proofs import quoted
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
    line: int | None
    """Line of the script that expects it."""


@dataclass(frozen=True)
class Lookup:
    """Values of another table, an input by its argument, that a column refers to."""

    column: str
    table: str
    of: str

    @property
    def mark(self) -> str:
        """A passing column that is null where there is no such value; no table can have one of that name."""
        return f"{self.column} in {self.table}.{self.of}"


@dataclass(frozen=True)
class OfTable:
    """How many rows of a table speak against an expectation; of a count, a mean or an age that is otherwise, 1."""

    unmet: Callable[[DataFrame], Column]
    is_of_rows: bool = True
    lookup: Lookup | None = None


def unique(*columns: str) -> OfTable:
    """No two rows have the same values; null is a value."""
    values = [quoted(name) for name in columns]
    return OfTable(lambda _: F.count(F.lit(1)) - F.count_distinct(F.struct(*values)))


def row_count(least: int | None = None, most: int | None = None) -> OfTable:
    return OfTable(lambda _: _unless(_is_within(F.count(F.lit(1)), least, most), F.lit(1)), False)


def complete(column: str, share: float = 1.0) -> OfTable:
    """At least that share of the rows has a value."""

    def missing(_: DataFrame) -> Column:
        rows, known = F.count(F.lit(1)), F.count(quoted(column))
        return _unless(known >= F.lit(share) * rows, rows - known)

    return OfTable(missing)


def mean(column: str, least: float | None = None, most: float | None = None) -> OfTable:
    """Of the rows that have a value; the mean of none, or of what is no number, is within no bounds."""

    def outside(_: DataFrame) -> Column:
        found = F.avg(F.col(quoted(column)).cast("double"))
        return _unless(~F.isnan(found) & _is_within(found, least, most), F.lit(1))

    return OfTable(outside, is_of_rows=False)


def fresh(column: str, hours: int) -> OfTable:
    """The newest time, a timestamp or epoch milliseconds, is at most so old."""

    def old(table: DataFrame) -> Column:
        newest = F.max(quoted(column))
        if table.schema[column].dataType.simpleString() == "timestamp":
            newest = F.unix_millis(newest)
        return _unless(newest >= F.lit(int(time.time() * 1000) - hours * 3_600_000), F.lit(1))

    return OfTable(old, is_of_rows=False)


def references(column: str, table: str, of: str) -> OfTable:
    """Every value is one of the other table's column, read anew; null refers to nothing."""
    lookup = Lookup(column, table, of)
    dangling = f"{quoted(column)} IS NOT NULL AND {quoted(lookup.mark)} IS NULL"
    return OfTable(lambda _: F.count_if(F.expr(dangling)), lookup=lookup)


class Expectations:
    """The expectations of one run."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._of_rows: list[_OfRows] = []
        self._of_table: list[tuple[str, OfTable, str, int | None]] = []
        self._failed: list[tuple[str, int | None]] = []

    def of_rows(
        self, frame: DataFrame, expectations: dict[str, Column], of: str, on_unmet: str
    ) -> DataFrame:
        # What is null is not met.
        unmet = [
            F.count_if(~F.coalesce(condition, F.lit(False))).alias(f"unmet {number}")
            for number, condition in enumerate(expectations.values())
        ]
        step = _OfRows(frame, list(expectations), unmet, of, on_unmet, calling_line())
        self._of_rows.append(step)
        return self._work.counts.observe(frame, f"expected {len(self._of_rows)}", *unmet)

    def of_table(self, name: str, expected: OfTable, on_unmet: str) -> None:
        self._of_table.append((name, expected, on_unmet, calling_line()))

    def settle(self) -> None:
        """Report what was counted of rows, once they were computed; end the run where that is asked."""
        self._work.phase = "looking at what is expected of rows"
        for number, step in enumerate(self._of_rows, start=1):
            rows, counts = self._counts(f"expected {number}", step)
            for name, unmet in zip(step.names, counts, strict=True):
                self._report(name, step.of, step.on_unmet, unmet, rows, step.line)
        self._end_if_failed()

    def require(
        self, argument: str, staged: DataFrame, rows: int, anew: Callable[[str], DataFrame]
    ) -> None:
        """Ask of the files what is expected of the table, in one query; end the run where that is asked."""
        if not self._of_table:
            return
        self._work.phase = f"looking at what is expected of {argument}"
        asked = [expected.unmet(staged) for _, expected, _, _ in self._of_table]
        lookups = dict.fromkeys(one.lookup for _, one, _, _ in self._of_table if one.lookup)
        for lookup in lookups:
            staged = _looked_up(staged, lookup, anew(lookup.table))
        counts = staged.agg(*(one.alias(f"unmet {n}") for n, one in enumerate(asked))).collect()[0]
        for (name, expected, on_unmet, line), unmet in zip(self._of_table, counts, strict=True):
            self._report(name, argument, on_unmet, unmet, rows, line, expected.is_of_rows)
        self._end_if_failed()

    def _counts(self, name: str, step: _OfRows) -> tuple[int, list[int]]:
        """The rows, and how many of them do not meet each expectation."""
        counts = self._work.counts
        known = [counts.known(name, f"unmet {number}") for number in range(len(step.unmet))]
        if None in known:  # the optimizer left them out
            known = list(step.frame.agg(*step.unmet).collect()[0])
        return counts[name], known

    def _report(
        self,
        name: str,
        of: str,
        on_unmet: str,
        unmet: int,
        rows: int,
        line: int | None,
        is_of_rows: bool = True,
    ) -> None:
        found = {"name": name, "of": of, "on_unmet": on_unmet, "unmet": unmet, "rows": rows}
        self._work.report.setdefault("expectations", []).append(found)
        if on_unmet == "fail" and unmet:
            doubt = f"{unmet} of {rows} rows of {of} do not meet" if is_of_rows else f"{of} is not"
            self._failed.append((f"{doubt}: {name}", line))

    def _end_if_failed(self) -> None:
        if self._failed:
            said = "; ".join(doubt for doubt, _ in self._failed)
            raise ExpectationFailed(f"not published: {said}").at(self._failed[0][1])


def _unless(condition: Column, unmet: Column) -> Column:
    """None where the condition is met; it is not where it is null."""
    return F.when(condition, F.lit(0)).otherwise(unmet).cast("bigint")


def _is_within(value: Column, least: float | None, most: float | None) -> Column:
    above = F.lit(True) if least is None else value >= F.lit(least)
    return above if most is None else above & (value <= F.lit(most))


def _looked_up(rows: DataFrame, lookup: Lookup, other: DataFrame) -> DataFrame:
    """The same rows, with a mark on those whose value the other table has."""
    key = f"key of {lookup.mark}"
    values = other.select(F.col(quoted(lookup.of)).alias(key)).where(F.col(quoted(key)).isNotNull())
    known = values.distinct().withColumn(lookup.mark, F.lit(True))
    same = F.col(quoted(lookup.column)) == F.col(quoted(key))
    return rows.join(known, same, "left").drop(key)
