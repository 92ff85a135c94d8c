"""The layout of a generated module: imports, the schemas of its inputs, `transform`, `main`."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layouts import Layout, names_of, without_layout
from permits import read_days
from proofs import Proof, read_proof
from refusal import Refusal, shown
from shapes import match, parse_shape, plain_name

_IMPORTS = {
    "import sys",
    "import lakewright_runtime as lakewright",
    "from pyspark.sql import DataFrame",
    "from pyspark.sql import DataFrame, Window",
    "from pyspark.sql import functions as F",
    "from pyspark.sql import types as T",
}
_MAIN = parse_shape("""
def main() -> None:
    from awsglue.utils import getResolvedOptions

    arguments = getResolvedOptions(sys.argv, x_names)
    with lakewright.Run(arguments, library=x_library) as run:
        result = x_transformed
        run.publish(result, x_sink)
""")
_START = parse_shape("""
if __name__ == "__main__":
    main()
""")
_SCALARS = {
    "StringType": "string",
    "IntegerType": "int",
    "LongType": "long",
    "DoubleType": "double",
    "BooleanType": "boolean",
    "DateType": "date",
    "TimestampType": "timestamp",
}
# Keyword of `transform` -> what a run hands it.
_OPTIONS = ("consent_as_of", "pseudonym_key", "counted", "expected")

# Of these, what counts, and is no argument of the job.
_HOOKS = ("counted", "expected")


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    nullable: bool


@dataclass(frozen=True)
class Input:
    """A table that a script reads, under the name of its argument and of its frame."""

    argument: str
    reader: str
    fields: tuple[Field, ...]
    about: str | None
    """Column that says whom a row is about: rows of people who were erased are not read."""
    at: str | None
    """Column that says when: of a device's rows, those up to the erasure are not read."""
    columns: tuple[str, ...] | None
    """All columns of the table, where the script needs others, or says them in another order."""
    partitioned_by: tuple[str, ...]
    csv: Mapping[str, str | bool] | None
    """How CSV is written, where that is not the usual."""
    database: Mapping[str, str | int] | None
    """Which table of a database it is, and in what parts it is read."""
    node: ast.expr


@dataclass(frozen=True)
class Script:
    library: str
    inputs: tuple[Input, ...]
    body: list[ast.stmt]
    days: tuple[str, ...]
    """Last days of permits that a run looks at before it reads."""
    proofs: tuple[Proof, ...]
    layout: Layout
    sink: str
    sink_node: ast.expr


def read_script(text: bytes) -> Script:
    """The parts of a script; a Refusal of anything else in it."""
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        refusal = Refusal("is no Python")
        refusal.line = getattr(error, "lineno", None)
        raise refusal from None
    code = module.body
    if not code or ast.get_docstring(module) is None:
        raise Refusal("begins without the docstring that the compiler writes")
    code = code[1:]
    while code and isinstance(code[0], ast.Import | ast.ImportFrom):
        if ast.unparse(code[0]) not in _IMPORTS:
            raise Refusal(f"`{shown(code[0])}` is no import that a script needs", code[0])
        code = code[1:]
    schemas: dict[str, tuple[Field, ...]] = {}
    while code and isinstance(code[0], ast.Assign):
        name, fields = _schema_constant(code[0])
        if name in schemas:
            raise Refusal(f"{name} is assigned again", code[0])
        schemas[name] = fields
        code = code[1:]
    if len(code) != 3:
        place = code[3] if len(code) > 3 else None
        raise Refusal("expected transform, main and the call of main, and nothing else", place)
    transform, main, start = code
    match(_START, [start])
    return _read_main(main, transform, schemas)


