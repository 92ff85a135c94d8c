"""JSON in texts, so that what is read is what the text says: of exactly the declared type, or null."""

from pyspark.sql import Column
from pyspark.sql import functions as F

_CORRUPT = "(corrupt)"
_READING = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": _CORRUPT,
    "allowSingleQuotes": "false",
    "allowNonNumericNumbers": "false",
}
_WRITING = {
    "ignoreNullFields": "false",
    "timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'",
}


def from_json(text: Column, kind: str) -> Column:
    """The value of a kind, `struct<...>` or `array<...>`, that a text holds as JSON; null where it holds another.

    Spark alone gives parts of what does not fit, or takes a list for a struct; and of some lists of
    doubles that hold text it stops, so lists are read as a field of a struct.
    """
    if kind.startswith("struct<"):
        return _struct(text, kind)
    sound = F.from_json(F.when(text.rlike(r"^[ \t\n\r]*\["), text), "array<string>", _READING)
    first = F.when(sound.isNotNull(), F.get_json_object(text, "$"))
    wrapped = F.concat(F.lit('{"value":'), first, F.lit("}"))
    return _struct(wrapped, f"struct<value: {kind}>")["value"]


def _struct(text: Column, kind: str) -> Column:
    """In a list of one, so that the text is parsed once however often its fields are read."""
    told = f"{kind.removesuffix('>')}, `{_CORRUPT}`: string>"
    parsed = F.from_json(F.when(text.rlike(r"^[ \t\n\r]*\{"), text), told, _READING)
    sound = F.filter(F.array(parsed), lambda one: one[_CORRUPT].isNull())
    return F.get(F.transform(sound, lambda one: one.dropFields(f"`{_CORRUPT}`")), 0)


def to_json(value: Column) -> Column:
    """A struct, list or map as JSON, with nulls and whole instants."""
    return F.to_json(value, _WRITING)
