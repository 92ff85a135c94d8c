"""Strict reading of CSV (RFC 4180): what a record says is what a row holds, or the record is set aside."""

import re
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from lakewright_failures import SchemaMismatch, UnreadableInput
from lakewright_source import Source
from lakewright_texts import value_of
from pyspark.sql import Column, DataFrame, Row
from pyspark.sql import functions as F

_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"


@dataclass(frozen=True)
class _Head:
    """What a file's header says, or what stands for one."""

    line: str | None
    width: int
    at: tuple[int, ...]
    """Where each column that is wanted stands, from 0."""
    has_undeclared: bool


@dataclass(frozen=True)
class Csv:
    """How CSV files are written.

    Without `line_breaks` every line is a record, so that large files are read in parts. A quoted value
    that goes on in the next line then stops the run: its second line could pass for a row of anybody.
    """

    header: bool = True
    delimiter: str = ","
    quote: str = '"'  # '' where nothing is quoted
    escape: str = '"'
    null: str = ""
    line_breaks: bool = False

    keeps_lines = True

    @property
    def options(self) -> dict[str, str]:
        return {"wholetext": "true"} if self.line_breaks else {}

    def parsed(self, files: DataFrame, source: Source) -> DataFrame:
        """Columns line, said, surplus, is_record, row, bad, unreadable and undeclared, besides `told`."""
        records = self._records(files)
        heads = self._heads(records, source)
        one = len(set(heads.values())) == 1
        if one:
            (head,) = set(heads.values())
            at = [F.lit(position) for position in head.at]
            width, extra, first = map(F.lit, (head.width, head.has_undeclared, head.line))
        else:
            records = records.join(self._broadcast(records, heads), "file")
            at = [F.get("at", F.lit(number)) for number in range(len(self._wanted(source)))]
            width, extra, first = F.col("head_width"), F.col("extra"), F.col("head")
        if self.header:
            records = records.where(F.col("line") != first)
        fields = F.regexp_extract_all(self._after_delimiter(), F.lit(self._field), 1)
        of_file = [] if one else ["at", "head_width", "extra"]
        read = records.select("line", "told", fields.alias("fields"), *of_file)
        said = F.array(*(self._unquoted(F.get("fields", position)) for position in at))
        read = read.select(
            "line",
            "told",
            said.alias("said"),
            (F.size("fields") - width).alias("surplus"),
            self._is_record().alias("is_record"),
            extra.alias("undeclared"),
        )
        return self._rows(read, source)

    def fault(self, source: Source) -> Column:
        """Why a bad record is bad, in words that hold none of its values."""
        reason = F.when(~F.col("is_record"), "not CSV")
        reason = reason.when(F.col("surplus") != 0, "has more or fewer values than columns")
        for number, field in enumerate(source.in_files.fields):
            if field.nullable:
                continue
            reason = reason.when(F.get("said", F.lit(number)).isNull(), f"{field.name} is null")
            kind = field.dataType.simpleString()
            is_lost = F.col("row")[field.name].isNull()
            reason = reason.when(is_lost, f"{field.name} is not {kind}")
        return reason.otherwise("does not fit the schema")

    def said(self, column: str, source: Source) -> Column:
        """What a record says in a column, also where it was not fit to be a row."""
        return F.get("said", F.lit(self._wanted(source).index(column)))

    @staticmethod
    def _wanted(source: Source) -> list[str]:
        """Columns of the row, and those that say whose it is and when."""
        names = list(source.in_files.names)
        told = set(source.partitioned_by)
        more = [name for name in (source.about, source.at) if name and name not in told]
        return [*names, *(name for name in more if name not in names)]

    @staticmethod
    def _rows(read: DataFrame, source: Source) -> DataFrame:
        values = {
            field.name: value_of(f"said[{number}]", field.dataType)
            for number, field in enumerate(source.in_files.fields)
        }
        row = F.struct(*(value.alias(name) for name, value in values.items()))
        read = read.withColumn("row", row)
        lost = {name: F.col("row")[name].isNull() for name in values}
        required = [lost[field.name] for field in source.in_files.fields if not field.nullable]
        faults = [~F.col("is_record"), F.col("surplus") != 0, *required]
        read = read.withColumn("bad", F.coalesce(reduce(or_, faults), F.lit(True)))
        doubtful = [
            F.when(lost[field.name] & F.get("said", F.lit(number)).isNotNull(), field.name)
            for number, field in enumerate(source.in_files.fields)
            if field.nullable
        ]
        names = F.array_compact(F.array(F.lit(None).cast("string"), *doubtful))
        return read.withColumn("unreadable", F.when(~F.col("bad"), names))

    def _records(self, files: DataFrame) -> DataFrame:
        """Columns file, place, line and told; places of a file are in the order of its records."""
        if self.line_breaks:
            lines = F.regexp_extract_all("value", F.lit(self._record_and_end), 1)
            read = files.select("file", "told", F.posexplode(lines).alias("place", "line"))
        else:
            place = F.struct("start", F.monotonically_increasing_id())
            read = files.select("file", "told", place.alias("place"), F.col("value").alias("line"))
        return read.withColumn("line", F.expr("trim(LEADING '\ufeff' FROM line)")).where(
            "line <> ''"
        )

    def _heads(self, records: DataFrame, source: Source) -> dict[str, _Head]:
        """By file, what its header says. A quote that is not closed stops the run."""
        if not self.header and not self.quote:
            return {"": self._head(None, source)}
        first = F.min_by("line", "place").alias("first")
        unclosed = F.count_if(self._is_unclosed()).alias("unclosed")
        found: list[Row] = records.groupBy("file").agg(first, unclosed).collect()
        if any(row["unclosed"] for row in found):
            raise UnreadableInput(
                f"{source.argument}: a quote is not closed in its line, so where rows end cannot be"
                " told; csv({ lineBreaks: true }) reads values of several lines"
            )
        heads = {row["file"]: self._head(row["first"], source) for row in found}
        return heads or {"": self._head("", source, is_empty=True)}

    def _head(self, line: str | None, source: Source, *, is_empty: bool = False) -> _Head:
        declared = [name for name in source.columns if name not in source.partitioned_by]
        names = declared if is_empty or not self.header else self._names(line or "")
        lowered = [name.lower() for name in names]
        for name in declared:
            if lowered.count(name.lower()) > 1:
                raise SchemaMismatch(f"{source.argument}: a header has {name} twice")
            if name not in names:
                raise SchemaMismatch(f"{source.argument}: a header lacks {name}")
        at = tuple(names.index(name) for name in self._wanted(source))
        head = line if self.header else None
        return _Head(head, len(names), at, len(names) > len(declared))

    def _names(self, header: str) -> list[str]:
        text = self.delimiter + header
        if not re.fullmatch(self._record.removeprefix("^").removesuffix(r"\z"), text):
            return []
        fields = [found[1] for found in re.finditer(self._field, text)]
        return [self._plain(field) for field in fields]

    def _plain(self, field: str) -> str:
        if not self.quote or not field.startswith(self.quote):
            return field
        return re.sub(self._escaped, lambda found: found[0][1:], field[1:-1], flags=re.DOTALL)

    def _unquoted(self, field: Column) -> Column:
        plain = F.when(field != self.null, field)
        if not self.quote:
            return plain
        inner = field.substr(F.lit(2), F.length(field) - 2)
        whole = F.regexp_replace(inner, f"(?s){self._escaped}", "$1")
        return F.when(field.startswith(self.quote), whole).otherwise(plain)

    def _after_delimiter(self) -> Column:
        return F.concat(F.lit(self.delimiter), "line")

    def _is_record(self) -> Column:
        return self._after_delimiter().rlike(self._record) & ~F.col("line").rlike(_CONTROL)

    def _is_unclosed(self) -> Column:
        if not self.quote:
            return F.lit(False)
        d, quote = re.escape(self.delimiter), re.escape(self.quote)
        pattern = rf"^(?s:{self._any_field})*+{d}{quote}(?s:{self._inner})\z"
        return self._after_delimiter().rlike(pattern)

    # Patterns are possessive throughout: Java then neither goes back nor needs stack for long values.

    @cached_property
    def _escaped(self) -> str:
        """An escaped character of a quoted value, as a group."""
        return re.escape(self.escape) + (
            "(.)" if self.escape != self.quote else f"({re.escape(self.quote)})"
        )

    @cached_property
    def _inner(self) -> str:
        """What may stand between two quotes."""
        quote, escape = re.escape(self.quote), re.escape(self.escape)
        if self.escape == self.quote:
            return f"(?:[^{quote}]++|{quote}{quote})*+"
        return f"(?:[^{quote}{escape}]++|{escape}.)*+"

    @cached_property
    def _value(self) -> str:
        d, quote = re.escape(self.delimiter), re.escape(self.quote)
        if not self.quote:
            return f"[^{d}]*+"
        return f"{quote}{self._inner}{quote}|[^{d}{quote}]*+(?!{quote})"

    @cached_property
    def _any_field(self) -> str:
        return f"{re.escape(self.delimiter)}(?:{self._value})"

    @cached_property
    def _field(self) -> str:
        """One value, as a group, with the delimiter before it."""
        return f"(?s){re.escape(self.delimiter)}({self._value})"

    @cached_property
    def _record(self) -> str:
        return rf"^(?s:{self._any_field})*+\z"

    @cached_property
    def _record_and_end(self) -> str:
        """A record, as a group, and the end of its line; a quote that is never closed ends with it."""
        d, quote = re.escape(self.delimiter), re.escape(self.quote)
        rest = rf"[^{d}\r\n]*+"
        value = f"(?:{quote}{self._inner}{quote}{rest}|{rest})" if self.quote else rest
        return rf"(?s)({value}(?:{d}{value})*+)(?:\r\n|\n|\r|\z)"

    def _broadcast(self, records: DataFrame, heads: dict[str, _Head]) -> DataFrame:
        rows = [
            (file, head.width, list(head.at), head.has_undeclared, head.line)
            for file, head in heads.items()
        ]
        schema = "file string, head_width int, at array<int>, extra boolean, head string"
        return F.broadcast(records.sparkSession.createDataFrame(rows, schema))