def _read_main(
    main: ast.stmt, transform: ast.stmt, schemas: Mapping[str, tuple[Field, ...]]
) -> Script:
    main, days, proofs, layout = _without_questions(main)
    found = match(_MAIN, [main])
    call = found.holes["x_transformed"]
    match call:
        case ast.Call(func=ast.Name("transform"), args=args, keywords=keywords):
            inputs = tuple(_input(node, schemas) for node in args)
        case _:
            raise Refusal(f"the result is `{shown(call)}`, not that of transform", call)
    if len({one.argument for one in inputs}) < len(inputs) or len(inputs) != len(schemas):
        raise Refusal("expected each table to be read once, by its own schema", call)
    options = [_option(one) for one in keywords]
    sink = found.holes["x_sink"]
    names = found.holes["x_names"]
    asked = [*(one.argument for one in inputs), plain_name(sink)]
    if any(one.about for one in inputs):
        asked += ["suppression", "suppression_key"]
    _require_arguments(names, asked, options)
    body = _transform_body(transform, [one.argument for one in inputs], options)
    library = plain_name(found.holes["x_library"])
    proven = tuple(map(read_proof, proofs))
    return Script(library, inputs, body, days, proven, layout, plain_name(sink), sink)


def _without_questions(
    main: ast.stmt,
) -> tuple[ast.stmt, tuple[str, ...], list[ast.stmt], Layout]:
    """`main` without what it asks before it reads, and between the result and its publication; and both.

    And without how it lets the published files lie; and that.
    """
    match main:
        case ast.FunctionDef(body=[*before, ast.With(body=[first, *rest]) as run]):
            days = read_days(first)
            match rest if days else [first, *rest]:
                case [result, *proofs, last]:
                    publish, layout = without_layout(last)
                    bare = ast.With(**{**vars(run), "body": [result, publish]})
                    without = ast.FunctionDef(**{**vars(main), "body": [*before, bare]})
                    return without, days or (), proofs, layout
    return main, (), [], Layout()


_READERS = {"read_json", "read_parquet", "read_orc", "read_avro", "read_table"}
# Readers that are told more of a table than its columns.
_FORMS = {"read_csv", "read_jdbc"}
_READ_WORDS = ("about", "at", "columns", "partitioned_by")
_CSV_WORDS = {
    "header": bool,
    "delimiter": str,
    "quote": str,
    "escape": str,
    "null": str,
    "line_breaks": bool,
}

_JDBC_WORDS = {
    "fetch_size": int,
    "split_by": str,
    "split_from": int,
    "split_to": int,
    "splits": int,
}


def _input(node: ast.expr, schemas: Mapping[str, tuple[Field, ...]]) -> Input:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("run"), attr=reader),
            args=[argument, ast.Name(id=schema), *form],
            keywords=keywords,
        ) if schema in schemas and reader in _READERS | _FORMS and len(form) == (reader in _FORMS):
            name = plain_name(argument)
            if schema != name.upper():
                raise Refusal(f"{name} is read by the schema of another table, {schema}", node)
            given = [word.arg for word in keywords]
            if given == [word for word in _READ_WORDS if word in given]:
                words = {word.arg: word.value for word in keywords}
                return Input(
                    name,
                    reader,
                    schemas[schema],
                    plain_name(words["about"]) if "about" in words else None,
                    plain_name(words["at"]) if "at" in words else None,
                    names_of(words["columns"]) if "columns" in words else None,
                    names_of(words["partitioned_by"]) if "partitioned_by" in words else (),
                    _csv(form[0]) if reader == "read_csv" else None,
                    _database(form[0]) if reader == "read_jdbc" else None,
                    node,
                )
    raise Refusal(f"`{shown(node)}` reads otherwise than the compiler emits", node)


def _csv(node: ast.expr) -> Mapping[str, str | bool]:
    """What `lakewright.Csv(...)` says otherwise than usual."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="Csv"), args=[], keywords=words
        ):
            said = {}
            for word in words:
                value = word.value.value if isinstance(word.value, ast.Constant) else None
                if word.arg not in _CSV_WORDS or type(value) is not _CSV_WORDS[word.arg]:
                    raise Refusal(f"`{shown(word)}` is nothing that CSV is like", word)
                said[word.arg] = value
            return said
    raise Refusal(f"`{shown(node)}` is no form of CSV", node)


def _database(node: ast.expr) -> Mapping[str, str | int]:
    """What `lakewright.Jdbc(...)` says."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="Jdbc"),
            args=[connection, schema, table],
            keywords=words,
        ):
            names = {"connection": connection, "schema": schema, "table": table}
            said = {name: _constant(one, str) for name, one in names.items()}
            for word in words:
                if word.arg not in _JDBC_WORDS:
                    raise Refusal(f"`{shown(word)}` says nothing of a table of a database", word)
                said[word.arg] = _constant(word.value, _JDBC_WORDS[word.arg])
            return said
    raise Refusal(f"`{shown(node)}` is no table of a database", node)


