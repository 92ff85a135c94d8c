"""How a job says that it stopped: in words that hold no data."""


class JobFailed(RuntimeError):
    """A job that stopped, said in words that hold no data."""


class MissingInput(JobFailed):
    """An input that does not exist or holds nothing; zero rows would look like success."""


class ExpectationFailed(JobFailed):
    """A table that is not published, since rows are not as its author requires."""


class UnreadableInput(JobFailed):
    """An input none of whose rows can be read, or of which nobody can tell where they end."""


class ProofFailed(JobFailed):
    """A table that is not published, since what it promises does not hold of it."""


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
        cause = cause.getCause()
    return found
