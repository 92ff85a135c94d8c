"""How a job says that it stopped: in words that hold no data, and the line of the script it was at."""

import inspect
import traceback
from contextlib import suppress
from typing import Self


class JobFailed(RuntimeError):
    """A job that stopped, said in words that hold no data."""

    line: int | None = None
    """Line of the script, from 1, that asked for what failed."""

    def at(self, line: int | None) -> Self:
        self.line = line
        return self


class MissingInput(JobFailed):
    """An input that does not exist or holds nothing; zero rows would look like success."""


class ExpectationFailed(JobFailed):
    """A table that is not published, since rows are not as its author requires."""


class UnreadableInput(JobFailed):
    """An input none of whose rows can be read, or of which nobody can tell where they end."""


class ProofFailed(JobFailed):
    """A table that is not published, since what it promises does not hold of it."""


class PermitExpired(JobFailed):
    """A job that was written under a permit whose last day is over."""


class SchemaMismatch(JobFailed):
    """A table whose columns are not those that the job was compiled for."""


def error_class(error: Exception) -> str:
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
        if found == "PSQLException":
            # What went wrong is said by five signs; the text quotes names, and may quote values.
            found = f"{found} (SQLSTATE {cause.getSQLState()})"
        cause = cause.getCause()
    return found


def calling_line() -> int | None:
    """The line of the script that is now calling this package."""
    frame = inspect.currentframe()
    while frame and frame.f_globals.get("__name__") != "__main__":
        frame = frame.f_back
    return frame.f_lineno if frame else None


def line_of(error: Exception) -> int | None:
    """The line of the script that said what failed, as far as that is known.

    Spark computes later than it is told to: Spark 4 tells the line that the failing expression is from, otherwise it is
    the one that asked for the rows.
    """
    if isinstance(error, JobFailed) and error.line:
        return error.line
    own = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") == "__main__"
    ]
    if not own:
        return None
    script, line = own[-1]
    said = [site.rpartition(":") for site in _call_sites(error)]
    return next((int(at) for file, _, at in said if file == script and at.isdecimal()), line)


def _call_sites(error: Exception) -> list[str]:
    """`/tmp/script.py:52`: where the parts of a query that failed are from."""
    sites: list[str] = []
    # Whatever goes wrong with asking, the error itself is what is to be told.
    with suppress(Exception):
        sites += [str(context.callSite()) for context in error.getQueryContext()]
    return sites