def _constant(node: ast.expr, kind: type) -> Any:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        value = None
    if type(value) is not kind:
        raise Refusal(f"expected a constant, found `{shown(node)}`", node)
    return value


def _option(keyword: ast.keyword) -> str:
    match keyword.value:
        case ast.Attribute(value=ast.Name("run"), attr=name):
            if name in _OPTIONS and keyword.arg == name:
                return name
    raise Refusal(f"`{shown(keyword)}` is nothing that a run hands on", keyword)


def _require_arguments(node: ast.expr, tables: list[str], options: list[str]) -> None:
    """The script may ask Glue for its tables and for what a run needs, and for nothing else."""
    if not isinstance(node, ast.List):
        raise Refusal(f"expected a list of arguments, found `{shown(node)}`", node)
    asked = [plain_name(one) for one in node.elts]
    needed = {"JOB_NAME", "report", *tables, *(one for one in options if one not in _HOOKS)}
    extra = set(asked) - needed - {"quarantine"}
    missing = needed - set(asked)
    if extra or missing or len(set(asked)) < len(asked):
        wrong = ", ".join(sorted(extra | missing)) or "one twice"
        raise Refusal(f"the arguments that main asks for are not those it uses: {wrong}", node)


def _transform_body(node: ast.stmt, inputs: list[str], options: list[str]) -> list[ast.stmt]:
    """The statements of `transform`, if it takes exactly what main hands it."""
    frames = ", ".join(f"{name}: DataFrame" for name in inputs)
    kinds = {
        "consent_as_of": "consent_as_of: int",
        "pseudonym_key": "pseudonym_key: lakewright.PseudonymKey",
        "counted": "counted=lakewright.uncounted",
        "expected": "expected=lakewright.unchecked",
    }
    known = ", ".join(kinds[name] for name in options)
    signature = f"def transform({frames}{', *, ' if known else ''}{known}) -> DataFrame: pass"
    if not isinstance(node, ast.FunctionDef):
        raise Refusal(f"expected transform, found `{shown(node)}`", node)
    head = ast.FunctionDef(**{**vars(node), "body": [ast.Pass()]})
    match(parse_shape(signature), [ast.copy_location(head, node)])
    return node.body


def _schema_constant(node: ast.Assign) -> tuple[str, tuple[Field, ...]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
            return name, _fields(value)
    raise Refusal(f"`{shown(node)}` is no schema", node)


def _fields(node: ast.expr) -> tuple[Field, ...]:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("T"), attr="StructType"),
            args=[ast.List(elts=items)],
            keywords=[],
        ):
            return tuple(_field(item) for item in items)
    raise Refusal(f"`{shown(node)}` is no list of columns", node)


def _field(node: ast.expr) -> Field:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("T"), attr="StructField"),
            args=[name, kind],
            keywords=[ast.keyword(arg="nullable", value=ast.Constant(value=bool() as nullable))],
        ):
            return Field(plain_name(name), _type(kind), nullable)
    raise Refusal(f"`{shown(node)}` is no column", node)


def _type(node: ast.expr) -> str:
    """A type in the words of a declaration."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name("T"), attr=name), args=args):
            match name, args:
                case _, [] if name in _SCALARS:
                    return _SCALARS[name]
                case "DecimalType", [ast.Constant(value=precision), ast.Constant(value=scale)]:
                    return f"decimal({precision}, {scale})"
                case "ArrayType", [element]:
                    return f"array<{_type(element)}>"
                case "MapType", [key, value]:
                    return f"map<{_type(key)}, {_type(value)}>"
                case "StructType", _:
                    inner = (f"{field.name}: {field.type}" for field in _fields(node))
                    return f"struct<{', '.join(inner)}>"
    raise Refusal(f"`{shown(node)}` is no type that the compiler emits", node)
