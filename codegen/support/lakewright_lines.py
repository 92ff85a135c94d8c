"""Strict reading of JSON lines: what a line says is what a row holds, or the line is set aside."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import ClassVar

from lakewright_source import Source
from lakewright_texts import TIMES, UNDECODED, exact_decimal, is_infinite
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

_JSON_OPTIONS = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "corrupt",
    "allowSingleQuotes": "false",
    "allowNonNumericNumbers": "false",
}

# Half of a pair of surrogates, for which Java writes a question mark.
_LONE = r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
_LONE += r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"


class JsonLines:
    """Files of one JSON object a line."""

    keeps_lines = True
    options: ClassVar[dict[str, str]] = {}

    def parsed(self, files: DataFrame, source: Source) -> DataFrame:
        return parsed_lines(files, source.in_files, source.columns)

    def fault(self, source: Source) -> Column:
        return fault_of(source.in_files)

    def said(self, column: str, source: Source) -> Column:
        """What a parsed line says in a column, also where it was not fit to be a row."""
        said = F.get_json_object("line", f"$['{column.replace(chr(39), '')}']")
        if column not in source.in_files.names:
            return said
        return F.coalesce(F.col("row")[column].cast("string"), said)


def parsed_lines(lines: DataFrame, schema: T.StructType, declared: Sequence[str] = ()) -> DataFrame:
    """Columns line, keys, row, bad, unreadable and undeclared, which is whether a line has keys that are
    not declared. Spark alone would accept all that they name.

    It stops reading a line at the end of its first object, takes the last of two equal keys, turns
    any value into a string, and gives null for a key in another case. A line whose required columns
    are doubtful is bad. A doubtful optional value is null, and its line stays: the newest version of
    a record must not vanish because its consent cannot be read, or an older consent would revive.
    """
    line = F.expr("trim(BOTH ' \t\r\ufeff' FROM value)")
    wrapped = T.StructType([T.StructField("rows", T.ArrayType(schema))]).add("corrupt", "string")
    text = F.concat(F.lit('{"rows":['), "line", F.lit("]}"))
    parsed = F.from_json(text, wrapped, _JSON_OPTIONS)
    told = [name for name in lines.columns if name == "told"]
    read = lines.select(line.alias("line"), *told).where("line <> ''")
    keys = F.json_object_keys("line").alias("keys")
    read = read.select("line", *told, keys, parsed.alias("parsed"))
    read = read.withColumn("odd", _has_odd_keys(schema))
    read = read.withColumn("undeclared", _has_undeclared(declared or schema.names))
    row = F.get("parsed.rows", 0)
    corrupt = F.col("parsed.corrupt").isNotNull()
    optional = [field for field in schema.fields if field.nullable]
    doubts = [_is_doubtful(field, row) for field in schema.fields if not field.nullable]
    several = (F.size("parsed.rows") != 1) | (corrupt & _is_not_one_value())
    faults = [F.col("keys").isNull(), _ends_its_list(), several, row.isNull(), *doubts]
    bad = F.coalesce(reduce(or_, faults), F.lit(True))
    # Few lines give cause for doubt; only they pay for a look at each of their values.
    cause = reduce(or_, [_is_misread(field, row) for field in optional], corrupt | F.col("odd"))
    doubtful = [F.when(_is_doubtful(field, row), F.lit(field.name)) for field in optional]
    names = F.array_compact(F.array(F.lit(None).cast("string"), *doubtful))
    unreadable = F.when(~bad & F.coalesce(cause, F.lit(True)), names).alias("unreadable")
    kept = ["line", *told, "keys", "odd", "undeclared"]
    read = read.select(*kept, row.alias("row"), bad.alias("bad"), unreadable)
    values = [
        F.when(F.array_contains("unreadable", f.name), None).otherwise(F.col("row")[f.name])
        if f.nullable
        else F.col("row")[f.name]
        for f in schema.fields
    ]
    named = [value.alias(name) for value, name in zip(values, schema.names, strict=True)]
    cleaned = F.when(F.size("unreadable") > 0, F.struct(*named)).otherwise(F.col("row"))
    return read.select(*kept, cleaned.alias("row"), "bad", "unreadable")


def _has_odd_keys(schema: T.StructType) -> Column:
    """Whether any key appears twice, or one of the schema's appears in another case.

    Without lambdas, which Spark does not compile: every line is asked this. A key that holds the
    separator only makes its line look odd, and so be looked at more closely.
    """
    separator = "\x1f"
    lowered = F.split(F.lower(F.concat_ws(separator, "keys")), separator)
    repeated = F.size("keys") != F.size(F.array_distinct(lowered))
    names = F.array(*map(F.lit, schema.names))
    exact = F.array_intersect("keys", names)
    alike = F.array_intersect(lowered, F.array(*(F.lit(name.lower()) for name in schema.names)))
    # Most lines have all keys in the order of the schema, which costs one comparison.
    return ~F.col("keys").eqNullSafe(names) & (repeated | (F.size(exact) != F.size(alike)))


def _has_undeclared(declared: Sequence[str]) -> Column:
    """Whether a line has keys, in whatever case, that are not declared. Keys in the usual order cost little."""
    usual = F.array(*map(F.lit, declared))
    lowered = F.split(F.lower(F.concat_ws("\x1f", "keys")), "\x1f")
    known = F.array(*(F.lit(name.lower()) for name in declared))
    more = F.size(F.array_except(lowered, known)) > 0
    return ~F.col("keys").eqNullSafe(usual) & (F.size("keys") > 0) & more


def _is_not_one_value() -> Column:
    """Whether a line is no JSON, or several values; asked of lines that Spark found fault with."""
    values = F.from_json(F.concat(F.lit("["), "line", F.lit("]")), "array<string>", _JSON_OPTIONS)
    return F.coalesce(F.size(values), F.lit(-1)) != 1


def _ends_its_list() -> Column:
    """Whether a line closes the list that it is put in to be read, so that what follows would be read in its place.

    It cannot bring along what is put behind it here, its own hash.
    """
    own = F.md5("line")
    text = F.concat(F.lit('{"rows":['), "line", F.lit('],"'), own, F.lit('":1}'))
    whole = F.json_object_keys(text).eqNullSafe(F.array(F.lit("rows"), own))
    return F.when(F.col("line").contains("]"), ~whole).otherwise(F.lit(False))


def _is_doubtful(field: T.StructField, row: Column) -> Column:
    """Whether a value is not what the line says, or the line says two things, or nothing at all."""
    lost = row[field.name].isNull()
    if field.nullable:
        lost &= _is_given(field)
    return lost | _is_ambiguous(field) | _is_misread(field, row)


def _is_given(field: T.StructField) -> Column:
    return _text(field).isNotNull()


def _text(field: T.StructField) -> Column:
    """What the line says of a column, without quotes; null where it says null or nothing."""
    bare = field.name.replace("'", "")
    return F.get_json_object("line", f"$['{bare}']")


def _is_ambiguous(field: T.StructField) -> Column:
    """Whether a key appears twice, or in another case."""
    count = F.size(_spellings(field))
    once = (count == 0) | ((count == 1) & F.array_contains("keys", field.name))
    return F.col("odd") & ~once


def _spellings(field: T.StructField) -> Column:
    return F.filter("keys", lambda key: F.lower(key) == field.name.lower())


def _is_misread(field: T.StructField, row: Column) -> Column:
    """Whether Spark made a value of something else in the line; null stays null.

    That is text made of a number, boolean, object or array, or of what is no text; a time of what is
    none; a number that was rounded. Only what looks like it costs a look into the line.
    """
    value, kind = row[field.name], field.dataType
    pattern = TIMES.get(type(kind))
    if pattern is not None:
        fits = F.coalesce(_text(field).rlike(pattern), F.lit(False)) & ~_is_unquoted(field)
        return value.isNotNull() & ~fits
    if isinstance(kind, T.DecimalType):
        exact = _text(field).rlike(exact_decimal(kind))
        return value.isNotNull() & ~F.coalesce(exact, F.lit(False))
    if isinstance(kind, T.DoubleType):
        return F.coalesce(is_infinite(value), F.lit(False))
    if isinstance(kind, T.ArrayType | T.MapType | T.StructType):
        return F.coalesce(F.to_json(value).contains(UNDECODED), F.lit(False))
    if not isinstance(kind, T.StringType):
        return F.lit(False)
    looks = value.rlike(r"^(-?\d[\d.eE+-]*|true|false|[\[{].*)$") & _is_unquoted(field)
    broken = value.contains("?") & F.col("line").rlike(_LONE)
    return F.coalesce(looks | broken | value.contains(UNDECODED), F.lit(False))


def _is_unquoted(field: T.StructField) -> Column:
    key = rf"\Q{json.dumps(field.name, ensure_ascii=False)}\E\s*:\s*"
    return F.col("line").rlike(key + r"[^\"\s]") | ~F.col("line").rlike(key + '"')


def fault_of(schema: T.StructType) -> Column:
    """Why a bad line is bad, in words that hold none of its values."""
    is_none = F.col("keys").isNull() | _ends_its_list() | _is_not_one_value()
    reason = F.when(is_none, "not one JSON object")
    for field in schema.fields:
        if field.nullable:
            continue
        name, kind = field.name, field.dataType.simpleString()
        absent = F.size(_spellings(field)) == 0
        reason = reason.when(absent, f"{name} is missing")
        reason = reason.when(_is_ambiguous(field), f"{name} appears twice or in another case")
        null = F.col("row")[name].isNull()
        reason = reason.when(null & ~_is_given(field), f"{name} is null")
        reason = reason.when(null | _is_misread(field, F.col("row")), f"{name} is not {kind}")
    return reason.otherwise("does not fit the schema")


def tallies(kept: DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    """Of lines that were kept aside, how many for each reason, and how many by unreadable column."""
    reasons: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for row in kept.groupBy("reason", "unreadable").count().collect():
        if row["reason"] is not None:
            reasons[row["reason"]] += row["count"]
        for name in row["unreadable"] or ():
            columns[name] += row["count"]
    return dict(sorted(reasons.items())), dict(sorted(columns.items()))
