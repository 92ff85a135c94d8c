"""What a script's `transform` calls, beside what PySpark has: pure functions of columns and frames."""

from lakewright_proofs import require_permit
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F


def uncounted(frame: DataFrame, name: str, of: str | None = None) -> DataFrame:
    """The `counted` of a transform whose rows nobody counts, as in a unit test."""
    return frame


def unchecked(
    frame: DataFrame, expectations: dict[str, Column], *, of: str, on_unmet: str
) -> DataFrame:
    """The `expected` of a transform whose expectations nobody looks at, as in a unit test."""
    return frame


def elapsed_since(later: Column, earlier: Column) -> Column:
    """The time between two events of one person, which says no clock time; null if it is too long."""
    return F.try_subtract(later, earlier)


def band(value: Column, width: int) -> Column:
    """The start of the band of a width that holds a whole number, which its declaration lets be shown."""
    return F.try_subtract(value, F.pmod(value, F.lit(width)))


def in_calendar(value: Column) -> Column:
    """A date or timestamp of the years 1 to 9999, else null."""
    return F.when(F.year(value).between(1, 9999), value)


def declassified(
    frame: DataFrame, column: str, *, labels: list[str], kept: list[str], until: str
) -> DataFrame:
    """The same rows: a reviewed permit takes `labels` but for those `kept` off a column."""
    require_permit(until)
    return frame


def declassified_rows(frame: DataFrame, *, purposes: list[str], until: str) -> DataFrame:
    """The same rows: a reviewed permit lets them be used for purposes, whoever is behind them."""
    require_permit(until)
    return frame
