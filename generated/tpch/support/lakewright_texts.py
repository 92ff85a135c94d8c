"""What a text says, strictly: a value of a type, or nothing."""

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql import types as T

# What decoding leaves of bytes that are no UTF-8.
UNDECODED = "\ufffd"
_WHOLE = r"-?(?:0|[1-9]\d*)"

# How times are written. Spark alone takes more: a number as seconds, a clock time without a day, which
# it puts on the day of the run (so a doubtful consent would be one from today), a zone by its name.
TIMES = {
    T.DateType: r"^\d{4}-\d{2}-\d{2}\z",
    T.TimestampType: r"^\d{4}(-[-+0-9:. TZUCGM]*(?<! ))?\z",
}
_PATTERNS = {
    T.IntegerType: rf"^{_WHOLE}\z",
    T.LongType: rf"^{_WHOLE}\z",
    T.DoubleType: rf"^{_WHOLE}(?:\.\d+)?(?:[eE][+-]?\d+)?\z",
    T.BooleanType: r"^(?:true|false)\z",
    **TIMES,
}


def exact_decimal(kind: T.DecimalType) -> str:
    """The pattern of numbers that a decimal holds to their last digit; casts would round the others."""
    return rf"^{_WHOLE}(?:\.(?=\d)\d{{0,{kind.scale}}}0*)?\z"


def is_infinite(value: Column) -> Column:
    """Whether a number was too large for a double."""
    return F.abs(value) == F.lit(float("inf"))


def value_of(said: str, kind: T.DataType) -> Column:
    """The value that the text in a column, `said` in SQL, stands for; null where it is no such value."""
    text = F.expr(said)
    if isinstance(kind, T.StringType):
        return F.when(~text.contains(UNDECODED), text)
    pattern = exact_decimal(kind) if isinstance(kind, T.DecimalType) else _PATTERNS[type(kind)]
    value = F.expr(f"try_cast({said} AS {kind.simpleString()})")
    if isinstance(kind, T.DoubleType):
        value = F.when(~is_infinite(value), value)
    return F.when(text.rlike(pattern), value)
