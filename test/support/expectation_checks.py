"""What is expected of rows and tables, one function each: `expectation_checks.py <function> <folder>`."""

import os
import sys

import lakewright_runtime as lakewright
from checks import CANARY, GOOD, failure, finish, folder, job, published
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

LINES = [
    GOOD,
    f'{{"user":"{CANARY}","time":2,"x":-1.0}}',
    '{"user":"u2","time":3,"x":0.5}',
    '{"user":"u3","time":4,"x":0.25,"since":7}',
]
SINCE = F.col("since") > 5


def expected(on_unmet: str, **conditions: Column):
    def work(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        return run.expected(rows, conditions, of="landing_reading", on_unmet=on_unmet)

    return work


def rows_are_counted_by_expectation() -> None:
    """Null is not met; the same rows, whatever is expected of them."""
    report = finish(job(LINES), expected("warn", positive=F.col("x") > 0, recent=SINCE))
    asked = {"of": "landing_reading", "on_unmet": "warn", "rows": 4}
    assert report["expectations"] == [
        {"name": "positive", "unmet": 1, **asked},
        {"name": "recent", "unmet": 3, **asked},
    ], report
    assert len(published()) == 4


def what_the_optimizer_leaves_out_is_counted() -> None:
    def unneeded(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        other = rows.select("user", F.col("x").alias("y"))
        conditions = {"positive": F.col("y") > 0, "greater": F.col("y") > 0.3}
        other = run.expected(other, conditions, of="landing_reading", on_unmet="warn")
        return rows.join(other, "user", "left").select("user").distinct()

    report = finish(job(LINES), unneeded)
    found = [(one["rows"], one["unmet"]) for one in report["expectations"]]
    assert found == [(4, 1), (4, 2)], report

    def empty(run: lakewright.Run, rows: DataFrame) -> DataFrame:
        none = rows.where("time > 9").distinct()
        return expected("fail", positive=F.col("x") > 0)(run, none)

    report = finish(job(LINES), empty)
    assert [(one["rows"], one["unmet"]) for one in report["expectations"]] == [(0, 0)], report


def a_requirement_that_is_not_met_publishes_nothing() -> None:
    finish(job([GOOD]), expected("fail", positive=F.col("x") > 0))
    work = expected("fail", positive=F.col("x") > 0, named=F.col("user") == "u1", known=SINCE)
    error = failure(job(LINES), work)
    assert isinstance(error, lakewright.ExpectationFailed), error
    assert (
        str(error)
        .rpartition(" (line ")[0]
        .endswith(
            "not published: 1 of 4 rows of landing_reading do not meet: positive; "
            "3 of 4 rows of landing_reading do not meet: named; "
            "3 of 4 rows of landing_reading do not meet: known"
        )
    ), error
    assert CANARY not in str(error)
    assert len(published()) == 1
    assert os.listdir(folder / "trusted") == ["reading"], os.listdir(folder / "trusted")


if __name__ == "__main__":
    folder.mkdir(parents=True)
    globals()[sys.argv[1]]()
