"""PySpark of the author's, held to what is declared of it as a query is."""

from lakewright_failures import ProofFailed
from lakewright_plain_python import Fault, function_name
from lakewright_sql import held
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def pyspark(frame: DataFrame, text: str, columns: dict[str, str]) -> DataFrame:
    """What the author's function makes of a frame: it reads nothing else, and gives exactly the columns.

    It knows `F`, `Window` and its frame, and none of Python's own functions.
    """
    try:
        name = function_name(text)
    except Fault as fault:
        raise ProofFailed(f"the PySpark does not run: {fault}") from None
    known = {"__builtins__": {}, "F": F, "Window": Window}
    exec(compile(text, "<pyspark>", "exec"), known)  # noqa: S102 (nothing but what was just looked at)
    result = known[name](frame)
    if not isinstance(result, DataFrame):
        raise ProofFailed("the PySpark gives no frame")
    return held(result, frame, columns, "the PySpark", "its frame", text)
